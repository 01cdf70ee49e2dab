import { addAmounts, overrun, zeroAmount, type Amount } from '../../core/budget.ts';
import type { CallName } from '../../core/usage.ts';

/** What is held for a call that is under way, and whose it is; null where that was not said. */
export interface HeldCall {
  readonly upTo: Amount;
  readonly call: CallName | null;
}

/**
 * One attempt's purse. Calls are refused before they are made, however many are under way: what
 * is held for them counts as spent. Time is not in it: that is measured, not asked for.
 */
export class AttemptMeter {
  readonly #allowance: Amount;
  /** Calls under way, oldest first. */
  readonly #held: HeldCall[] = [];
  #spent = zeroAmount;

  constructor(allowance: Amount) {
    this.#allowance = { ...allowance, ms: 0 };
  }

  /** Without `ms`. */
  get spent(): Amount {
    return this.#spent;
  }

  /** With what calls under way may still cost: what counts where nobody waits for their end. */
  get committed(): Amount {
    return this.#held.reduce((sum, { upTo }) => addAmounts(sum, upTo), this.#spent);
  }

  /** Oldest first. */
  get underWay(): readonly HeldCall[] {
    return this.#held;
  }

  maySpend(upTo: Amount, call: CallName | null = null): boolean {
    const next = untimed(upTo);
    if (overrun(addAmounts(this.committed, next), this.#allowance) !== null) return false;
    this.#held.push({ upTo: next, call });
    return true;
  }

  /** Counts in full, also what goes beyond the amount held: a session may overshoot. */
  spend(actual: Amount): void {
    this.#held.shift();
    this.#spent = addAmounts(this.#spent, untimed(actual));
  }
}

function untimed(amount: Amount): Amount {
  for (const value of [amount.tokens, amount.microUsd, amount.turns]) {
    // A NaN would fit within every limit.
    if (!Number.isSafeInteger(value) || value < 0) {
      throw new RangeError(`not an amount: ${JSON.stringify(amount)}`);
    }
  }
  return { ...amount, ms: 0 };
}
