import type { ModuleSplit } from '../events/plan-change.ts';
import { nodeRef } from '../ids.ts';
import { newGate, newModule, type Ledger } from './ledger.ts';
import { reachOf } from './plan-reach.ts';

/** Writes a split into the ledger: the module and its planner are gone, its parts begin afresh. */
export function noteSplit(ledger: Ledger, event: ModuleSplit): void {
  const old = nodeRef('module', event.module);
  const planner = ledger.modules.get(old)?.planner ?? null;
  if (planner !== null) ledger.live.delete(planner);
  ledger.modules.delete(old);
  ledger.plan = event.plan;
  ledger.reach = reachOf(event.plan);
  for (const { id } of event.plan.tiers) {
    const tier = nodeRef('tier', id);
    if (!ledger.gates.has(tier)) ledger.gates.set(tier, newGate());
  }
  for (const { module, contract } of event.contracts) {
    ledger.modules.set(nodeRef('module', module), { ...newModule(), version: 1, contract });
  }
}
