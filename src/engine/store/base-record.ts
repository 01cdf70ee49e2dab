import type { TreeId } from '../../core/ids.ts';
import type { EntryMode } from './tree-entry.ts';

/** What a run starts from: the user's files, copied into the store. */
export interface Base {
  readonly tree: TreeId;
  /** A parentless commit of the tree, in the store. */
  readonly commit: string;
  /** The user's commit that delivery builds on; null without a repository or before its first commit. */
  readonly head: string | null;
  /** The user's branch when the base was taken; null where there was none. */
  readonly branch: string | null;
  readonly repository: 'none' | 'top' | 'inside';
  /** The workspace's folder in the user's repository: '' at its top, else `packages/app/`. */
  readonly prefix: string;
  /** True where the files differ from `head`. */
  readonly dirty: boolean;
  /** The first of the paths that differ, sorted. */
  readonly dirtyPaths: readonly string[];
  readonly dirtyCount: number;
  /** Blob of the {@link BaseChange} list that makes `head` into this base. */
  readonly changes: string;
  readonly files: number;
  readonly bytes: number;
  /** Submodules, and repositories that lie in the folder without being part of it. Their files are not in the base. */
  readonly submodules: readonly string[];
  /** Files that git LFS keeps, as pointers or filled in. */
  readonly lfs: readonly string[];
}

/** How a path of the base differs from the user's commit; null where the base does not have it. */
export interface BaseChange {
  readonly path: string;
  readonly now: { readonly mode: EntryMode; readonly oid: string } | null;
}

export type BaseFailureCode =
  /** `--base HEAD` without a commit */
  | 'no-commit'
  /** a partial clone lacks objects of the commit */
  | 'objects-missing'
  /** the store was made for another kind of object id than the repository has now */
  | 'format-mismatch'
  /** there is nothing to build on or beside */
  | 'empty'
  /** a file is in the way of being read */
  | 'unreadable'
  /** a path that cannot be written down on every system */
  | 'bad-path';

export interface BaseFailure {
  readonly code: BaseFailureCode;
  readonly message: string;
  /** What the person can do about it. */
  readonly fix: string;
}

export type BaseOutcome =
  | { readonly ok: true; readonly base: Base }
  | { readonly ok: false; readonly failure: BaseFailure };

/** Paths that no module may own and no test may be: what is in them is not in the base as it would be built. */
export function findRefused(base: Base): { submodules: readonly string[]; lfs: readonly string[] } {
  return { submodules: base.submodules, lfs: base.lfs };
}
