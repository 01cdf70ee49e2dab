import type { RunEvent } from '../core/events.ts';
import type { Journal } from './journal/journal.ts';
import type { RunJournal } from './run-loop.ts';

/** A journal that cannot go on ends the session: nothing may act on what is not durable. */
class JournalStopped extends Error {
  readonly code: string;

  constructor(code: string, message: string, cause: unknown) {
    super(message, { cause });
    this.name = 'JournalStopped';
    this.code = code;
  }
}

/** A run's journal as its loop sees it. */
export function durable(journal: Journal<RunEvent>): RunJournal {
  return {
    enqueue: (events, cause) =>
      journal.enqueue(cause === null ? { events } : { events, command: cause }),
    async flush() {
      const result = await journal.flush();
      if (!result.ok) throw new JournalStopped(result.code, result.message, result.cause);
    },
  };
}
