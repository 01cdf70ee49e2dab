import type { BaseChange } from './base-record.ts';
import type { Store } from './store.ts';
import { comparePaths, type TreeEntry } from './tree-entry.ts';

/** How many of the paths that differ are named in the base's own record. */
export const maxNamedPaths = 100;

/** What turns one listing into the other, sorted by path. */
export function listChanges(
  before: readonly TreeEntry[],
  after: readonly TreeEntry[],
): BaseChange[] {
  const old = new Map(before.map((entry) => [entry.path, entry]));
  const changes: BaseChange[] = [];
  for (const { path, mode, oid } of after) {
    const was = old.get(path);
    old.delete(path);
    if (was?.oid !== oid || was.mode !== mode) changes.push({ path, now: { mode, oid } });
  }
  for (const path of old.keys()) changes.push({ path, now: null });
  return changes.sort(comparePaths);
}

export async function putChanges(store: Store, changes: readonly BaseChange[]): Promise<string> {
  return store.putBlob(Buffer.from(JSON.stringify(changes)));
}

export async function readChanges(store: Store, oid: string): Promise<readonly BaseChange[]> {
  return JSON.parse((await store.readBlob(oid)).toString()) as readonly BaseChange[];
}
