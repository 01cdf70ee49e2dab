import type { ProviderEvent } from '../events/provider.ts';
import type { Order } from '../ids.ts';
import { poolKinds, type PoolKind } from '../plan/plan.ts';
import type { Ledger } from './ledger.ts';

/** Writes an event that concerns who makes the agents into the ledger. */
export function noteProvider(ledger: Ledger, event: ProviderEvent): void {
  const { troubled } = ledger;
  switch (event.type) {
    case 'provider-failed':
      troubled.set(keyOf(event), 'left alone');
      break;
    case 'provider-wait-ended':
      troubled.set(keyOf(event), 'to be tried');
      break;
    case 'provider-tried':
      troubled.set(keyOf(event), event.order);
      break;
    case 'provider-answered':
      troubled.delete(keyOf(event));
      break;
    case 'agents-switched': {
      const { pools } = ledger.plan;
      const pool = { ...pools[event.pool], agent: event.agent };
      ledger.plan = { ...ledger.plan, pools: { ...pools, [event.pool]: pool } };
      const named = poolKinds.flatMap((each) => keysOf(ledger, each));
      for (const key of troubled.keys()) if (!named.includes(key)) troubled.delete(key);
    }
  }
}

/** What a ledger calls the trouble of one provider with one pool, or with all. */
const keyOf = ({ provider, pool }: { readonly provider: string; readonly pool?: PoolKind }) =>
  `${pool ?? 'all'} of ${provider}`;

/** Under which keys stands what a pool may wait for. */
export function keysOf({ plan }: Pick<Ledger, 'plan'>, pool: PoolKind): readonly string[] {
  const { agent: provider } = plan.pools[pool];
  return [keyOf({ provider }), keyOf({ provider, pool })];
}

/** What tried a provider has ended without a word on it. */
export function noteTrialEnd({ troubled }: Ledger, ended: Order): void {
  for (const [name, tries] of troubled) if (tries === ended) troubled.set(name, 'to be tried');
}
