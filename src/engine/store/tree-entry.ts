/** What git can hold in a tree, besides folders. `commit` is a submodule. */
export type EntryMode = '100644' | '100755' | '120000' | '160000';

/** A file, link or submodule of a tree. */
export interface TreeEntry {
  /** Relative to the tree's root, `/` between segments. */
  readonly path: string;
  readonly mode: EntryMode;
  readonly oid: string;
}

export const isFile = (mode: EntryMode): boolean => mode === '100644' || mode === '100755';

/** By code point, as everything is sorted. */
export function comparePaths(a: { readonly path: string }, b: { readonly path: string }): number {
  return Buffer.compare(Buffer.from(a.path), Buffer.from(b.path));
}
