import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Delivery, DeliveryOutcome } from './delivery-record.ts';
import { fillFolder } from './fill-folder.ts';
import { removeFolder, requireNoLink } from './remove-folder.ts';
import { resultTree } from './result-tree.ts';
import type { Store } from './store.ts';
import { ashlarFolder } from './store-folder.ts';

/** Lays the result in `.ce-workspace/runs/<run>/result/`, whole or not at all. */
export async function deliverFolder(store: Store, delivery: Delivery): Promise<DeliveryOutcome> {
  const above = join(store.workspace, ashlarFolder, 'runs', delivery.run);
  await requireNoLink(store.workspace, above);
  const path = join(above, 'result');
  const part = join(above, 'result.part');
  await removeFolder(part);
  await mkdir(part, { recursive: true });
  await fillFolder(store, part, await resultTree(store, delivery.base.tree, delivery.seals));
  await removeFolder(path);
  await rename(part, path);
  return { ok: true, kind: 'folder', path };
}
