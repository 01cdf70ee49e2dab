import { estimateEnd } from '../../core/projections/eta.ts';
import { etaWords } from '../../core/projections/eta-words.ts';
import { happening } from '../../core/projections/happening.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import { waitingModules } from '../../core/projections/run-waits.ts';
import { runElapsedMs, type Replayed } from '../../core/projections/timeline.ts';
import { clockTime } from '../../core/projections/figures.ts';
import { listed } from '../../core/projections/words.ts';
import type { Terminal } from '../terminal.ts';
import type { Watcher } from './watcher.ts';

/** Who waits for whom is said again only after this many other lines. */
const linesBetween = 8;

/** For logs and pipes: a line for each thing that happened, and now and then what waits. */
export function plainLines(terminal: Terminal): Watcher {
  let said = '';
  let lines = linesBetween;
  const print = (replayed: Replayed, at: number, says: string): void => {
    const { state } = replayed;
    const elapsed = clockTime(runElapsedMs(state, at));
    terminal.out(`[${elapsed} ${state.sealed}/${state.modules.length}] ${says}\n`);
  };
  const sayWaits = (replayed: Replayed): void => {
    if (lines < linesBetween) return;
    const waits = waitWords(replayed);
    if (waits === '' || waits === said) return;
    said = waits;
    lines = 0;
    const eta = etaWords(estimateEnd(replayed, replayed.state.at));
    print(replayed, replayed.state.at, `waiting: ${waits} · ETA ${eta}`);
  };
  return {
    begin(replayed) {
      print(replayed, replayed.state.at, `run ${replayed.state.run} goes on`);
      sayWaits(replayed);
    },
    event(event, replayed) {
      const happened = happening(event);
      if (happened === null || happened.weight === 'detail') return;
      print(replayed, event.at, (happened.weight === 'alert' ? '! ' : '') + happened.says);
      lines++;
    },
    turned: sayWaits,
    note: (text) => terminal.err(`${oneLine(text, 400)}\n`),
    end: () => undefined,
  };
}

function waitWords({ state }: Replayed): string {
  const waits = waitingModules(state);
  const texts = waits.map(({ who, on }) => `${who} for ${listed(on)}`);
  return texts.length === 0 ? '' : listedBy('; ', texts);
}

function listedBy(separator: string, texts: readonly string[], most = 4): string {
  const more = texts.length - most;
  return [...texts.slice(0, most), ...(more > 0 ? [`${more} more`] : [])].join(separator);
}
