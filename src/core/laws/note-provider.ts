import type { ProviderEvent } from '../events/provider.ts';
import type { Order } from '../ids.ts';
import type { Ledger } from './ledger.ts';

/** Writes an event that concerns who makes the agents into the ledger. */
export function noteProvider(ledger: Ledger, event: ProviderEvent): void {
  const { troubled } = ledger;
  switch (event.type) {
    case 'provider-failed':
      troubled.set(event.provider, 'left alone');
      break;
    case 'provider-wait-ended':
      troubled.set(event.provider, 'to be tried');
      break;
    case 'provider-tried':
      troubled.set(event.provider, event.order);
      break;
    case 'provider-answered':
      troubled.delete(event.provider);
      break;
    case 'agents-switched': {
      const { pools } = ledger.plan;
      const pool = { ...pools[event.pool], agent: event.agent };
      ledger.plan = { ...ledger.plan, pools: { ...pools, [event.pool]: pool } };
      const named = Object.values(ledger.plan.pools).map(({ agent }) => agent);
      for (const name of troubled.keys()) if (!named.includes(name)) troubled.delete(name);
    }
  }
}

/** What tried a provider has ended without a word on it. */
export function noteTrialEnd({ troubled }: Ledger, ended: Order): void {
  for (const [name, tries] of troubled) if (tries === ended) troubled.set(name, 'to be tried');
}
