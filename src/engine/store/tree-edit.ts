import type { BaseChange } from './base-record.ts';
import type { TreeLine } from './tree-object.ts';
import type { WriteTree } from './tree-nest.ts';

/** Trees by id: where to read the old levels, where to write the new ones. */
export interface TreeAccess {
  readonly read: (tree: string) => Promise<readonly TreeLine[]>;
  readonly write: WriteTree;
}

/**
 * Applies changes to a tree that may be far larger than they are: only the levels on the way to a
 * change are read and written. Null stands for the empty tree, before and after.
 */
export async function editTree(
  access: TreeAccess,
  root: string | null,
  changes: readonly BaseChange[],
): Promise<string | null> {
  const lines = new Map<string, TreeLine>();
  if (root !== null) for (const line of await access.read(root)) lines.set(line.name, line);
  const below = new Map<string, BaseChange[]>();
  const here: BaseChange[] = [];
  for (const change of changes) {
    const slash = change.path.indexOf('/');
    if (slash === -1) {
      here.push(change);
      continue;
    }
    const name = change.path.slice(0, slash);
    const inner = { ...change, path: change.path.slice(slash + 1) };
    below.set(name, [...(below.get(name) ?? []), inner]);
  }
  // A file may give way to a folder of its name, or a folder to a file: first what goes.
  for (const { path, now } of here) {
    if (now === null && lines.get(path)?.mode !== '40000') lines.delete(path);
  }
  for (const [name, inner] of below) {
    const was = lines.get(name);
    const tree = was?.mode === '40000' ? was.oid : null;
    const oid = await editTree(access, tree, inner);
    if (oid !== null) lines.set(name, { name, mode: '40000', oid });
    else if (tree !== null) lines.delete(name);
  }
  for (const { path, now } of here) if (now !== null) lines.set(path, { name: path, ...now });
  return lines.size === 0 ? null : access.write([...lines.values()]);
}
