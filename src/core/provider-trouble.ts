import type { Order } from './ids.ts';
import type { PoolKind } from './plan/plan.ts';
import type { RunState } from './state.ts';

/** Why a provider of agents serves nobody, whatever it is asked. */
export type ProviderTrouble =
  /** it cannot be reached or is out of order: tried again by itself */
  | 'provider-down'
  /** it takes no key, or not this one: only a person can mend that */
  | 'unauthorised'
  /** nothing is paid for any more: only a person can mend that */
  | 'unpaid'
  /** it has no such model, or nobody has allowed it: only a person can mend that */
  | 'no-model';

/**
 *     serves ──fails──► resting ──time, a person──► trying ──an agent of it answers──► serves
 *               │          ▲                          │
 *               │          └── is still out of order ─┤
 *               └► asking ──a person──────────────────┘ (no key, no money, no model: asking again)
 *
 * A pool that gets its agents elsewhere does not wait; a provider that no pool names is forgotten.
 */
export interface TroubledProvider {
  /** As `pools.<pool>.agent` names it. */
  readonly name: string;
  readonly code: ProviderTrouble;
  /** In its own words. */
  readonly message: string;
  /** UTC milliseconds of the first failure. */
  readonly since: number;
  /** How often in a row. */
  readonly failures: number;
  readonly life:
    | { readonly at: 'resting'; readonly order: Order; readonly ms: number; readonly since: number }
    | { readonly at: 'asking' }
    /** `order`: the work that tries it; null: the next that is ready does. */
    | { readonly at: 'trying'; readonly order: Order | null };
}

type Troubled = Pick<RunState, 'troubled'>;

export const troubled = (state: Troubled, provider: string): TroubledProvider | null =>
  state.troubled.find(({ name }) => name === provider) ?? null;

/** The provider for which the work of a pool waits; null where it does not. At most three are looked at. */
export function awaitedProvider(
  state: Pick<RunState, 'plan' | 'troubled'>,
  pool: PoolKind,
): TroubledProvider | null {
  if (state.troubled.length === 0) return null;
  const its = troubled(state, state.plan.pools[pool].agent);
  return its?.life.at === 'trying' && its.life.order === null ? null : its;
}

/** The provider that the work of this order tries; null where it tries none. */
export function triedBy(state: Troubled, order: Order): TroubledProvider | null {
  if (state.troubled.length === 0) return null;
  return state.troubled.find(({ life }) => life.at === 'trying' && life.order === order) ?? null;
}

/** How many effects of a state only wait for a provider. */
export const restingProviders = (state: Troubled): number =>
  state.troubled.length === 0
    ? 0
    : state.troubled.filter(({ life }) => life.at === 'resting').length;

/** How many providers wait for a person. */
export const askingProviders = (state: Troubled): number =>
  state.troubled.filter(({ life }) => life.at === 'asking').length;

const firstRestMs = 30_000;
const longestRestMs = 15 * 60_000;

/** How long a provider that failed so often in a row is left alone; `least`: what it asks for itself. */
export const restBefore = (failures: number, least: number): number =>
  Math.min(longestRestMs, Math.max(least, firstRestMs * 2 ** Math.min(failures - 1, 10)));
