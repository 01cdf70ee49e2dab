import type { ConflictState } from '../../core/conflict.ts';
import { modulePlan } from '../../core/graph.ts';
import { moduleId, nodeRef, parseNodeRef, type ModuleId, type TreeId } from '../../core/ids.ts';
import { matchesAny } from '../../core/paths.ts';
import { onePage } from '../../core/projections/safe-text.ts';
import type { RunState } from '../../core/state.ts';
import { contractFiles } from '../store/contract-tree.ts';
import type { Store } from '../store/store.ts';

/** A contract that a module builds on, as it was amended while its builder was at work. */
export interface AmendedContract {
  /** The number under which the run noted it. */
  readonly id: number;
  readonly of: ModuleId;
  readonly version: number;
  /** What was decided, and why. */
  readonly note: string;
  /** The contract and its stub, where they lie in the workspace; its tests are not for others. */
  readonly tree: TreeId;
}

/** Those of which a module was told since so many conflicts were known, the newest of each contract. */
export async function amendedSince(
  store: Store,
  state: RunState,
  module: ModuleId,
  known: number,
): Promise<AmendedContract[]> {
  const newest = new Map<ModuleId, ConflictState>();
  const own = nodeRef('module', module);
  for (let at = known; at < state.conflicts.length; at++) {
    const conflict = state.conflicts.get(at);
    const [about, ...told] = conflict.parties;
    if (conflict.kind !== 'stale-contract' || about === undefined || !told.includes(own)) continue;
    newest.set(moduleId(parseNodeRef(about).id), conflict);
  }
  const amended: AmendedContract[] = [];
  for (const [of, { id, about, resolved }] of newest) {
    // What was split meanwhile is told of by its parts.
    const node = state.graph.moduleIndex.get(of);
    if (node === undefined) continue;
    const { contract } = state.modules.get(node);
    const plan = modulePlan(state.plan, node).contract;
    const files = await contractFiles(store, contract.tree, plan);
    const tree = await store.putTree(files.filter(({ path }) => !matchesAny(plan.tests, path)));
    const note = onePage(`${about}. ${resolved?.reason ?? ''}`);
    amended.push({ id, of, version: contract.version, note, tree });
  }
  return amended;
}
