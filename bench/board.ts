import { chronicle } from '../src/core/projections/chronicle.ts';
import { card } from '../src/core/projections/card.ts';
import { replay } from '../src/core/projections/timeline.ts';
import { fold } from '../src/core/evolve.ts';
import { boardPlan, playRun } from './board-run.ts';
import { figure, type Part } from './figure.ts';
import { timed } from './timing.ts';

/** Modules whose run takes about 20,000 events. */
const foldedModules = 1_400;

/** What the board costs: folding a run, showing it, keeping up with it, loading it. */
export const board: Part = {
  name: 'board',
  measure: async ({ quick }) => {
    const samples = quick ? 3 : 9;
    const events = playRun(boardPlan(foldedModules)).flat();
    const folded = await timed(samples, 2, () => chronicle(events));
    const replayed = await timed(samples, 2, () => replay(events));
    const plain = await timed(samples, 2, () => fold(null, events));
    const told = chronicle(events);
    if (told === null) throw new Error('there are no events');
    const cards = await timed(samples, 20, () => {
      for (let node = 0; node < foldedModules; node++) card(told, node);
    });
    const lines = `${events.length} events; plain ${plain.coreMs.toFixed(0)}`;
    return [
      figure('fold 20,000 events for the board', folded.coreMs, 'ms', 300, lines),
      figure('the same beside a replay', folded.coreMs / replayed.coreMs, '×', 1.5),
      figure('cards of 1,400 modules', cards.coreMs, 'ms', null),
    ];
  },
};
