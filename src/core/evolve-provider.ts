import type { Draft } from './draft.ts';
import type { ProviderEvent } from './events/provider.ts';
import { order, type Order } from './ids.ts';
import { poolKinds } from './plan/plan.ts';
import { switchedPool } from './plan/switched-pool.ts';
import { troubled, type TroubledProvider } from './provider-trouble.ts';

/** Folds an event that concerns who makes the agents. */
export function evolveProvider(draft: Draft, event: ProviderEvent): void {
  switch (event.type) {
    case 'provider-failed': {
      const { provider: name, code, message, failures, restMs: ms, at, seq } = event;
      const since = troubled(draft, name)?.since ?? at;
      const life =
        ms === 0
          ? ({ at: 'asking' } as const)
          : ({ at: 'resting', order: order(seq), ms, since: at } as const);
      put(draft, name, { name, code, message, since, failures, life });
      break;
    }
    case 'provider-wait-ended':
      setTrying(draft, event.provider, null);
      break;
    case 'provider-tried':
      setTrying(draft, event.provider, event.order);
      break;
    case 'provider-answered':
      put(draft, event.provider, null);
      break;
    case 'agents-switched': {
      const { pool, agent, model = null } = event;
      const { pools } = draft.plan;
      draft.plan = {
        ...draft.plan,
        pools: { ...pools, [pool]: switchedPool(pools[pool], agent, model) },
      };
      for (const { name } of draft.troubled) {
        if (!poolKinds.some((each) => draft.plan.pools[each].agent === name))
          put(draft, name, null);
      }
    }
  }
}

/** Work of this order has ended: whether its provider serves again, it did not say. */
export function endTrial(draft: Draft, ended: Order): void {
  for (const { name, life } of draft.troubled) {
    if (life.at === 'trying' && life.order === ended) setTrying(draft, name, null);
  }
}

/** A run that is over waits for nobody. */
export function forgetTrouble(draft: Draft): void {
  for (const { name } of draft.troubled) put(draft, name, null);
}

function setTrying(draft: Draft, name: string, by: Order | null): void {
  const its = troubled(draft, name);
  if (its !== null) put(draft, name, { ...its, life: { at: 'trying', order: by } });
}

/** Keeps the counters in step; null: it is in no trouble any more. */
function put(draft: Draft, name: string, after: TroubledProvider | null): void {
  count(draft, troubled(draft, name), -1);
  count(draft, after, 1);
  const others = draft.troubled.filter((each) => each.name !== name);
  draft.troubled = after === null ? others : [...others, after];
}

function count(draft: Draft, its: TroubledProvider | null, by: 1 | -1): void {
  if (its?.life.at === 'resting') draft.inFlight += by;
  if (its?.life.at === 'asking') draft.needPerson += by;
}
