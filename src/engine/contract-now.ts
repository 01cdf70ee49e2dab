import { modulePlan } from '../core/graph.ts';
import { noTree, type TreeId } from '../core/ids.ts';
import type { RunState } from '../core/state.ts';
import { contractEntries } from './store/contract-tree.ts';
import type { Store } from './store/store.ts';

/**
 * The contract that an author begins with. Where none was written yet, it holds what lies in the base
 * at its places, and may lack a part.
 */
export async function contractNow(store: Store, state: RunState, node: number): Promise<TreeId> {
  const { tree } = state.modules.get(node).contract;
  if (tree !== noTree) return tree;
  const plan = modulePlan(state.plan, node).contract;
  return store.putTree(await contractEntries(store, state.base.tree, plan));
}
