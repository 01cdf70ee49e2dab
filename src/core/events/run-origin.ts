import type { Digest, ModuleId, RunId, TreeId } from '../ids.ts';

/** A seal of an earlier run that stands in for generation where its input is the same. */
export interface Adoptable {
  readonly module: ModuleId;
  readonly from: RunId;
  readonly seal: Digest;
  readonly tree: TreeId;
  /** Amendments between version 1 and the sealed one, oldest first; the last one is the seal's. */
  readonly amendments: readonly AdoptedAmendment[];
}

/** A version of the contract that an adopted seal was made after. */
export interface AdoptedAmendment {
  readonly contract: TreeId;
  readonly listing: Digest;
  readonly tests: number;
  readonly reason: string;
}

/** What a run builds on: the user's files, copied into the store. */
export interface BaseRecord {
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
  /** Blob of the list of changes that make `head` into this base. */
  readonly changes: string;
  readonly files: number;
  readonly bytes: number;
  /** Submodules, and repositories that lie in the folder without being part of it. Their files are not in the base. */
  readonly submodules: readonly string[];
  /** Files that git LFS keeps, as pointers or filled in. */
  readonly lfs: readonly string[];
}

/** How checks are kept apart from the machine: what was asked for, and what the system offers. */
export interface SandboxRecord {
  readonly mode: 'require' | 'prefer' | 'off';
  readonly kind: 'bwrap' | 'none';
}
