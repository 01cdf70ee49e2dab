import { oneLine } from '../core/projections/safe-text.ts';
import type { Terminal } from './terminal.ts';

/** The exit code of what cannot be done as asked, whatever the verb. */
const unusable = 2;

/** Says in one line what was wrong and what to do, and answers with the exit code for it. */
export function refuse(terminal: Terminal, says: string): number {
  terminal.err(`ashlar: ${oneLine(says, 600)}\n`);
  return unusable;
}
