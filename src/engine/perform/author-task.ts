import { modulePlan } from '../../core/graph.ts';
import type { TreeId } from '../../core/ids.ts';
import { plannersVersion } from '../../core/contract-version.ts';
import type { RunState } from '../../core/state.ts';
import type { ContractState } from '../../core/module-state.ts';
import type { NeededContract } from '../agents/task.ts';
import { contractNow } from '../contract-now.ts';
import { contractFiles } from '../store/contract-tree.ts';
import { overlay } from '../store/overlay.ts';
import type { Store } from '../store/store.ts';
import type { TreeEntry } from '../store/tree-entry.ts';
import { contractText } from './contract-text.ts';

/** What a contract's author finds in its folder. */
export async function authorTree(store: Store, state: RunState, node: number): Promise<TreeId> {
  const { contract } = modulePlan(state.plan, node);
  const own = await contractFiles(store, await contractNow(store, state, node), contract);
  const isFirst = plannersVersion(state.modules.get(node).contract) === 1;
  return store.putTree(isFirst ? overlay([...(await around(store, state, node)), own]) : own);
}

/** For a first version: the base, and the contracts and stubs of what the module needs. */
async function around(
  store: Store,
  state: RunState,
  node: number,
): Promise<(readonly TreeEntry[])[]> {
  const needed = await Promise.all(
    draftedNeeds(state, node).map((need) =>
      contractFiles(
        store,
        state.modules.get(need).contract.tree,
        modulePlan(state.plan, need).contract,
      ),
    ),
  );
  return [await store.listTree(state.base.tree), ...needed];
}

/** The contracts of what a module needs, as far as they are drafted. */
export function neededContracts(
  store: Store,
  state: RunState,
  node: number,
): Promise<NeededContract[]> {
  return Promise.all(
    draftedNeeds(state, node).map(async (need) => {
      const plan = modulePlan(state.plan, need);
      const contract: ContractState = state.modules.get(need).contract;
      const { stub } = plan.contract;
      return { module: plan.id, contract: await contractText(store, plan, contract), stub };
    }),
  );
}

const draftedNeeds = ({ graph, modules }: RunState, node: number): number[] =>
  (graph.drafts[node] ?? []).filter((need) => modules.get(need).contract.version > 0);
