import type { Amount } from '../../../core/budget.ts';
import { LowWarnings } from '../low-warnings.ts';
import type { Seat } from '../model/seat.ts';

/** More at once the session would put into a file; the rest comes with the next tools. */
const maxChars = 8_000;

/** What an agent is told between two of its turns: handoffs, and that the end is near. */
export class SessionNews {
  readonly #seat: Pick<Seat, 'news'>;
  readonly #low: LowWarnings;
  #waiting: string[] = [];

  constructor(seat: Pick<Seat, 'news' | 'answer'>, allowance: Amount) {
    this.#seat = seat;
    this.#low = new LowWarnings(allowance, seat.answer !== null);
  }

  /** '' where there is nothing new. */
  async take(spent: Amount): Promise<string> {
    this.#waiting.push(...((await this.#seat.news?.take()) ?? []), ...this.#low.due(spent));
    let chars = 0;
    const rest = this.#waiting.findIndex((each, at) => {
      chars += each.length;
      return at > 0 && chars > maxChars;
    });
    const now = this.#waiting.splice(0, rest === -1 ? this.#waiting.length : rest);
    return now.join('\n\n');
  }
}
