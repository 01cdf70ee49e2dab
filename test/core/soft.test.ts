import { describe, expect, it } from 'vitest';
import { moduleId } from '../../src/core/ids.ts';
import { given } from '../support/scenario.ts';
import { tree } from '../support/scenario-beginning.ts';
import { integrated, judged, listed, sealed, submits } from '../support/scenario-moves.ts';
import { amends, reopens } from '../support/scenario-people.ts';
import { plan } from '../support/scenario-plan.ts';

const pair = plan({ modules: { lexer: { minutes: 30 }, parser: { soft: ['lexer'] } } });

describe('a soft dependency', () => {
  it('lets the consumer start at once, beside its provider', () => {
    given(pair).leaves({ lexer: 'generating', parser: 'generating' });
  });

  it('lets it pass on the stub, and not be sealed', () => {
    given(pair, submits('parser'))
      .when(judged('parser'))
      .then('verdict-given', { type: 'module-passed', module: moduleId('parser'), seal: null })
      .leaves({ lexer: 'generating', parser: 'passed' });
  });

  it('has what passed judged against the seal as soon as there is one, and only then sealed', () => {
    const scenario = given(pair, ...sealed('parser'), submits('lexer'));
    scenario
      .when(judged('lexer'))
      .then('verdict-given', 'module-sealed', {
        type: 'evaluation-started',
        module: moduleId('parser'),
        confirms: true,
        again: false,
      })
      .when(judged('parser'))
      .then(
        'verdict-given',
        { type: 'module-sealed', module: moduleId('parser') },
        'delivery-started',
      );
  });

  it('costs no second judgement where the provider was sealed first', () => {
    given(pair, ...sealed('lexer'), submits('parser'))
      .when(judged('parser'))
      .then('verdict-given', 'module-sealed', 'delivery-started');
  });

  it('does not count a judgement that began on the stub as one against the seal', () => {
    given(pair, submits('parser'), ...sealed('lexer'))
      .when(judged('parser'))
      .then('verdict-given', { type: 'module-passed', seal: null }, 'evaluation-started');
  });

  it('has the consumer revised where it does not pass with the real thing', () => {
    const scenario = given(pair, ...sealed('parser'), ...sealed('lexer'));
    scenario
      .when(judged('parser', { unit: 'failed' }))
      .then(
        'verdict-given',
        { type: 'confirmation-failed', module: moduleId('parser'), round: 1 },
        { type: 'generation-started', module: moduleId('parser'), attempt: 2 },
      );
    expect(scenario.module('parser').judged).toBe(0);
  });

  it('asks a person after the third failed confirmation', () => {
    const scenario = given(pair, ...sealed('parser'), ...sealed('lexer'));
    // Sealed below, its revisions are judged against the real thing at once: reopen it each time.
    for (let round = 1; round <= 3; round++) {
      scenario.when(judged('parser', { unit: 'failed' }));
      if (round === 3) break;
      scenario.when(
        reopens('lexer', `lexer-${round}`),
        submits('parser'),
        judged('parser'),
        listed('lexer'),
        ...sealed('lexer'),
      );
    }
    scenario.leaves({ parser: 'escalated' });
    expect(scenario.module('parser').life).toMatchObject({ reason: 'confirmation' });
  });

  it('that was given to a person is taken up again where what it needs is reopened', () => {
    const scenario = given(pair, ...sealed('parser'), ...sealed('lexer'));
    for (let round = 1; round <= 3; round++) {
      scenario.when(judged('parser', { unit: 'failed' }));
      if (round === 3) break;
      scenario.when(reopens('lexer', `lexer-${round}`), submits('parser'), judged('parser'));
      scenario.when(listed('lexer'), ...sealed('lexer'));
    }
    scenario
      .leaves({ parser: 'escalated' })
      .when(reopens('lexer', 'lexer-mended'))
      .then(
        'module-reopened',
        'contract-amended',
        { type: 'module-resumed', module: moduleId('parser'), after: moduleId('lexer') },
        { type: 'verification-started', module: moduleId('lexer') },
        { type: 'generation-started', module: moduleId('parser') },
      );
    expect(scenario.module('parser').confirmations).toBe(0);
    expect(scenario.state.needPerson).toBe(0);
    scenario
      .when(listed('lexer'), ...sealed('lexer'), ...sealed('parser'))
      .leaves({ lexer: 'sealed', parser: 'sealed' });
  });

  it('keeps hard consumers waiting until the module is confirmed', () => {
    const three = plan({
      modules: { lexer: {}, parser: { soft: ['lexer'] }, emitter: { needs: ['parser'] } },
    });
    given(three, ...sealed('parser'))
      .leaves({ parser: 'passed', emitter: 'waiting' })
      .when(...sealed('lexer'), judged('parser'))
      .leaves({ parser: 'sealed', emitter: 'generating' });
  });

  it('makes a sealed consumer stale where the provider is reopened, and has it judged again', () => {
    const busy = plan({ modules: { lexer: {}, parser: { soft: ['lexer'] }, other: {} } });
    given(busy, ...sealed('lexer'), ...sealed('parser'))
      .when(reopens('lexer', 'lexer-2'))
      .leaves({ parser: 'sealed' })
      .when(listed('lexer'), ...sealed('lexer'))
      .leaves({ parser: 'evaluating' })
      .when(judged('parser'))
      .then('verdict-given', { type: 'module-sealed', module: moduleId('parser') });
  });

  it('puts back what was confirmed where the provider is reopened meanwhile', () => {
    given(pair, ...sealed('parser'), ...sealed('lexer'))
      .leaves({ parser: 'evaluating' })
      .when(reopens('lexer', 'lexer-2'), judged('parser'))
      .then('evaluation-ended')
      .leaves({ parser: 'passed' });
  });

  it('does not count a judgement on a stub whose contract was amended meanwhile', () => {
    const run = given(pair, submits('parser')).when(amends('lexer', 'lexer-2'));
    expect(run.module('parser').life).toMatchObject({ at: 'evaluating', outdated: true });
    run.when(judged('parser', { unit: 'failed' })).then('evaluation-ended', {
      type: 'evaluation-started',
      attempt: 1,
      tree: tree('parser-1'),
    });
    expect(run.module('parser')).toMatchObject({ judged: 0, attempt: 1 });
    run.when(judged('parser')).then('verdict-given', { type: 'module-passed', seal: null });
  });

  it('does not count it either where the stub lies further below, or under a tier', () => {
    const far = plan({
      modules: { lexer: {}, parser: { soft: ['tier:front'] }, emitter: { soft: ['parser'] } },
      tiers: { front: { modules: ['lexer'] } },
    });
    given(far, submits('parser'), submits('emitter'))
      .when(amends('lexer', 'lexer-2'))
      .when(judged('emitter', { unit: 'failed' }))
      .then('evaluation-ended', 'evaluation-started')
      .when(judged('parser', { unit: 'failed' }))
      .then('evaluation-ended', 'evaluation-started');
  });

  it('does not count a judgement on a seal whose module was reopened meanwhile', () => {
    const busy = plan({ modules: { lexer: {}, parser: { soft: ['lexer'] }, other: {} } });
    given(busy, ...sealed('lexer'), submits('parser'))
      .when(reopens('lexer', 'lexer-2'), judged('parser', { unit: 'failed' }))
      .then('evaluation-ended', 'evaluation-started');
  });

  it('on a stream lets work beside development start, and blocks only the gate that requires it', () => {
    const examined = plan({
      modules: { lexer: {}, audit: { soft: ['tier:front'] } },
      tiers: { front: { modules: ['lexer'] } },
      gates: { ship: { requires: ['module:lexer'] }, secure: { requires: ['module:audit'] } },
    });
    given(examined, ...sealed('audit'), ...sealed('lexer')).leaves({
      audit: 'passed',
      ship: 'judging',
      secure: 'waiting',
    });
  });
});

const cycle = plan({ modules: { lexer: { soft: ['parser'] }, parser: { soft: ['lexer'] } } });

describe('modules that are soft on each other', () => {
  it('are all built at once', () => {
    given(cycle).leaves({ lexer: 'generating', parser: 'generating' });
  });

  it('are judged against what passed of the others, and sealed as one set', () => {
    given(cycle, ...sealed('lexer'))
      .leaves({ lexer: 'passed', parser: 'generating' })
      .when(submits('parser'), judged('parser'))
      .then(
        'verdict-given',
        { type: 'module-passed', module: moduleId('parser') },
        { type: 'evaluation-started', module: moduleId('lexer'), confirms: true },
      )
      .when(judged('lexer'))
      .then(
        'verdict-given',
        { type: 'module-passed', module: moduleId('lexer') },
        { type: 'module-sealed', module: moduleId('lexer') },
        { type: 'module-sealed', module: moduleId('parser') },
        'delivery-started',
      );
  });

  it('has only the one revised whose gate failed, and the others confirmed anew', () => {
    given(cycle, ...sealed('lexer'), ...sealed('parser'))
      .when(judged('lexer', { unit: 'failed' }))
      .leaves({ lexer: 'generating', parser: 'passed' })
      .when(submits('lexer'), judged('lexer'))
      .leaves({ lexer: 'passed', parser: 'evaluating' })
      .when(judged('parser'))
      .leaves({ lexer: 'sealed', parser: 'sealed' });
  });

  it('satisfies a hard edge inside the set by what passed', () => {
    const mixed = plan({ modules: { lexer: { soft: ['parser'] }, parser: { needs: ['lexer'] } } });
    given(mixed)
      .leaves({ lexer: 'generating', parser: 'waiting' })
      .when(...sealed('lexer'))
      .leaves({ lexer: 'passed', parser: 'generating' })
      .when(...sealed('parser'), judged('lexer'))
      .leaves({ lexer: 'sealed', parser: 'sealed' });
  });

  it('waits with all of the set for what one of it needs from outside', () => {
    const outside = plan({
      modules: {
        lexer: { soft: ['parser'] },
        parser: { soft: ['lexer', 'spec'] },
        spec: {},
      },
    });
    given(outside, ...sealed('lexer'), ...sealed('parser'))
      .leaves({ lexer: 'passed', parser: 'passed' })
      .when(...sealed('spec'))
      .leaves({ lexer: 'evaluating', parser: 'evaluating' })
      .when(judged('lexer'), judged('parser'))
      .leaves({ lexer: 'sealed', parser: 'sealed' });
  });

  it('puts the whole set in question where one of it is reopened', () => {
    const busy = plan({
      modules: { lexer: { soft: ['parser'] }, parser: { soft: ['lexer'] }, other: {} },
    });
    given(busy, ...sealed('lexer'), ...sealed('parser'), judged('lexer'))
      .leaves({ lexer: 'sealed', parser: 'sealed' })
      .when(reopens('lexer', 'lexer-2'), listed('lexer'), ...sealed('lexer'))
      .leaves({ lexer: 'passed', parser: 'evaluating' })
      .when(judged('parser'))
      .leaves({ lexer: 'sealed', parser: 'sealed' });
  });

  it('takes up a member whose contract is amended after it passed', () => {
    given(cycle, ...sealed('lexer'))
      .when(amends('lexer', 'lexer-2'), listed('lexer'))
      .leaves({ lexer: 'generating' });
  });
});

describe('work that only examines', () => {
  const examined = plan({
    modules: { core: { minutes: 30 }, tests: { soft: ['core'] }, docs: { soft: ['core'] } },
    tiers: { product: { modules: ['core'] } },
    gates: {
      accept: { requires: ['tier:product'], checks: ['golden'] },
      release: { requires: ['gate:accept', 'docs'], checks: ['all'] },
    },
  });

  it('begins with what it examines, and keeps nothing waiting but the gate that requires it', () => {
    const run = given(examined).leaves({
      ...{ core: 'generating', tests: 'generating', docs: 'generating' },
    });
    run
      .when(submits('core'), judged('core'))
      .leaves({ core: 'sealed', product: 'judging', docs: 'generating' })
      .when(integrated('tier:product'))
      .leaves({ product: 'integrated', accept: 'judging', docs: 'generating' })
      .when(integrated('gate:accept'))
      .leaves({ accept: 'passed', release: 'waiting', docs: 'generating', tests: 'generating' });
    run
      .when(submits('docs'), judged('docs'))
      .leaves({ docs: 'sealed', release: 'judging', tests: 'generating' });
  });

  it('that does not pass holds up its own gate alone', () => {
    given(examined, ...sealed('core'), submits('docs'), judged('docs', { unit: 'failed' }))
      .leaves({ core: 'sealed', docs: 'generating', product: 'judging' })
      .when(integrated('tier:product'))
      .when(integrated('gate:accept'))
      .leaves({ accept: 'passed', release: 'waiting' });
  });
});
