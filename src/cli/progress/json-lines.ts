import type { Terminal } from '../terminal.ts';
import type { Watcher } from './watcher.ts';

/** One journal event a line on stdout; what is for people goes to stderr. */
export function jsonLines(terminal: Terminal): Watcher {
  return {
    begin: () => undefined,
    event: (event) => terminal.out(`${JSON.stringify(event)}\n`),
    turned: () => undefined,
    note: (text) => terminal.err(`${text}\n`),
    end: () => undefined,
  };
}
