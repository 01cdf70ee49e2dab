import type { LogOutputChannel } from 'vscode';
import type { RunEvent } from '../../core/events.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import { counted } from '../../core/projections/words.ts';
import { shortRun } from '../actions/short-run.ts';
import type { LiveRun, Runs } from '../runs/runs.ts';
import { watchCurrent, type Ending } from './watch-current.ts';

/** Tells in the output what happens in the current run. The journal is the record, not this. */
export function keepOutput(runs: Runs, log: LogOutputChannel): Ending[] {
  let problem: string | null = null;
  return [
    watchCurrent(runs, {
      turned: (run) => {
        problem = null;
        if (run === null) return;
        const { length } = run.events;
        log.info(`following run ${run.key.run}: ${counted(length, 'event')} so far`);
      },
      appended: (events, run) => {
        for (const event of events) write(log, run, event);
      },
      changed: (run) => {
        const found = run?.problem ?? null;
        if (run === null || found === null || found === problem) return;
        problem = found;
        log.error(`run ${shortRun(run.key.run)}: ${oneLine(found, 300)}`);
      },
    }),
    runs.onDidStop(({ key, message }) =>
      log.error(`run ${shortRun(key.run)} stopped: ${oneLine(message, 1_000)}`),
    ),
  ];
}

function write(log: LogOutputChannel, { key, engine }: LiveRun, event: RunEvent): void {
  const told = engine.happening(event);
  if (told === null) return;
  const line = `${shortRun(key.run)} ${event.seq} ${told.says}`;
  if (told.weight === 'alert') log.warn(line);
  else if (told.weight === 'news') log.info(line);
  else log.debug(line);
}
