import { describe, expect, it } from 'vitest';
import { moduleId } from '../../../src/core/ids.ts';
import { withHistory, type EarlierRun } from '../../../src/core/plan/history.ts';
import { predict } from '../../../src/core/plan/predict.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { upcastPlan } from '../../../src/core/plan/upcast.ts';
import { estimateNotes } from '../../../src/core/projections/estimate-words.ts';
import { plan } from '../../support/scenario-plan.ts';

const its = plan({ modules: { a: { minutes: 30 }, b: { minutes: 20 } } });

const ran = (buildMinutes: number | null, reviewMinutes: number | null, of = its): EarlierRun => ({
  plan: of,
  durations: new Map([[moduleId('a'), { buildMinutes, reviewMinutes }]]),
});

const estimates = (runs: readonly EarlierRun[]) =>
  withHistory(its, runs).modules.map(({ estimate }) => estimate);

const ofPlan = { source: 'plan', runs: 0 };

describe('estimates', () => {
  it('are the medians of earlier runs, and the plan’s where there is none', () => {
    expect(estimates([ran(2, 1), ran(9, 0.5), ran(4, 2)])).toEqual([
      { minutes: 4, review: 1, source: 'history', runs: 3 },
      { minutes: 20, review: 1, ...ofPlan },
    ]);
    expect(estimates([ran(2, 1), ran(5, 2)])[0]).toMatchObject({ minutes: 3.5, review: 1.5 });
    expect(estimates([])).toEqual(its.modules.map(({ estimate }) => estimate));
  });

  it('are of the same module alone: the plan’s name, its own, and where its contract stands', () => {
    const named: Plan = { ...its, artifact: { ...its.artifact, name: 'other' } };
    expect(estimates([ran(2, 1, named)])[0]).toMatchObject(ofPlan);
    const [a, b] = its.modules;
    const moved = { ...a!, contract: { ...a!.contract, file: 'elsewhere.md' } };
    expect(estimates([ran(2, 1, { ...its, modules: [moved, b!] })])[0]).toMatchObject(ofPlan);
    expect(estimates([ran(2, 1, { ...its, modules: [b!] })])[0]).toMatchObject(ofPlan);
  });

  it('are the plan’s where an earlier run does not tell all of it, and never nothing', () => {
    expect(estimates([ran(null, 1)])[0]).toMatchObject(ofPlan);
    expect(estimates([ran(2, null)])[0]).toMatchObject(ofPlan);
    expect(estimates([ran(0, 0)])[0]).toMatchObject({ minutes: 0.01, review: 0.01 });
  });

  it('hold their coordination, which is added to what an author estimates', () => {
    const known = withHistory(its, [ran(2, 1)]);
    const only = (at: number): Plan => ({ ...known, modules: [known.modules[at]!] });
    expect(predict(only(0))).toMatchObject({ parallelMinutes: 3, criticalMinutes: 3 });
    expect(predict(only(1))).toMatchObject({ parallelMinutes: 22, criticalMinutes: 22 });
  });

  it('of journals that know of no history are the plan’s', () => {
    const modules = its.modules.map((module) => ({
      ...module,
      estimate: { minutes: 7, review: 1 },
    }));
    const { estimate } = upcastPlan({ ...its, modules }).modules[0]!;
    expect(estimate).toEqual({ minutes: 7, review: 1, ...ofPlan });
  });

  it('say where they come from', () => {
    expect(estimateNotes(its)).toEqual([]);
    expect(estimateNotes(withHistory(its, [ran(11, 1), ran(11, 1), ran(11, 1)]))).toEqual([
      'estimates: a 12 min (history, 3 runs)',
    ]);
  });
});
