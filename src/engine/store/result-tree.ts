import type { TreeId } from '../../core/ids.ts';
import { matchesAny } from '../../core/paths.ts';
import type { DeliveredSeal } from './delivery-record.ts';
import { overlay } from './overlay.ts';
import type { Store } from './store.ts';
import type { TreeEntry } from './tree-entry.ts';

/** A listing in which the owned paths are those of a seal. */
export function laySeal(
  listing: readonly TreeEntry[],
  owns: readonly string[],
  sealed: readonly TreeEntry[],
): TreeEntry[] {
  return overlay([listing.filter(({ path }) => !matchesAny(owns, path)), sealed]);
}

/** The base with every seal laid over it: what the run has made. */
export async function resultTree(
  store: Store,
  base: TreeId,
  seals: readonly Pick<DeliveredSeal, 'tree' | 'owns'>[],
): Promise<TreeId> {
  let listing = await store.listTree(base);
  for (const { tree, owns } of seals) {
    listing = laySeal(listing, owns, await store.listTree(tree));
  }
  return store.putTree(listing);
}
