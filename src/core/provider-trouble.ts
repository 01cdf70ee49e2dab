import type { Order } from './ids.ts';
import type { PoolKind } from './plan/plan.ts';
import type { RunState } from './state.ts';

/** Why a provider of agents serves nobody, or one pool not. */
export type ProviderTrouble =
  /** it cannot be reached or is out of order: tried again by itself */
  | 'provider-down'
  /** it gets no key, or refuses it: only a person can mend that */
  | 'unauthorised'
  /** nothing is paid for any more: only a person can mend that */
  | 'unpaid'
  /** it has no such model, or nobody has allowed it: only a person can mend that, and others are served */
  | 'no-model';

/**
 *     serves ──fails──► resting ──time, a person──► trying ──an agent of it answers──► serves
 *               │          ▲                          │
 *               │          └── is still out of order ─┤
 *               └► asking ──a person──────────────────┘ (no key, no money, no model: asking again)
 *
 * A pool that gets its agents elsewhere does not wait; a provider that no pool names is forgotten. A
 * model that it lacks holds the pool that asked for it alone, and may beside what holds them all.
 */
export interface TroubledProvider {
  /** As `pools.<pool>.agent` names it. */
  readonly name: string;
  /** The one that is not served; null: none of them is. */
  readonly pool: PoolKind | null;
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

/** What is the matter with a provider for all pools (null), or for one of them. */
export const troubled = (
  state: Troubled,
  provider: string,
  of: PoolKind | null,
): TroubledProvider | null =>
  state.troubled.find(({ name, pool }) => name === provider && pool === of) ?? null;

/** All that may keep the agents of a pool from it: at most two of six. */
export function troublesOf(
  state: Pick<RunState, 'plan' | 'troubled'>,
  of: PoolKind,
): readonly TroubledProvider[] {
  if (state.troubled.length === 0) return state.troubled;
  const { agent } = state.plan.pools[of];
  return state.troubled.filter(
    ({ name, pool }) => name === agent && (pool === null || pool === of),
  );
}

/** The provider for which the work of a pool waits; null where it does not. */
export function awaitedProvider(
  state: Pick<RunState, 'plan' | 'troubled'>,
  pool: PoolKind,
): TroubledProvider | null {
  const holds = ({ life }: TroubledProvider): boolean =>
    life.at !== 'trying' || life.order !== null;
  return troublesOf(state, pool).find(holds) ?? null;
}

/** What the work of this order finds out about. */
export const triedBy = (state: Troubled, order: Order): readonly TroubledProvider[] =>
  state.troubled.filter(({ life }) => life.at === 'trying' && life.order === order);

/** How many effects of a state only wait for a provider. */
export const restingProviders = (state: Troubled): number =>
  state.troubled.length === 0
    ? 0
    : state.troubled.filter(({ life }) => life.at === 'resting').length;

/** How often a provider waits for a person. */
export const askingProviders = (state: Troubled): number =>
  state.troubled.filter(({ life }) => life.at === 'asking').length;

const firstRestMs = 30_000;
const longestRestMs = 15 * 60_000;

/** How long a provider that failed so often in a row is left alone; `least`: what it asks for itself. */
export const restBefore = (failures: number, least: number): number =>
  Math.min(longestRestMs, Math.max(least, firstRestMs * 2 ** Math.min(failures - 1, 10)));
