import { describe, expect, it } from 'vitest';
import { given } from '../support/scenario.ts';
import {
  aborted,
  integrated,
  judged,
  listed,
  planned,
  plannerFails,
  sealed,
  submits,
} from '../support/scenario-moves.ts';
import { reopens } from '../support/scenario-people.ts';
import { plan } from '../support/scenario-plan.ts';
import { tierId } from '../../src/core/ids.ts';
import { outstanding } from '../../src/core/outstanding.ts';

const nested = plan({
  modules: { lexer: {}, parser: {}, cli: { needs: ['tier:front'] } },
  tiers: {
    front: { modules: ['lexer', 'parser'], checks: ['cross', 'load'] },
    whole: { includes: ['front'], modules: ['cli'] },
  },
});
const composed = () => given(nested, ...sealed('lexer', 'parser'));

describe('a tier', () => {
  it('is integrated when all that it holds is sealed, and then what needs it begins', () => {
    composed()
      .then('verdict-given', 'module-sealed', {
        type: 'integration-started',
        tier: tierId('front'),
      })
      .leaves({ front: 'judging', whole: 'waiting', cli: 'waiting' })
      .when(integrated('tier:front'))
      .then('verdict-given', 'tier-integrated', 'generation-started')
      .when(...sealed('cli'))
      .then('verdict-given', 'module-sealed', {
        type: 'integration-started',
        tier: tierId('whole'),
      });
  });

  it('that fails puts the contract of one module in question, and stands when that was amended', () => {
    composed()
      .when(integrated('tier:front', ['cross'], { cross: 'lexer' }))
      .then(
        { type: 'verdict-given', verdict: 'FAIL' },
        { type: 'integration-failed', check: 'cross' },
        { type: 'amendment-requested', source: 'integration' },
        'amendment-started',
      )
      .leaves({ lexer: 'amending', parser: 'sealed', front: 'waiting' })
      .when(planned('lexer', 'lexer-2'))
      .then(
        'module-reopened',
        { type: 'contract-amended', source: 'integration' },
        'verification-started',
      )
      .when(listed('lexer'), submits('lexer'), judged('lexer'))
      .then('verdict-given', 'module-sealed', 'integration-started')
      .when(integrated('tier:front'))
      .then('verdict-given', 'tier-integrated', 'generation-started');
  });

  it('puts two modules in question for two checks, and one only once', () => {
    composed()
      .when(integrated('tier:front', ['cross', 'load'], { cross: 'lexer', load: 'parser' }))
      .leaves({ lexer: 'amending', parser: 'amending' });
    composed()
      .when(integrated('tier:front', ['cross', 'load'], { cross: 'lexer', load: 'lexer' }))
      .then(
        'verdict-given',
        'integration-failed',
        'amendment-requested',
        'integration-failed',
        'amendment-started',
      )
      .leaves({ parser: 'sealed' });
  });

  it('asks a person when nobody can be blamed, and is judged again after a reopening', () => {
    composed()
      .when(integrated('tier:front', ['cross']))
      .then('verdict-given', 'gate-blocked')
      .leaves({ front: 'blocked' })
      .when(reopens('lexer', 'lexer-2'))
      .leaves({ front: 'waiting' })
      .when(listed('lexer'), ...sealed('lexer'))
      .leaves({ front: 'judging' });
  });

  it('holds nobody liable who is no part of it', () => {
    composed()
      .when(integrated('tier:front', ['cross'], { cross: 'cli' }))
      .then('verdict-given', 'gate-blocked')
      .leaves({ cli: 'waiting' });
    composed()
      .when(integrated('tier:front', ['cross'], { cross: 'nobody' }))
      .then('verdict-given', 'gate-blocked');
  });

  it('asks a person when a check gives two outcomes', () => {
    composed()
      .when(integrated('tier:front', ['cross'], { cross: 'lexer' }, 'unstable'))
      .then('verdict-given', 'check-unstable', 'gate-blocked')
      .leaves({ lexer: 'sealed' });
  });

  it('asks a person when no planner amends the contract that is in question', () => {
    const blamed = integrated('tier:front', ['cross'], { cross: 'lexer' });
    composed()
      .when(blamed, plannerFails('lexer', false))
      .then('amendment-failed', { type: 'module-escalated', reason: 'integration' })
      .when(reopens('lexer', 'lexer-2'))
      .then('module-reopened', 'contract-amended', 'verification-started');
  });

  it('is not integrated by a judgement of seals that were reopened meanwhile', () => {
    composed()
      .when(reopens('lexer', 'lexer-2'), integrated('tier:front'))
      .then({ type: 'integration-ended' })
      .leaves({ front: 'waiting' });
  });

  it('is judged again after a judgement that was interrupted', () => {
    const run = composed();
    const [effect] = outstanding(run.state);
    run.when(aborted(effect!)).then('integration-ended', 'integration-started');
  });

  it('that was integrated counts no more when a module below it is reopened', () => {
    composed()
      .when(integrated('tier:front'))
      .leaves({ front: 'integrated', cli: 'generating' })
      .when(reopens('parser', 'parser-2'), submits('cli'))
      .leaves({ front: 'waiting', cli: 'submitted' });
  });
});

describe('an end-to-end gate', () => {
  it('blames like a tier', () => {
    const accepted = plan({
      modules: { lexer: {} },
      gates: { accept: { requires: ['lexer'], checks: ['golden'] } },
    });
    const run = given(accepted, ...sealed('lexer'))
      .when(integrated('gate:accept', ['golden'], { golden: 'lexer' }))
      .then('verdict-given', 'integration-failed', 'amendment-requested', 'amendment-started');
    expect(run.gate('accept').judged).toBe(1);
  });
});
