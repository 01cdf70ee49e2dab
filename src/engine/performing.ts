import type { EffectResult } from '../core/commands.ts';
import type { Refusal } from '../core/commands/refusal.ts';
import type { Unstamped } from './run-loop.ts';

/** One effect while it is performed: its performer's line to the loop, and the loop's to it. */
export class Performing {
  /** Tells of progress. */
  readonly report: (command: Unstamped<EffectResult>) => void;
  /** The same for what may be refused: null once it is durable. */
  readonly ask: (command: Unstamped<EffectResult>) => Promise<Refusal | null>;
  /** Resolves when its performer has ended, whichever way. */
  settled: Promise<void> = Promise.resolve();
  #aborted = false;
  #controller: AbortController | null = null;

  constructor({ report, ask }: Pick<Performing, 'report' | 'ask'>) {
    this.report = report;
    this.ask = ask;
  }

  get aborted(): boolean {
    return this.#aborted;
  }

  /** Made when it is first asked for: making one costs as much as deciding what comes next. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#aborted) this.#controller.abort();
    return this.#controller.signal;
  }

  abort(): void {
    this.#aborted = true;
    this.#controller?.abort();
  }
}
