import type { AgentOutcome } from '../outcome.ts';
import type { Unspent } from '../tools/tool.ts';

export type Ended = Unspent<AgentOutcome>;

/** How a session's task ends; nothing is done any more once that is known. */
export class SessionEnd {
  #known: Ended | null = null;

  get known(): Ended | null {
    return this.#known;
  }

  /** The first one counts; null: it goes on. Whether it has ended. */
  comes(ended: Ended | null): boolean {
    this.#known ??= ended;
    return this.#known !== null;
  }
}
