import type { Amount } from '../../core/budget.ts';

/** An agent is told when so little is left, once of each. */
const lowTurns = 3;
const lowShare = 0.15;

/** Says when the end is near: whoever knows hands in what there is. */
export class LowWarnings {
  readonly #allowance: Amount;
  readonly #end: string;
  readonly #given = new Set<'turns' | 'tokens'>();

  /** `answers`: it ends with an answer, not by handing in. */
  constructor(allowance: Amount, answers: boolean) {
    this.#allowance = allowance;
    this.#end = answers ? 'Answer with what you know.' : 'Hand in what you have.';
  }

  /** In words for the agent, which were not said before. */
  *due(spent: Amount): Generator<string> {
    const turns = this.#allowance.turns - spent.turns;
    if (spent.turns > 0 && turns <= lowTurns && this.#first('turns')) {
      yield `You have ${turns} turns left. ${this.#end}`;
    }
    const tokens = this.#allowance.tokens - spent.tokens;
    if (tokens < this.#allowance.tokens * lowShare && this.#first('tokens')) {
      yield `You have ${tokens} tokens left, what you read included. ${this.#end}`;
    }
  }

  #first(what: 'turns' | 'tokens'): boolean {
    if (this.#given.has(what)) return false;
    this.#given.add(what);
    return true;
  }
}
