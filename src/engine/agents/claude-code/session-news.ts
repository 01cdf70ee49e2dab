import type { Amount } from '../../../core/budget.ts';
import type { Seat } from '../model/seat.ts';

/** An agent is told when so little is left, once of each. */
const lowTurns = 3;
const lowShare = 0.15;
/** More at once the session would put into a file; the rest comes with the next tools. */
const maxChars = 8_000;

/** What an agent is told between two of its turns: handoffs, and that the end is near. */
export class SessionNews {
  readonly #seat: Seat;
  readonly #allowance: Amount;
  readonly #warned = new Set<string>();
  #waiting: string[] = [];

  constructor(seat: Seat, allowance: Amount) {
    this.#seat = seat;
    this.#allowance = allowance;
  }

  /** '' where there is nothing new. */
  async take(spent: Amount): Promise<string> {
    this.#waiting.push(...((await this.#seat.news?.take()) ?? []), ...this.#warnings(spent));
    let chars = 0;
    const rest = this.#waiting.findIndex((each, at) => {
      chars += each.length;
      return at > 0 && chars > maxChars;
    });
    const now = this.#waiting.splice(0, rest === -1 ? this.#waiting.length : rest);
    return now.join('\n\n');
  }

  *#warnings(spent: Amount): Generator<string> {
    const end =
      this.#seat.answer === null ? 'Hand in what you have.' : 'Answer with what you know.';
    const turns = this.#allowance.turns - spent.turns;
    if (turns <= lowTurns && this.#first('turns')) yield `You have ${turns} turns left. ${end}`;
    const tokens = this.#allowance.tokens - spent.tokens;
    if (tokens < this.#allowance.tokens * lowShare && this.#first('tokens')) {
      yield `You have ${tokens} tokens left, what you read included. ${end}`;
    }
  }

  #first(what: string): boolean {
    if (this.#warned.has(what)) return false;
    this.#warned.add(what);
    return true;
  }
}
