import type { Phrase } from '../../core/phrase.ts';
import type { BaseRecord } from '../../core/events/run-origin.ts';
import type { EntryMode } from './tree-entry.ts';

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
  /** Both, for people of a window. */
  readonly words: Phrase;
}

export type BaseOutcome =
  | { readonly ok: true; readonly base: BaseRecord }
  | { readonly ok: false; readonly failure: BaseFailure };

/** Paths that no module may own and no test may be: what is in them is not in the base as it would be built. */
export function findRefused(base: BaseRecord): {
  submodules: readonly string[];
  lfs: readonly string[];
} {
  return { submodules: base.submodules, lfs: base.lfs };
}
