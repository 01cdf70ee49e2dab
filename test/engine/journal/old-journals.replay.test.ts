import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../src/core/events.ts';
import { evolve } from '../../../src/core/evolve.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { upcastPlan } from '../../../src/core/plan/upcast.ts';
import type { RunState } from '../../../src/core/state.ts';
import { fromSnapshot, toSnapshot } from '../../../src/core/snapshot.ts';
import { moduleId } from '../../../src/core/ids.ts';
import { upcastEvent } from '../../../src/core/upcast.ts';
import { readJournal } from '../../../src/engine/journal/read-journal.ts';
import { lawBreaches } from '../../../src/engine/law-breaches.ts';
import { given } from '../../support/scenario.ts';
import { judged, splits, submits } from '../../support/scenario-moves.ts';
import { plan as planOf } from '../../support/scenario-plan.ts';

/** Written before plans knew resources, kinds of dependency, handoffs and bounds of pools. */
const bytes = readFileSync(new URL('../../core/journals/before-kinds.jsonl', import.meta.url));
const { events, problems, dropped } = readJournal<RunEvent>(bytes);
const fold = (list: readonly RunEvent[]) =>
  list.reduce<RunState | null>((state, event) => evolve(state, event), null);

describe('a journal from before plans had resources and kinds of dependency', () => {
  it('is sound: its plan is held against the chain as it was written', () => {
    expect({ problems, dropped, count: events.length }).toEqual({
      problems: [],
      dropped: null,
      count: 89,
    });
    expect(lawBreaches(events)).toEqual([]);
  });

  it('replays into today’s state, which a snapshot gives back', () => {
    const state = fold(events);
    expect(state?.sealed).toBe(3);
    expect(state?.modules.toArray().flatMap(({ id, life }) => (life.at === 'sealed' ? [id] : [])))
      .toEqual(['lexer', 'parser', 'vm']); // prettier-ignore
    expect(fromSnapshot(JSON.parse(JSON.stringify(toSnapshot(state!))))).toEqual(state);
  });

  it('holds a plan in which nothing of today’s is left open', () => {
    const plan = fold(events)!.plan;
    expect(plan).toMatchObject({ resources: [], handoffs: [], models: [] });
    expect(plan.pools).toEqual({
      planners: { max: 1, agent: 'scripted', model: null, definition: null, budget: null },
      builders: { max: 4, agent: 'scripted', model: null, definition: null, budget: null },
      reviewers: { max: 2, agent: 'scripted', model: null, definition: null, budget: null },
    });
    expect(plan.budget).toEqual({
      ...{ tokens: 4_000_000, minutes: 60, microUsd: 40_000_000, turns: null },
      phases: { plan: null, build: null, integrate: null, 'end-to-end': null },
    });
    for (const module of plan.modules) {
      expect(module).toMatchObject({ resources: [], reviewers: 1, contract: { author: 'plan' } });
    }
    const gates = plan.gates.flatMap((gate) => (gate.kind === 'approval' ? [] : gate.checks));
    const checks = [...plan.modules, ...plan.tiers].flatMap((each) => each.checks);
    expect([...checks, ...gates].map(({ resources }) => resources)).toEqual(
      [...checks, ...gates].map(() => []),
    );
    expect(plan.tiers.map(({ resources }) => resources)).toEqual(plan.tiers.map(() => []));
  });
});

describe('a journal from when what is judged by its checks alone was paid as a review', () => {
  const older = readFileSync(
    new URL('../../core/journals/before-unpaid-checks.jsonl', import.meta.url),
  );
  const read = readJournal<RunEvent>(older);

  it('pays a reviewer for what is only checked again after a dispute', () => {
    const ruled = read.events.findIndex(
      (event) => event.type === 'conflict-resolved' && event.decided === 'overturn',
    );
    expect(read.events.slice(ruled, ruled + 3)).toMatchObject([
      { type: 'conflict-resolved', seq: 43 },
      { type: 'evaluation-started', seq: 44 },
      { type: 'budget-reserved', order: 44, role: 'reviewer' },
    ]);
  });

  it('broke no law by that, and replays', () => {
    expect({ problems: read.problems, broken: lawBreaches(read.events) }).toEqual({
      ...{ problems: [], broken: [] },
    });
  });
});

describe('a journal in which a module was split before plans told prices of models', () => {
  const large = planOf({
    modules: { core: {}, engine: { budget: { attempts: 1 }, onExhausted: ['split'] } },
  });
  const run = given(large, submits('engine'), judged('engine', { unit: 'failed' }));
  run.when(splits('engine', ['engine-a', 'engine-b']));
  const older = run.history.map((event) => {
    if (event.type !== 'run-started' && event.type !== 'module-split') return event;
    const { models: _, ...plan } = event.plan;
    const { model: __, ...builders } = plan.pools.builders;
    return { ...event, plan: { ...plan, pools: { ...plan.pools, builders } } } as RunEvent;
  });

  it('replays into today’s state', () => {
    const state = fold(older.map((event) => upcastEvent(event)));
    expect(state?.graph.moduleIndex.has(moduleId('engine-a'))).toBe(true);
    expect(state?.plan).toEqual(run.state.plan);
  });
});

describe('a plan of today', () => {
  it('is read as it was written, in `plan-changed` too', () => {
    const { plan } = fold(events)!;
    const [module] = plan.modules;
    const today = {
      ...plan,
      resources: [{ id: 'db', capacity: 2 }],
      handoffs: [{ from: 'lexer', to: 'parser', items: ['token kinds'] }],
      modules: [{ ...module, reviewers: 2, resources: [{ resource: 'db', amount: 2 }] }],
      budget: { ...plan.budget, turns: 7 },
    } as unknown as Plan;
    expect(upcastPlan(today)).toEqual(today);
    const changed = { type: 'plan-changed', plan: today };
    expect(upcastEvent(changed)).toEqual(changed);
  });

  it('may be damaged without anything being thrown', () => {
    const modules = [{}, { contract: null, checks: null }];
    const damaged = { modules, tiers: [{}], gates: [{}], pools: {}, budget: [] };
    expect(() => upcastEvent({ type: 'run-started', plan: damaged })).not.toThrow();
  });

  it.each([null, 'plan', {}, { modules: [] }, { modules: [1], tiers: [], gates: [] }])(
    'that is none is left to whoever reads it: %j',
    (plan) => {
      expect(upcastEvent({ type: 'run-started', plan })).toEqual({
        ...{ type: 'run-started', plan, way: 'parallel' },
      });
      const said = { type: 'run-started', plan, way: 'sequential' };
      expect(upcastEvent(said)).toEqual(said);
    },
  );
});
