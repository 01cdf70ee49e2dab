import { figure, type Part } from './figure.ts';
import { median } from './timing.ts';
import { waitedRun, waitingWork, warmUpWaiting, type WaitedRun } from './waiting-run.ts';

const modules = 48;
const places = 4;
const target = 1.05;

/** How long agents that only wait take through the real loop, over what no schedule can beat. */
export const waiting: Part = {
  name: 'waiting',
  measure: async ({ quick }) => {
    await warmUpWaiting();
    const runs: WaitedRun[] = [];
    for (let seed = 1; seed <= (quick ? 2 : 8); seed++) {
      runs.push(await waitedRun(waitingWork(modules, places, seed)));
    }
    const what = `${modules} modules of 20 to 200 ms at ${places} places, ${runs.length} graphs`;
    const ratios = runs.map(({ wallMs, boundMs }) => wallMs / boundMs);
    return [
      figure('wall ÷ bound', median(ratios), '×', target, what),
      figure('wall ÷ bound, worst', Math.max(...ratios), '×'),
      figure(
        'timers only ÷ bound',
        median(runs.map(({ timersMs, boundMs }) => timersMs / boundMs)),
        '×',
        null,
        'the same without rules and loop: what timers and the machine add',
      ),
    ];
  },
};
