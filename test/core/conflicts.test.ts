import { describe, expect, it } from 'vitest';
import { moduleId, streamId } from '../../src/core/ids.ts';
import { given } from '../support/scenario.ts';
import {
  ends,
  integrated,
  judged,
  listed,
  planned,
  sealed,
  splits,
  submits,
} from '../support/scenario-moves.ts';
import { amends, decides, pauses, reopens } from '../support/scenario-people.ts';
import { plan } from '../support/scenario-plan.ts';

const pair = plan({ modules: { lexer: {}, parser: { needs: ['lexer'] } } });
const apart = plan({ modules: { lexer: {}, parser: {} } });
const front = plan({
  modules: { lexer: {}, parser: { needs: ['lexer'] } },
  tiers: { front: { modules: ['lexer', 'parser'] } },
});

const beside = {
  problems: [
    {
      kind: 'scope',
      check: null,
      test: null,
      file: 'src/parser/a.ts',
      line: null,
      says: 'not its own',
    },
  ],
  trespasses: [{ owner: moduleId('parser'), files: ['src/parser/a.ts'] }],
} as const;

describe('two owners of one path', () => {
  it('are resolved by ownership as soon as the files are handed in, and the submitter revises', () => {
    const run = given(apart)
      .when(submits('lexer', beside))
      .then(
        'submission-received',
        {
          type: 'conflict-detected',
          kind: 'two-owners',
          parties: ['module:lexer', 'module:parser'] as never,
        },
        { type: 'conflict-resolved', rule: 'ownership', decided: 'owner-keeps' },
        'evaluation-started',
      )
      .when(judged('lexer'))
      .then(
        { type: 'verdict-given', verdict: 'NEEDS_REVISION' },
        { type: 'generation-started', attempt: 2 },
      );
    expect(run.module('lexer').conflict).toBeNull();
  });
});

describe('a stale contract', () => {
  it('of its own: the newest version counts, and what was handed in is only a seed', () => {
    const run = given(pair, amends('lexer', 'lexer-2'))
      .when(submits('lexer'))
      .then(
        { type: 'conflict-detected', kind: 'stale-contract' },
        { type: 'conflict-resolved', rule: 'contract', decided: 'newest-stands' },
        { type: 'generation-ended', outcome: 'aborted' },
        'verification-started',
      );
    expect(run.module('lexer').seed).toBe('tree-lexer-1');
  });

  it('of a provider: whoever builds on it is told, and goes on', () => {
    const run = given(pair, ...sealed('lexer')).when(reopens('lexer', 'lexer-2'));
    run
      .then(
        'module-reopened',
        'contract-amended',
        {
          type: 'conflict-detected',
          kind: 'stale-contract',
          parties: ['module:lexer', 'module:parser'] as never,
        },
        { type: 'conflict-resolved', rule: 'contract', decided: 'newest-stands' },
        'verification-started',
      )
      .leaves({ parser: 'generating' });
    const [notice] = run.module('parser').notices;
    expect(notice?.says).toContain('the contract of lexer was amended to version 2');
  });

  it('of a provider is nothing to whoever has not begun', () => {
    given(pair)
      .when(amends('lexer', 'lexer-2'))
      .then('contract-amended')
      .leaves({ parser: 'waiting' });
  });

  it.each(['tier:front', 'stream:all', 'gate:first'])(
    'is told to whoever builds on it through %s',
    (through) => {
      const far = plan({
        modules: { lexer: {}, other: {} },
        tiers: { front: { modules: ['lexer'] } },
        gates: { first: { requires: ['lexer'], checks: ['whole'] } },
      });
      const [lexer, other] = far.modules;
      if (lexer === undefined || other === undefined) throw new Error('no modules');
      const aside = { ...far.streams[0]!, id: streamId('aside') };
      const plannedAside = {
        ...far,
        streams: [...far.streams, aside],
        modules: [
          lexer,
          { ...other, stream: aside.id, needs: [{ kind: 'soft', on: through as never } as const] },
        ],
      };
      const run = given(plannedAside)
        .leaves({ other: 'generating' })
        .when(amends('lexer', 'lexer-2'));
      expect(run.module('other').notices[0]?.says).toContain('the contract of lexer was amended');
    },
  );

  it('is told to whoever rests, waits for a place, or for a person', () => {
    const four = plan({
      modules: {
        lexer: {},
        rests: { soft: ['lexer'] },
        waits: { soft: ['lexer'] },
        asks: { soft: ['lexer'] },
        fresh: { soft: ['lexer'] },
      },
      pools: { builders: 4, reviewers: 4 },
    });
    const run = given(four, ends('rests', 'failed', { restMs: 60_000 }), ends('asks', 'refused'));
    run.when(submits('waits'), pauses, judged('waits', { unit: 'failed' }));
    run
      .leaves({ rests: 'resting', waits: 'ready', asks: 'escalated', fresh: 'generating' })
      .when(amends('lexer', 'lexer-2'));
    for (const each of ['rests', 'waits', 'asks', 'fresh']) {
      expect(run.module(each).notices, each).toHaveLength(1);
    }
  });

  it('of what was split is told to whoever built on it, by the part that stands for it now', () => {
    const large = plan({
      modules: {
        lexer: { budget: { attempts: 1 }, onExhausted: ['split'] },
        parser: { soft: ['lexer'] },
      },
    });
    const run = given(large, submits('lexer'), judged('lexer', { unit: 'failed' }));
    run.leaves({ lexer: 'amending', parser: 'generating' });
    run.when(splits('lexer', ['scanner', 'tables']));
    const told = run.module('parser').notices.map(({ says }) => says);
    expect(told).toHaveLength(2);
    expect(told[0]).toContain('lexer was split');
    run.when(amends('tables', 'tables-2'));
    expect(run.module('parser').notices.at(-1)?.says).toContain('the contract of tables');
  });

  it('is told to the next builder until the module is sealed', () => {
    const run = given(pair, ...sealed('lexer'), reopens('lexer', 'lexer-2'), listed('lexer'));
    run.when(submits('lexer'), judged('lexer'), submits('parser'));
    expect(run.module('parser').notices).toHaveLength(1);
    run.when(judged('parser'));
    expect(run.module('parser').notices).toHaveLength(0);
  });
});

describe('an integration failure', () => {
  it('that a check attributes is resolved by its evidence', () => {
    given(front, ...both())
      .when(integrated('tier:front', ['cross'], { cross: 'lexer' }))
      .then(
        { type: 'verdict-given', verdict: 'FAIL' },
        { type: 'integration-failed', blamed: moduleId('lexer') },
        {
          type: 'conflict-detected',
          kind: 'integration',
          parties: ['tier:front', 'module:lexer'] as never,
        },
        { type: 'conflict-resolved', rule: 'evidence', decided: 'amend' },
        'amendment-requested',
        'amendment-started',
      );
  });

  it('with nobody to blame stays open until a person has a module reopened', () => {
    const run = given(front, ...both())
      .when(integrated('tier:front', ['cross']))
      .then(
        'verdict-given',
        { type: 'conflict-detected', kind: 'integration' },
        { type: 'gate-blocked' },
      );
    expect(run.tier('front').conflict).not.toBeNull();
    run
      .when(reopens('lexer', 'lexer-2'))
      .then(
        'module-reopened',
        'contract-amended',
        { type: 'conflict-detected', kind: 'stale-contract' },
        { type: 'conflict-resolved', rule: 'contract' },
        { type: 'conflict-resolved', rule: 'person', by: 'ada' },
        'verification-started',
      );
    expect(run.tier('front').conflict).toBeNull();
  });

  it('is not for a person to decide by a word', () => {
    const run = given(front, ...both(), integrated('tier:front', ['cross']));
    const conflict = run.tier('front').conflict ?? 0;
    const decision = { decision: 'uphold', reason: 'no', by: 'ada' } as const;
    run.when({ type: 'resolve-conflict', conflict, ...decision }).refused('not-to-decide');
  });
});

describe('a conflict that is over, or never was', () => {
  it('is not decided again', () => {
    const run = given(apart, submits('lexer', beside));
    const conflict = run.state.conflicts.get(0).id;
    const decision = { decision: 'uphold', reason: 'no', by: 'ada' } as const;
    run.when({ type: 'resolve-conflict', conflict, ...decision }).refused('conflict-resolved');
    run.when(decides('lexer', 'uphold')).refused('unknown-conflict');
  });

  it('does not keep an amended module from its planner', () => {
    given(front, ...both())
      .when(integrated('tier:front', ['cross'], { cross: 'lexer' }), planned('lexer', 'lexer-2'))
      .leaves({ lexer: 'verifying', front: 'waiting' });
  });
});

const both = () => sealed('lexer', 'parser');
