import { lstat } from 'node:fs/promises';
import type { TreeId } from '../../core/ids.ts';
import { matchesAny } from '../../core/paths.ts';
import type { Evidence } from '../../core/verdict.ts';
import { walkFolder, type WalkProblem } from './folder-walk.ts';
import { listIgnored } from './ignored-paths.ts';
import { listDeleted, listTampered } from './outside-files.ts';
import { takeOwned } from './owned-files.ts';
import { scopeEvidence, showPath, type ScopeProblem } from './scope-evidence.ts';
import type { Store } from './store.ts';
import { StoreError } from './store-error.ts';

export interface SubmissionRules {
  /** The module's globs. */
  readonly owns: readonly string[];
  /** The tree that the work folder was filled with. */
  readonly given: TreeId;
  /** Root-relative folders that the environment put there; not looked into. */
  readonly provided: readonly string[];
  /** Of what is submitted. */
  readonly limits: { readonly files: number; readonly bytes: number };
}

export interface Submission {
  /** The owned files alone, without those that are a problem. */
  readonly tree: TreeId;
  readonly files: number;
  readonly bytes: number;
  /**
   * The first paths outside `owns` that were changed, added or deleted; sorted, fit to print. What
   * was added and is ignored by the given tree's rules (caches, coverage) is not among them.
   */
  readonly outside: readonly string[];
  readonly outsideCount: number;
  /** What may not be submitted; at most 50, of the kind 'scope'. Paths outside are not repeated here. */
  readonly problems: readonly Evidence[];
}

const maxOutside = 100;
/** Folders and outside files that a walk may meet beyond what was given and may be submitted. */
const spareEntries = 20_000;

/**
 * Reads what a builder leaves in its folder. Nothing in it is trusted, followed or run. Throws
 * `unsafe-folder` where the folder itself is gone or has become a link.
 */
export async function readSubmission(
  store: Store,
  path: string,
  rules: SubmissionRules,
): Promise<Submission> {
  await requireFolder(path);
  const { owns, provided, limits } = rules;
  const given = new Map((await store.listTree(rules.given)).map((entry) => [entry.path, entry]));
  const { found, problems } = await walkFolder(path, {
    entries: 2 * given.size + 2 * limits.files + spareEntries,
    skip: provided,
  });
  const folder = { path, given, found };
  const isOwned = (file: string) => matchesAny(owns, file);
  const owned = found.filter((file) => isOwned(file.path));
  const others = found.filter((file) => !isOwned(file.path));
  const [taken, tampered] = await Promise.all([
    takeOwned(store, folder, owned, limits),
    listTampered(store.format, folder, others),
  ]);
  // A walk that was cut short does not know what is gone.
  const isWhole = !problems.some(({ type }) => type === 'limit' || type === 'unreadable');
  const deleted = isWhole ? listDeleted(folder, provided).filter((file) => !isOwned(file)) : [];
  const added = tampered.filter((file) => !given.has(file));
  const ignored = await listIgnored(store, given.values(), added);
  const outside = [...tampered.filter((file) => !ignored.has(file)), ...deleted].sort();
  return {
    tree: await store.putTree(taken.entries),
    files: taken.entries.length,
    bytes: taken.bytes,
    outside: outside.slice(0, maxOutside).map(showPath),
    outsideCount: outside.length,
    problems: scopeEvidence([...problems.map(ofWalk), ...taken.problems]),
  };
}

async function requireFolder(path: string): Promise<void> {
  const stats = await lstat(path).catch(() => null);
  if (stats?.isDirectory() === true) return;
  throw new StoreError('unsafe-folder', 'the work folder is gone, or is no folder any more');
}

function ofWalk(problem: WalkProblem): ScopeProblem {
  switch (problem.type) {
    case 'limit':
      return { path: null, says: 'The folder holds more files than may be looked at.' };
    case 'hostile-name':
      return { path: problem.path, says: 'has a name that is not UTF-8' };
    case 'repository':
      return { path: problem.path, says: 'is, or belongs to, a repository of its own' };
    case 'unreadable':
      return { path: problem.path, says: 'cannot be read' };
  }
}
