import { addAmounts, subtractAmounts, zeroAmount, type Amount } from '../../core/budget.ts';

/**
 * What planning a goal may use up. Each agent's share is taken out before it starts (law 11), and
 * what it left is put back. Time is not in it: agents that work side by side share that.
 */
export class PlanningPurse {
  readonly total: Amount;
  #free: Amount;
  #spent = zeroAmount;

  constructor(total: Amount) {
    this.total = total;
    this.#free = { ...total, ms: 0 };
  }

  get spent(): Amount {
    return this.#spent;
  }

  /** What a token has cost so far, in micro-dollars; 0 before the first. */
  get microUsdPerToken(): number {
    const { tokens, microUsd } = this.#spent;
    return tokens === 0 ? 0 : microUsd / tokens;
  }

  /** `count` equal parts of a share of what is free. */
  reserve(share: number, count = 1): Amount[] {
    const part = share / count;
    const each: Amount = {
      tokens: Math.floor(this.#free.tokens * part),
      microUsd: Math.floor(this.#free.microUsd * part),
      turns: Math.floor(this.#free.turns * part),
      ms: 0,
    };
    return Array.from({ length: count }, () => {
      this.#free = subtractAmounts(this.#free, each);
      return each;
    });
  }

  settle(reserved: Amount, spent: Amount): void {
    this.#free = subtractAmounts(addAmounts(this.#free, reserved), { ...spent, ms: 0 });
    this.#spent = addAmounts(this.#spent, spent);
  }
}
