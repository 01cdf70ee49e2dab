import { seeded } from '../src/core/schedule/random.ts';
import { figure, type Figure, type Part } from './figure.ts';
import { median } from './timing.ts';
import { waitedRun, warmUpWaiting, type WaitedRun, type WaitingWork } from './waiting-run.ts';

const length = 8;

/** Lanes of work at once, one place each: what is gained, and what is lost to waiting and to us. */
export const streams: Part = {
  name: 'streams',
  measure: async ({ quick }) => {
    await warmUpWaiting();
    const figures: Figure[] = [];
    for (const lanes of [5, 8]) {
      const runs: WaitedRun[] = [];
      for (let seed = 1; seed <= (quick ? 1 : 5); seed++) {
        runs.push(await waitedRun(lanesOf(lanes, seed)));
      }
      const middle = (of: (run: WaitedRun) => number): number => median(runs.map(of));
      const name = (what: string): string => `${lanes} streams, ${what}`;
      const over = (ms: number, bound: number): number => 100 * (ms / bound - 1);
      figures.push(
        figure(
          name('speed-up'),
          middle(({ workMs, wallMs }) => workMs / wallMs),
          '×',
          null,
          `at most ${middle(({ workMs, boundMs }) => workMs / boundMs).toFixed(2)}`,
        ),
        figure(
          name('idle places'),
          middle(({ workMs, wallMs }) => 100 * (1 - workMs / (wallMs * lanes))),
          '%',
        ),
        figure(
          name('over the bound'),
          middle(({ wallMs, boundMs }) => over(wallMs, boundMs)),
          '%',
          5,
          `timers only ${middle(({ timersMs, boundMs }) => over(timersMs, boundMs)).toFixed(1)} %`,
        ),
      );
    }
    return figures;
  },
};

/** Each lane is a chain; a module in four also needs what came before it in another lane. */
function lanesOf(lanes: number, seed: number): WaitingWork {
  const random = seeded(seed);
  const needs: number[][] = [];
  const ms: number[] = [];
  for (let at = 0; at < length; at++) {
    for (let lane = 0; lane < lanes; lane++) {
      const own = at === 0 ? [] : [(at - 1) * lanes + lane];
      const other = (at - 1) * lanes + Math.floor(random() * lanes);
      const isCrossing = at > 0 && random() < 0.25;
      needs.push(isCrossing ? [...new Set([...own, other])] : own);
      ms.push(50 + Math.floor(random() * 101));
    }
  }
  return { needs, ms, places: lanes };
}
