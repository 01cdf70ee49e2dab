import { chmodSync, closeSync, mkdirSync, openSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TreeId } from '../../core/ids.ts';
import { Slice } from './slice.ts';
import type { Store } from './store.ts';
import { isSystemError, StoreError } from './store-error.ts';
import { isFile, type TreeEntry } from './tree-entry.ts';

/** How many files' contents are read ahead of their writing. */
const readAhead = 64;

/**
 * Writes a tree into an empty folder, byte for byte. Written here rather than by git: filters and
 * line ends never come into it, and links come last, so that no file is ever written through one.
 * Answers with the number of files. Throws `path-collision` where this file system holds two of the paths to be the same.
 */
export async function fillFolder(store: Store, folder: string, tree: TreeId): Promise<number> {
  const entries = await store.listTree(tree);
  const slice = new Slice();
  for (const path of foldersOf(entries)) {
    makeFolder(join(folder, path));
    await slice.breathe();
  }
  const ordered = [
    ...entries.filter(({ mode }) => isFile(mode)),
    ...entries.filter(({ mode }) => mode === '120000'),
  ];
  for (let at = 0; at < ordered.length; at += readAhead) {
    const batch = ordered.slice(at, at + readAhead);
    const contents = await Promise.all(batch.map(({ oid }) => store.readBlob(oid)));
    for (const [index, entry] of batch.entries()) {
      writeEntry(folder, entry, contents[index] ?? Buffer.alloc(0));
      await slice.breathe();
    }
  }
  return ordered.length;
}

/** Every folder that a tree needs, each after the one that it lies in. */
function foldersOf(entries: readonly TreeEntry[]): string[] {
  const folders = new Set<string>();
  for (const { path, mode } of entries) {
    let above = mode === '160000' ? path : dirname(path);
    for (; above !== '.' && !folders.has(above); above = dirname(above)) folders.add(above);
  }
  return [...folders].sort();
}

/** Two that this file system holds to be one show when their files collide. */
function makeFolder(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    if (!isSystemError(error, 'EEXIST')) throw error;
  }
}

function writeEntry(folder: string, { path, mode }: TreeEntry, content: Buffer): void {
  const file = join(folder, path);
  try {
    if (mode === '120000') symlinkSync(content, file);
    else writeNew(file, content, mode === '100755');
  } catch (error) {
    if (!isSystemError(error, 'EEXIST')) throw error;
    throw new StoreError('path-collision', `${path} cannot stand beside another`, { cause: error });
  }
}

function writeNew(file: string, content: Buffer, executable: boolean): void {
  const descriptor = openSync(file, 'wx', 0o644);
  try {
    writeFileSync(descriptor, content);
  } finally {
    closeSync(descriptor);
  }
  // The process's mask must not take the executable bit away.
  if (executable) chmodSync(file, 0o755);
}
