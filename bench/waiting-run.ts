import { setTimeout as wait } from 'node:timers/promises';
import type { Plan } from '../src/core/plan/plan.ts';
import { lowerBound } from '../src/core/schedule/lower-bound.ts';
import { problemOf, type Problem } from '../src/core/schedule/problem.ts';
import { seeded } from '../src/core/schedule/random.ts';
import { urgency } from '../src/core/schedule/urgency.ts';
import { driveRun, MemoryJournal, resultOf, startRun } from './no-op-run.ts';
import { planOf } from './plan.ts';
import { warmUp } from './timing.ts';

/** Modules as what each needs and how many milliseconds its agent waits. */
export interface WaitingWork {
  readonly needs: readonly (readonly number[])[];
  readonly ms: readonly number[];
  readonly places: number;
}

/** What a run of it took, beside what nothing could have beaten. */
export interface WaitedRun {
  readonly wallMs: number;
  /** The same timers in the same order, with nothing around them: what the machine itself adds. */
  readonly timersMs: number;
  readonly workMs: number;
  readonly boundMs: number;
}

/** Modules that each need up to three of those before them. */
export function waitingWork(modules: number, places: number, seed: number): WaitingWork {
  const random = seeded(seed);
  const below = (count: number): number => Math.floor(random() * count);
  const needs = Array.from({ length: modules }, (_, module) => {
    const count = module < places ? 0 : below(4);
    const near = Math.min(module, 3 * places);
    return [...new Set(Array.from({ length: count }, () => module - 1 - below(near)))];
  });
  return { needs, ms: needs.map(() => 20 + below(181)), places };
}

/** Runs it through the run loop and the rules: agents are timers, reviewers are done at once. */
export async function waitedRun(work: WaitingWork): Promise<WaitedRun> {
  const plan = planOfWork(work);
  const msOf = new Map(plan.modules.map(({ id }, at) => [id, work.ms[at] ?? 0]));
  const started = performance.now();
  await driveRun(startRun(plan), new MemoryJournal(), {
    perform: async (effect) => {
      if (effect.type === 'generate') await wait(msOf.get(effect.module));
      return resultOf(effect);
    },
  });
  const wallMs = performance.now() - started;
  const problem = problemOfWork(work);
  return {
    wallMs,
    timersMs: await timersOnly(work),
    workMs: work.ms.reduce((sum, each) => sum + each, 0),
    boundMs: lowerBound(problem),
  };
}

async function timersOnly(work: WaitingWork): Promise<number> {
  const problem = problemOfWork(work);
  const rank = urgency(problem);
  const open = work.needs.map((needs) => needs.length);
  const ready = open.flatMap((count, module) => (count === 0 ? [module] : []));
  const started = performance.now();
  let free = work.places;
  await new Promise<void>((resolve) => {
    let left = work.ms.length;
    const fill = (): void => {
      ready.sort((a, b) => (rank[b] ?? 0) - (rank[a] ?? 0));
      for (; free > 0; free--) {
        const module = ready.pop();
        if (module === undefined) return;
        setTimeout(() => end(module), work.ms[module]);
      }
    };
    const end = (module: number): void => {
      free++;
      for (const next of problem.followers[module] ?? []) {
        open[next] = (open[next] ?? 0) - 1;
        if (open[next] === 0) ready.push(next);
      }
      if (--left === 0) resolve();
      else fill();
    };
    fill();
  });
  return performance.now() - started;
}

function problemOfWork(work: WaitingWork): Problem {
  return problemOf(
    work.needs.map((needs, at) => ({
      duration: work.ms[at] ?? 0,
      needs,
      demands: [{ resource: 0, amount: 1 }],
    })),
    [work.places],
  );
}

/** So that what is measured is not how long the compiler takes to see code for the first time. */
export async function warmUpWaiting(): Promise<void> {
  const work = { ...waitingWork(48, 4, 99), ms: new Array<number>(48).fill(0) };
  await warmUp(500, () => driveRun(startRun(planOfWork(work)), new MemoryJournal()));
  await waitedRun(work);
}

/** A minute of estimate stands for a millisecond, so that the minute of coordination is little. */
function planOfWork({ needs, ms, places }: WaitingWork): Plan {
  const plan = planOf({ name: 'layered', needs });
  const pool = { max: places, agent: 'none', model: null, definition: null, budget: null };
  return {
    ...plan,
    pools: { ...plan.pools, builders: pool, reviewers: pool },
    modules: plan.modules.map((module, at) => ({
      ...module,
      estimate: { minutes: ms[at] ?? 0, review: 0, source: 'plan', runs: 0 },
    })),
  };
}
