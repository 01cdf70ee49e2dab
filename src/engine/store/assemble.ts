import type { TreeId } from '../../core/ids.ts';
import { matchesAny } from '../../core/paths.ts';
import { contractPart } from './contract-tree.ts';
import { overlay } from './overlay.ts';
import type { Store } from './store.ts';
import type { TreeEntry } from './tree-entry.ts';

/** A dependency's files: the owned tree of its seal, or the stub of its contract. */
export interface Layer {
  readonly tree: TreeId;
  /** 'contract-stub': the tree is a contract's, of which the stub alone is laid. */
  readonly as: 'owned' | 'contract-stub';
}

export interface Assembly {
  readonly base: TreeId;
  /** The owned globs of the module and of all that it depends on: taken out of the base first. */
  readonly remove: readonly string[];
  /** Later ones win. */
  readonly layers: readonly Layer[];
  /** The owned tree of what is judged; null where a stub stands for it, or nothing. */
  readonly submission: TreeId | null;
  /** Contract trees, whose tests are laid over everything else. */
  readonly contracts: readonly TreeId[];
}

/** Composes the tree that a gate judges. The same parts give the same tree. */
export async function assemble(store: Store, assembly: Assembly): Promise<TreeId> {
  const { remove, layers, submission, contracts } = assembly;
  const base = await store.listTree(assembly.base);
  const kept = remove.length === 0 ? base : base.filter(({ path }) => !matchesAny(remove, path));
  const [laid, submitted, tests] = await Promise.all([
    Promise.all(layers.map((layer) => listLayer(store, layer))),
    submission === null ? [] : store.listTree(submission),
    Promise.all(contracts.map(async (tree) => contractPart(await store.listTree(tree), 'tests'))),
  ]);
  return store.putTree(overlay([kept, ...laid, submitted, ...tests]));
}

async function listLayer(store: Store, layer: Layer): Promise<readonly TreeEntry[]> {
  const entries = await store.listTree(layer.tree);
  return layer.as === 'owned' ? entries : contractPart(entries, 'stub');
}
