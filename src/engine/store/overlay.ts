import { comparePaths, type TreeEntry } from './tree-entry.ts';

/**
 * Lays listings over each other: at every path the last one that says something wins, also where
 * one has a file and another a folder of that name. The result is sorted and can be nested.
 */
export function overlay(layers: readonly (readonly TreeEntry[])[]): TreeEntry[] {
  const taken = new Map<string, TreeEntry>();
  const folders = new Set<string>();
  for (const layer of layers.toReversed()) {
    for (const entry of layer) {
      if (taken.has(entry.path) || folders.has(entry.path)) continue;
      const above = ancestors(entry.path);
      if (above.some((folder) => taken.has(folder))) continue;
      taken.set(entry.path, entry);
      for (const folder of above) folders.add(folder);
    }
  }
  return [...taken.values()].sort(comparePaths);
}

/** `a/b/c` lies in `a/b` and in `a`. */
function ancestors(path: string): string[] {
  const folders: string[] = [];
  for (let slash = path.lastIndexOf('/'); slash !== -1; slash = path.lastIndexOf('/', slash - 1)) {
    folders.push(path.slice(0, slash));
    if (slash === 0) break;
  }
  return folders;
}
