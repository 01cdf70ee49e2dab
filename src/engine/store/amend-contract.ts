import type { TreeId } from '../../core/ids.ts';
import { unsafePath } from '../../core/paths.ts';
import {
  pathsInContract,
  refuse,
  sealContract,
  type ContractOutcome,
  type ContractPaths,
} from './contract-tree.ts';
import type { Store } from './store.ts';
import type { TreeEntry } from './tree-entry.ts';

/** What an amendment changes. */
export type ContractChange =
  /** the contract's Markdown is written anew */
  | { readonly type: 'text'; readonly text: string }
  /** files of the contract are written or removed */
  | { readonly type: 'files'; readonly files: readonly ChangedFile[] };

export interface ChangedFile {
  /** Root-relative: the contract file, a file of its tests, or one below its stub folder. */
  readonly path: string;
  /** Null removes the file. */
  readonly content: Uint8Array | null;
}

/** The next version of a contract's tree. What lies outside the contract is refused as a whole. */
export async function amendContract(
  store: Store,
  current: TreeId,
  plan: ContractPaths,
  change: ContractChange,
): Promise<ContractOutcome> {
  const files =
    change.type === 'text'
      ? [{ path: plan.file, content: Buffer.from(change.text) }]
      : change.files;
  const entries = new Map((await store.listTree(current)).map((entry) => [entry.path, entry]));
  for (const { path, content } of files) {
    const reason = unsafePath(path);
    if (reason !== null) return refuse('not-of-contract', `${JSON.stringify(path)} ${reason}.`);
    const places = pathsInContract(plan, path);
    if (places.length === 0) {
      return refuse('not-of-contract', `${path} is neither the contract, nor a test, nor a stub.`);
    }
    await lay(store, entries, places, content);
  }
  return sealContract(store, plan, [...entries.values()]);
}

async function lay(
  store: Store,
  entries: Map<string, TreeEntry>,
  places: readonly string[],
  content: Uint8Array | null,
): Promise<void> {
  const oid = content === null ? null : await store.putBlob(content);
  for (const path of places) {
    const was = entries.get(path);
    const mode = was?.mode === '100755' ? '100755' : '100644';
    if (oid === null) entries.delete(path);
    else entries.set(path, { path, mode, oid });
  }
}
