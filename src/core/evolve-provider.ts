import type { Draft } from './draft.ts';
import type { OfProvider, ProviderEvent } from './events/provider.ts';
import { order, type Order } from './ids.ts';
import { poolKinds } from './plan/plan.ts';
import { switchedPool } from './plan/switched-pool.ts';
import { troubled, troublesOf, type TroubledProvider } from './provider-trouble.ts';

/** Folds an event that concerns who makes the agents. */
export function evolveProvider(draft: Draft, event: ProviderEvent): void {
  switch (event.type) {
    case 'provider-failed': {
      const { code, message, failures, restMs: ms, at, seq } = event;
      const whom = whomOf(event);
      const since = find(draft, whom)?.since ?? at;
      const life =
        ms === 0
          ? ({ at: 'asking' } as const)
          : ({ at: 'resting', order: order(seq), ms, since: at } as const);
      put(draft, whom, { ...whom, code, message, since, failures, life });
      break;
    }
    case 'provider-wait-ended':
      setTrying(draft, whomOf(event), null);
      break;
    case 'provider-tried':
      setTrying(draft, whomOf(event), event.order);
      break;
    case 'provider-answered':
      put(draft, whomOf(event), null);
      break;
    case 'agents-switched': {
      const { pool, agent, model = null } = event;
      const { pools } = draft.plan;
      draft.plan = {
        ...draft.plan,
        pools: { ...pools, [pool]: switchedPool(pools[pool], agent, model) },
      };
      const kept = new Set(poolKinds.flatMap((each) => troublesOf(draft, each)));
      for (const its of draft.troubled) if (!kept.has(its)) put(draft, its, null);
    }
  }
}

/** Work of this order has ended: whether its provider serves again, it did not say. */
export function endTrial(draft: Draft, ended: Order): void {
  for (const its of draft.troubled) {
    const { life } = its;
    if (life.at === 'trying' && life.order === ended) setTrying(draft, its, null);
  }
}

/** A run that is over waits for nobody. */
export function forgetTrouble(draft: Draft): void {
  for (const its of draft.troubled) put(draft, its, null);
}

/** Which of a run's troubles it is. */
type Whom = Pick<TroubledProvider, 'name' | 'pool'>;

const whomOf = ({ provider, pool }: OfProvider): Whom => ({ name: provider, pool: pool ?? null });

const find = (draft: Draft, { name, pool }: Whom): TroubledProvider | null =>
  troubled(draft, name, pool);

function setTrying(draft: Draft, whom: Whom, by: Order | null): void {
  const its = find(draft, whom);
  if (its !== null) put(draft, whom, { ...its, life: { at: 'trying', order: by } });
}

/** Keeps the counters in step; null: it is in no trouble any more. */
function put(draft: Draft, whom: Whom, after: TroubledProvider | null): void {
  const before = find(draft, whom);
  count(draft, before, -1);
  count(draft, after, 1);
  const others = draft.troubled.filter((each) => each !== before);
  draft.troubled = after === null ? others : [...others, after];
}

function count(draft: Draft, its: TroubledProvider | null, by: 1 | -1): void {
  if (its?.life.at === 'resting') draft.inFlight += by;
  if (its?.life.at === 'asking') draft.needPerson += by;
}
