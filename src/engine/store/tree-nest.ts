import { StoreError } from './store-error.ts';
import type { TreeEntry } from './tree-entry.ts';
import type { TreeLine } from './tree-object.ts';

interface Folder {
  readonly files: Map<string, TreeLine>;
  readonly folders: Map<string, Folder>;
}

/** Writes one level of a tree and gives its id. */
export type WriteTree = (lines: readonly TreeLine[]) => Promise<string>;

/**
 * Turns a flat listing into nested trees, the innermost first, and gives the root's id. Throws
 * `path-collision` where a path stands twice, or is a file and a folder at once.
 */
export async function nestTrees(entries: Iterable<TreeEntry>, write: WriteTree): Promise<string> {
  const root: Folder = { files: new Map(), folders: new Map() };
  for (const entry of entries) place(root, entry);
  return writeFolder(root, write);
}

function place(root: Folder, { path, mode, oid }: TreeEntry): void {
  const segments = path.split('/');
  const name = segments.pop() ?? '';
  let folder = root;
  for (const segment of segments) {
    if (folder.files.has(segment)) collides(path);
    let next = folder.folders.get(segment);
    if (next === undefined) {
      next = { files: new Map(), folders: new Map() };
      folder.folders.set(segment, next);
    }
    folder = next;
  }
  if (folder.files.has(name) || folder.folders.has(name)) collides(path);
  folder.files.set(name, { name, mode, oid });
}

function collides(path: string): never {
  throw new StoreError('path-collision', `a tree cannot hold ${path} twice`);
}

async function writeFolder(folder: Folder, write: WriteTree): Promise<string> {
  const inner = await Promise.all(
    [...folder.folders].map(async ([name, child]): Promise<TreeLine> => {
      return { name, mode: '40000', oid: await writeFolder(child, write) };
    }),
  );
  return write([...folder.files.values(), ...inner]);
}
