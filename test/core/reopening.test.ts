import { describe, expect, it } from 'vitest';
import { given } from '../support/scenario.ts';
import { tree } from '../support/scenario-beginning.ts';
import { closed, delivered, judged, listed, sealed, submits } from '../support/scenario-moves.ts';
import { amends, reopens } from '../support/scenario-people.ts';
import { plan } from '../support/scenario-plan.ts';

const chain = plan({
  modules: { lexer: {}, parser: { needs: ['lexer'] }, cli: { needs: ['parser'] }, other: {} },
});
const built = () => given(chain, ...sealed('lexer', 'parser', 'cli'));

describe('a sealed module', () => {
  it('is edited again only with an amended contract, and all that stands on it is stale', () => {
    built()
      .when(reopens('lexer', 'lexer-2'))
      .then(
        { type: 'module-reopened', cause: 'amendment', reason: 'it lacks something', by: 'ada' },
        { type: 'contract-amended', version: 2, source: 'person' },
        'verification-started',
      )
      .leaves({ lexer: 'verifying', parser: 'sealed', cli: 'sealed', other: 'generating' });
    const run = built().when(reopens('lexer', 'lexer-2'));
    expect(run.module('parser').life).toEqual({ at: 'sealed', stale: true });
    expect(run.module('cli').life).toEqual({ at: 'sealed', stale: true });
    expect(run.module('lexer')).toMatchObject({ seal: null, formerSeal: { version: 1 } });
  });

  it('is not reopened by the contract that it has, nor amended behind its seal', () => {
    built().when(reopens('lexer', 'lexer-contract-1')).refused('same-contract');
    built().when(amends('lexer', 'lexer-2')).refused('is-sealed');
    built().when(reopens('other', 'other-2')).refused('not-sealed');
    built().when(reopens('nobody', 'x')).refused('unknown-module');
  });

  it('gets a new builder that begins with the old files', () => {
    const run = built()
      .when(reopens('lexer', 'lexer-2'), listed('lexer'))
      .then('contract-written', { type: 'generation-started', attempt: 2, version: 2 });
    expect(run.module('lexer').seed).toBe(tree('lexer-1'));
  });
});

describe('a stale seal', () => {
  const resealed = () =>
    built().when(reopens('lexer', 'lexer-2'), listed('lexer'), submits('lexer'), judged('lexer'));

  it('is judged again as soon as what it needs stands, without being generated', () => {
    resealed()
      .then('verdict-given', 'module-sealed', {
        type: 'evaluation-started',
        tree: tree('parser-1'),
        again: true,
      })
      .leaves({ parser: 'evaluating', cli: 'sealed' });
  });

  it('is sealed anew when it passes, and the next one follows', () => {
    const run = resealed()
      .when(judged('parser'))
      .then(
        'verdict-given',
        { type: 'module-sealed', tree: tree('parser-1') },
        {
          type: 'evaluation-started',
          again: true,
        },
      )
      .when(judged('cli'))
      .then('verdict-given', 'module-sealed');
    expect(run.module('cli')).toMatchObject({ attempt: 1, life: { at: 'sealed', stale: false } });
  });

  it('is reopened with that evidence when it does not', () => {
    const run = resealed()
      .when(judged('parser', { unit: 'failed' }))
      .then(
        { type: 'verdict-given', verdict: 'FAIL' },
        { type: 'module-reopened', cause: 'rejudgement' },
        { type: 'generation-started', attempt: 2, version: 1 },
      );
    expect(run.module('parser')).toMatchObject({
      seal: null,
      seed: tree('parser-1'),
      evidence: [{ check: 'unit' }],
    });
    run.leaves({ cli: 'sealed' });
  });

  it('is stale once more when what it needs is reopened while it is judged', () => {
    resealed()
      .when(reopens('lexer', 'lexer-3'))
      .leaves({ parser: 'evaluating' })
      .when(judged('parser'))
      .then('evaluation-ended')
      .leaves({ lexer: 'verifying', parser: 'sealed' });
  });

  it('is no ground to build on', () => {
    const two = plan({ modules: { a: {}, b: { needs: ['a'] }, c: { needs: ['b'] } } });
    given(two, ...sealed('a'), submits('b'), judged('b'))
      .leaves({ c: 'generating' })
      .when(reopens('a', 'a-2'), submits('c'))
      .leaves({ b: 'sealed', c: 'submitted' })
      .when(listed('a'), ...sealed('a'))
      .leaves({ b: 'evaluating', c: 'submitted' })
      .when(judged('b'))
      .then('verdict-given', 'module-sealed', { type: 'evaluation-started', again: false });
  });
});

describe('a run that is over', () => {
  const over = () =>
    given(chain, ...sealed('lexer', 'parser', 'cli', 'other'), delivered(), closed);

  it('goes on when a module is reopened, and ends with another postmortem', () => {
    over()
      .when(reopens('cli', 'cli-2'))
      .then('run-reopened', 'module-reopened', 'contract-amended', 'verification-started')
      .when(listed('cli'), ...sealed('cli'))
      .then('verdict-given', 'module-sealed', 'delivery-started')
      .when(delivered(), closed)
      .then('postmortem-written');
  });

  it('does not before its postmortem is written, and takes nothing else', () => {
    const last = given(chain, ...sealed('lexer', 'parser', 'cli', 'other'), delivered());
    last.when(reopens('cli', 'cli-2')).refused('run-busy');
    over().when(amends('cli', 'cli-2')).refused('run-over');
  });
});
