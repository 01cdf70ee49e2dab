import type { Amount } from '../../core/budget.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import {
  addCosts,
  noCost,
  noUsage,
  type CallName,
  type ModelCall,
  type ModelUsage,
  type UsageLine,
} from '../../core/usage.ts';
import type { AgentProvider } from './agent.ts';
import type { HeldCall } from './attempt-meter.ts';

/** An agent that claims more models than this is counted under one name from there on. */
const mostModels = 8;
const nameLength = 80;

/** What one agent's calls came to, model by model. */
export class UsageTally {
  readonly #provider: Pick<AgentProvider, 'name' | 'metered'>;
  readonly #lines = new Map<string, UsageLine>();
  #calls = 0;

  constructor(provider: Pick<AgentProvider, 'name' | 'metered'>) {
    this.#provider = provider;
  }

  get calls(): number {
    return this.#calls;
  }

  get lines(): readonly UsageLine[] {
    return [...this.#lines.values()];
  }

  /** `call` is null where the agent does not say what the call was. What came to nothing was none. */
  count(actual: Amount, call: ModelCall | CallName | null): void {
    if (actual.tokens === 0 && actual.microUsd === 0 && actual.turns === 0) return;
    const usage = call !== null && 'usage' in call ? call.usage : null;
    this.#add(this.#lineOf(actual, call, usage));
  }

  /** A call that was under way when its attempt ended: nobody knows more than what it may have cost. */
  countHeld({ upTo, call }: HeldCall): void {
    this.#add(this.#lineOf(upTo, call, null));
  }

  #add(next: UsageLine): void {
    this.#calls++;
    const own = `${next.provider} ${next.model}`;
    const full = this.#lines.size >= mostModels && !this.#lines.has(own);
    const key = full ? 'others' : own;
    const known = this.#lines.get(key) ?? {
      ...next,
      ...noCost,
      model: full ? 'others' : next.model,
    };
    this.#lines.set(key, { ...known, ...addCosts(known, next) });
  }

  #lineOf(
    { tokens, microUsd }: Amount,
    call: CallName | null,
    usage: ModelUsage | null,
  ): UsageLine {
    const { name, metered } = this.#provider;
    const unpriced = metered === 'estimated' || call?.unpriced === true;
    const instructions = call?.instructions;
    return {
      provider: named(call?.provider ?? name),
      model: named(call?.model ?? ''),
      ...(instructions === undefined ? {} : { instructions: named(instructions) }),
      calls: 1,
      tokens: usage === null ? noUsage : counted(usage),
      untold: usage === null ? tokens : 0,
      microUsd: unpriced ? 0 : microUsd,
      unpriced: unpriced ? 1 : 0,
    };
  }
}

const named = (name: string): string => oneLine(name, nameLength);

const counted = ({ input, cacheRead, cacheWrite, output }: ModelUsage): ModelUsage => ({
  input: count(input),
  cacheRead: count(cacheRead),
  cacheWrite: count(cacheWrite),
  output: count(output),
});

/** A provider that tells nonsense must not spoil the sums: they have to survive being written down. */
const count = (told: number): number => (Number.isSafeInteger(told) && told > 0 ? told : 0);
