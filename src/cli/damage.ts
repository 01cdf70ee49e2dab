import { oneLine } from '../core/projections/safe-text.ts';
import type { RunRecord } from '../engine/run-record.ts';
import type { Terminal } from './terminal.ts';

/** Says of a journal that is not as it was written how far what is shown can be trusted. */
export function warnOfDamage(
  terminal: Pick<Terminal, 'err'>,
  { run, events, problems }: Pick<RunRecord, 'run' | 'events' | 'problems'>,
): void {
  if (problems.length === 0) return;
  for (const { message } of problems) terminal.err(`journal, ${oneLine(message, 300)}\n`);
  const shown = `what is shown is the run up to event ${events.length}, and not where it stands`;
  terminal.err(`The journal of run ${run} is damaged: ${shown}; ashlar verify ${run} says more.\n`);
}
