import { describe, expect, it } from 'vitest';
import type { RunState } from '../../src/core/state.ts';
import type { UsageLine } from '../../src/core/usage.ts';
import { happening } from '../../src/core/projections/happening.ts';
import { moduleStatus } from '../../src/core/projections/module-status.ts';
import { needsYou } from '../../src/core/projections/needs-you.ts';
import { poolStatuses } from '../../src/core/projections/pools.ts';
import { tree } from '../support/scenario-beginning.ts';
import { given, type Move } from '../support/scenario.ts';
import {
  ends,
  integrated,
  judged,
  planned,
  providerRested,
  sealed,
  submits,
  takenOver,
  unserved,
  uses,
} from '../support/scenario-moves.ts';
import { cancels, retries, switches } from '../support/scenario-people.ts';
import { plan } from '../support/scenario-plan.ts';

const alone = plan({ modules: { lexer: {} } });
const three = plan({ modules: { lexer: {}, parser: {}, codegen: {} }, pools: { builders: 3 } });

const line = (over: Partial<UsageLine> = {}): UsageLine => ({
  ...{ provider: 'scripted', model: 'm', calls: 1, untold: 0, microUsd: 1, unpriced: 0 },
  tokens: { input: 10, cacheRead: 0, cacheWrite: 0, output: 5 },
  ...over,
});

const textOf = (state: RunState, module: string): string =>
  moduleStatus(state, state.graph.moduleIndex.get(module as never) ?? -1).text;

/** A plan whose builders come from elsewhere than the rest. */
const mixed = {
  ...three,
  pools: { ...three.pools, builders: { ...three.pools.builders, agent: 'anthropic' } },
};

describe('an agent whose provider serves nobody', () => {
  it('costs its module no attempt: the next one takes up the same', () => {
    const run = given(alone, unserved('generate', 'lexer'));
    run.then(
      { type: 'generation-ended', outcome: 'unserved', attempt: 1, epoch: 1, restMs: 0 },
      { type: 'provider-failed', provider: 'scripted', failures: 1, restMs: 30_000 },
    );
    run
      .when(providerRested())
      .then(
        { type: 'provider-wait-ended', by: null },
        { type: 'generation-started', attempt: 1, epoch: 2 },
        { type: 'provider-tried', for: 'module:lexer' as never },
      );
    expect(run.module('lexer')).toMatchObject({ judged: 0, restarts: 0 });
  });

  it('leaves what it has written to the next one', () => {
    const run = given(alone, unserved('generate', 'lexer', { seed: tree('half-done') }));
    run.then(
      { type: 'generation-ended', outcome: 'unserved', seed: tree('half-done') },
      {
        type: 'provider-failed',
      },
    );
    expect(run.when(providerRested()).module('lexer').seed).toBe(tree('half-done'));
    // One that was not even begun leaves what there was.
    run.when(unserved('generate', 'lexer'));
    expect(run.module('lexer').seed).toBe(tree('half-done'));
  });

  it('is asked for as often as it takes: no patience with agents is used up', () => {
    const run = given(alone);
    for (let times = 0; times < 12; times++) {
      run.when(unserved('generate', 'lexer'));
      run.when(providerRested());
    }
    expect(run.module('lexer').life.at).toBe('generating');
    expect(run.history.map(({ type }) => type)).not.toContain('module-escalated');
  });

  it('holds what waits for it, with the reason, and leaves a place free for no other', () => {
    const run = given(three, unserved('generate', 'lexer'));
    const says = 'scripted serves nobody (overloaded); it is tried again 30 s after that';
    expect(textOf(run.state, 'lexer')).toContain(says);
    const [, builders] = poolStatuses(run.state);
    expect(builders).toMatchObject({ hold: 'provider', waiting: 1, says });
    // Those at work go on, and may be served.
    expect(run.module('parser').life.at).toBe('generating');
  });

  it('is waited for longer each time, and never for more than a quarter of an hour', () => {
    const run = given(alone);
    const rests: number[] = [];
    for (let times = 0; times < 8; times++) {
      run.when(unserved('generate', 'lexer'));
      for (const event of run.events) {
        if (event.type === 'provider-failed') rests.push(event.restMs / 1_000);
      }
      run.when(providerRested());
    }
    expect(rests).toEqual([30, 60, 120, 240, 480, 900, 900, 900]);
  });

  it('is left alone for as long as it asks for itself', () => {
    given(alone, unserved('generate', 'lexer', { restMs: 100_000 })).then('generation-ended', {
      type: 'provider-failed',
      restMs: 100_000,
    });
  });

  it('is told once, however many were at work', () => {
    given(three, unserved('generate', 'lexer'))
      .when(unserved('generate', 'parser'))
      .then({ type: 'generation-ended', module: 'parser' as never, outcome: 'unserved' });
  });

  it('pays what was spent until then, and no more', () => {
    const spent = { tokens: 70, microUsd: 3, turns: 1, ms: 500 };
    const run = given(alone, unserved('generate', 'lexer', { spent }));
    expect(run.state.spent).toEqual(spent);
    expect(run.state.reserved).toMatchObject({ tokens: 0 });
  });
});

describe('a provider that is tried again', () => {
  const down: readonly Move[] = [
    unserved('generate', 'lexer'),
    unserved('generate', 'parser'),
    unserved('generate', 'codegen'),
  ];

  it('is tried by one module first', () => {
    const run = given(three, ...down, providerRested());
    expect(run.state.atWork.builders).toBe(1);
    expect(textOf(run.state, 'parser')).toContain('scripted is being tried again, with one agent');
  });

  it('serves again as soon as that one was served, and all the others begin', () => {
    given(three, ...down, providerRested())
      .when(uses('generate', 'lexer', [line()]))
      .then('provider-answered', 'agent-used', 'generation-started', 'generation-started');
  });

  it('does not serve yet where a call was paid for and nothing came of it', () => {
    const tokens = { input: 10, cacheRead: 0, cacheWrite: 0, output: 0 };
    given(three, ...down, providerRested())
      .when(uses('generate', 'lexer', [line({ tokens })]))
      .then('agent-used');
  });

  it('serves again also where its agent told nothing but its answer', () => {
    given(three, ...down, providerRested())
      .when(submits('lexer'))
      .then(
        'provider-answered',
        'submission-received',
        'evaluation-started',
        'generation-started',
        'generation-started',
      );
  });

  it('is tried by another where the first was taken from it', () => {
    const run = given(three, ...down, providerRested(), takenOver);
    run.then(
      'driver-started',
      { type: 'generation-ended', outcome: 'lost' },
      'generation-started',
      'provider-tried',
    );
    expect(run.state.atWork.builders).toBe(1);
  });
});

describe('pools of another provider', () => {
  it('go on', () => {
    const run = given(
      mixed,
      submits('lexer'),
      unserved('generate', 'parser', { provider: 'anthropic' }),
    );
    expect(run.module('lexer').life.at).toBe('evaluating');
    run.when(judged('lexer')).then('verdict-given', 'module-sealed');
  });

  it('are where nothing waits once the pool is switched to them, and the wait is over', () => {
    const run = given(mixed, unserved('generate', 'lexer', { provider: 'anthropic' }));
    const rest = run.state.troubled[0]!.life;
    run
      .when(switches('builders', 'scripted'))
      .then(
        { type: 'agents-switched', agent: 'scripted' },
        { type: 'generation-started', attempt: 1, epoch: 2 },
      );
    expect(run.state.troubled).toEqual([]);
    expect(run.effects).toContainEqual({ type: 'abort', order: 'order' in rest ? rest.order : 0 });
    expect(run.state.plan.pools.builders.agent).toBe('scripted');
  });

  it('are not held by an agent of the old one that fails afterwards', () => {
    given(mixed, switches('builders', 'scripted'))
      .when(unserved('generate', 'lexer', { provider: 'anthropic' }))
      .then(
        { type: 'generation-ended', outcome: 'unserved' },
        { type: 'generation-started', epoch: 2 },
      );
  });

  it('cannot be had twice', () => {
    given(three).when(switches('builders', 'scripted')).refused('same-agents');
    given(mixed, switches('builders', 'anthropic', 'claude-x'))
      .when(switches('builders', 'anthropic', 'claude-x'))
      .refused('same-agents');
  });

  it('are the model that a person names, and the one of their provider where none is named', () => {
    const run = given(mixed, switches('builders', 'claude-code', 'claude-x'));
    const { builders } = run.state.plan.pools;
    expect(builders).toMatchObject({ agent: 'claude-code', model: 'claude-x', definition: null });
    const [switched] = run.history.filter(({ type }) => type === 'agents-switched');
    expect(happening(switched!)?.says).toContain('claude-code (claude-x) from here on');
    run.when(switches('builders', 'anthropic'));
    expect(run.state.plan.pools.builders).toMatchObject({ agent: 'anthropic', model: null });
  });

  it('may be another model of the same provider, which is tried with it at once', () => {
    const waiting = given(
      mixed,
      unserved('generate', 'lexer', { provider: 'anthropic', code: 'no-model' }),
    );
    expect(waiting.state.needPerson).toBe(1);
    waiting
      .when(switches('builders', 'anthropic', 'claude-x'))
      .then(
        { type: 'agents-switched', agent: 'anthropic', model: 'claude-x' },
        { type: 'provider-wait-ended', provider: 'anthropic', by: 'ada' },
        'generation-started',
        'provider-tried',
      );
    const resting = given(mixed, unserved('generate', 'lexer', { provider: 'anthropic' }));
    const { life } = resting.state.troubled[0]!;
    resting.when(switches('builders', 'anthropic', 'claude-x'));
    expect(resting.effects).toContainEqual({
      type: 'abort',
      order: 'order' in life ? life.order : 0,
    });
    expect(resting.state.inFlight).toBe(waiting.state.inFlight);
  });
});

describe('a key that is not taken', () => {
  const run = () => given(alone, unserved('generate', 'lexer', { code: 'unauthorised' }));

  it('waits for a person, and for nothing else', () => {
    const waiting = run();
    expect(waiting.state).toMatchObject({ inFlight: 0, needPerson: 1 });
    expect(needsYou(waiting.state)).toMatchObject([
      { kind: 'provider', provider: 'scripted', says: expect.stringContaining('refuses the key') },
    ]);
    expect(textOf(waiting.state, 'lexer')).toContain('mend that and have it tried again');
  });

  it('is tried again when the person says so', () => {
    run()
      .when(retries())
      .then({ type: 'provider-wait-ended', by: 'ada' }, 'generation-started', 'provider-tried');
  });

  it('is not tried twice at once, and never where nothing waits', () => {
    run().when(retries()).when(retries('scripted')).refused('not-waiting');
    given(alone).when(retries()).refused('not-waiting');
    run().when(retries('anthropic')).refused('not-waiting');
  });

  it('asks nobody any more once the run is over', () => {
    const over = run().when(cancels);
    expect(over.state.phase.at).toBe('finished');
    expect(over.state).toMatchObject({ needPerson: 0, troubled: [] });
  });
});

it('a provider that is not paid any more waits for a person, and says so', () => {
  const message = 'Your credit balance is too low';
  const unpaid = given(alone, unserved('generate', 'lexer', { code: 'unpaid', message }));
  expect(unpaid.state).toMatchObject({ inFlight: 0, needPerson: 1 });
  expect(textOf(unpaid.state, 'lexer')).toMatch(/wants to be paid first \(Your credit balance/);
});

describe('work of every kind', () => {
  it('is done again as it was: a review is asked for once more', () => {
    given(alone, submits('lexer'))
      .when(unserved('evaluate', 'lexer'))
      .then('evaluation-ended', 'provider-failed');
  });

  it('keeps its planner its tries', () => {
    const missing = plan({ modules: { lexer: { contract: 'planner' } } });
    const run = given(missing);
    for (let times = 0; times < 5; times++) run.when(unserved('amend', 'lexer'), providerRested());
    run
      .when(planned('lexer', 'lexer-1'))
      .then('provider-answered', 'contract-amended', 'verification-started');
  });

  it('has a tier judged again', () => {
    const tiered = plan({
      modules: { lexer: {} },
      tiers: { front: { modules: ['lexer'], checks: ['cross'] } },
    });
    const run = given(tiered, ...sealed('lexer')).when(unserved('integrate', 'front'));
    run.then('integration-ended', 'provider-failed');
    run.when(providerRested()).then('provider-wait-ended', 'integration-started', 'provider-tried');
    run.when(integrated('tier:front'));
    expect(run.state.phase.at).toBe('delivering');
  });

  it('changes nothing where its order no longer stands', () => {
    const run = given(alone);
    const late = unserved('generate', 'lexer');
    const told = typeof late === 'function' ? late(run.state) : late;
    run.when(ends('lexer', 'failed')).when(told).then('late-result-rejected');
    expect(run.state.troubled).toEqual([]);
  });
});

describe('what agents used', () => {
  it('is told while they work, and not once their order is over', () => {
    const run = given(alone);
    const told = uses('generate', 'lexer', [line()]);
    const late = typeof told === 'function' ? told(run.state) : told;
    run.when(told).then({ type: 'agent-used', role: 'generator', for: 'module:lexer' as never });
    run.when(submits('lexer')).when(late).then();
  });
});
