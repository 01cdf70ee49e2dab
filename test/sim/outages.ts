import type { Plan } from '../../src/core/plan/plan.ts';
import type { PoolKind } from '../../src/core/plan/plan.ts';
import type { ProviderTrouble } from '../../src/core/provider-trouble.ts';
import type { Random } from './random.ts';

const names = ['alpha', 'beta', 'gamma'] as const;

/** From when to when, in virtual milliseconds, and why. */
interface Outage {
  readonly fromMs: number;
  readonly toMs: number;
  readonly code: ProviderTrouble;
}

/** When providers serve nobody. Most runs see none; in some, one goes down again and again. */
export class Outages {
  readonly #random: Random;
  readonly #of = new Map<string, Outage[]>();

  constructor(random: Random) {
    this.#random = random;
    if (random.chance(0.4)) return;
    for (const name of names) if (random.chance(0.6)) this.#of.set(name, this.#schedule());
  }

  /** A plan whose pools get their agents from one provider, or from several. */
  spread(plan: Plan): Plan {
    const agent = (): string => this.#random.pick(names);
    const one = agent();
    const same = this.#random.chance(0.4);
    const { planners, builders, reviewers } = plan.pools;
    return {
      ...plan,
      pools: {
        planners: { ...planners, agent: same ? one : agent() },
        builders: { ...builders, agent: same ? one : agent() },
        reviewers: { ...reviewers, agent: same ? one : agent() },
      },
    };
  }

  /** null: whoever asks is served. */
  at(provider: string, nowMs: number): ProviderTrouble | null {
    const now = this.#of.get(provider)?.find(({ fromMs, toMs }) => fromMs <= nowMs && nowMs < toMs);
    return now?.code ?? null;
  }

  /** Somebody mends what only a person can mend. */
  mend(provider: string): void {
    const kept = (this.#of.get(provider) ?? []).filter(({ code }) => code === 'provider-down');
    this.#of.set(provider, kept);
  }

  #schedule(): Outage[] {
    const outages: Outage[] = [];
    let fromMs = 0;
    for (let times = this.#random.between(1, 5); times > 0; times--) {
      fromMs += this.#random.between(1, 90) * 60_000;
      const toMs = fromMs + this.#random.pick([1, 20, 200]) * this.#random.between(1, 60) * 1_000;
      const code = this.#random.weighed({ 'provider-down': 70, unauthorised: 20, 'no-model': 10 });
      outages.push({ fromMs, toMs, code });
      fromMs = toMs;
    }
    return outages;
  }
}

export const otherAgents = (
  random: Random,
): { readonly pool: PoolKind; readonly agent: string } => ({
  pool: random.pick(['planners', 'builders', 'reviewers'] as const),
  agent: random.pick(names),
});
