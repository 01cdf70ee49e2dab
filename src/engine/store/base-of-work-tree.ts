import { phrase } from '../../core/phrase.ts';
import { listChanges, maxNamedPaths, putChanges } from './base-changes.ts';
import type { BaseRecord } from '../../core/events/run-origin.ts';
import { BaseRefusal } from './base-refusal.ts';
import { copyFolder, type CopiedFile } from './copy-folder.ts';
import type { Store } from './store.ts';
import type { TreeEntry } from './tree-entry.ts';
import { listTouched, readUserFilters } from './user-filters.ts';
import { listCommit, listLfs, listUserFiles, userPlace, type IndexedFile } from './user-listing.ts';
import type { UserRepository } from './user-repository.ts';

/** Base = the tracked and unignored files as they lie there. */
export async function baseOfWorkTree(
  store: Store,
  repository: UserRepository | null,
  signal?: AbortSignal,
): Promise<BaseRecord> {
  const place = userPlace(store.workspace, store.gitDir, repository);
  const filters = await readUserFilters(place);
  const listing = await listUserFiles(place, signal);
  const indexed = new Map(listing.indexed.map((file) => [file.path, file]));
  const paths = [...indexed.keys(), ...listing.untracked];
  const odd = paths.find((path) => path.includes('\ufffd'));
  if (odd !== undefined) throw new BaseRefusal('bad-path', phrase('{0} is not UTF-8.', odd));

  const lfs = new Set(await listLfs(place, paths));
  const keepsExecutable = filters.keepsExecutable;
  const copied = await copyFolder(store, { paths, indexed, keepsExecutable, signal });
  for (const { path, isPointer } of copied.files) if (isPointer) lfs.add(path);
  if (copied.files.length === 0)
    throw new BaseRefusal('empty', phrase('The folder holds no file.'));

  const head = repository?.head ?? null;
  const committed =
    repository === null || head === null ? [] : await listCommit(repository, head, false);
  const touched = repository === null ? new Set<string>() : await listTouched(place, filters);
  const asGitSees = seenByGit({ copied: copied.files, committed, indexed, touched });
  const changes = listChanges(committed, asGitSees);
  const dirty = head === null ? [] : changes;
  const submodules = listing.indexed.filter(({ mode }) => mode === '160000');
  return {
    tree: copied.tree,
    commit: copied.commit,
    head,
    branch: repository?.branch ?? null,
    repository: repository === null ? 'none' : repository.prefix === '' ? 'top' : 'inside',
    prefix: repository?.prefix ?? '',
    dirty: dirty.length > 0,
    dirtyPaths: dirty.slice(0, maxNamedPaths).map(({ path }) => path),
    dirtyCount: dirty.length,
    changes: await putChanges(store, dirty),
    files: copied.files.length,
    bytes: copied.files.reduce((sum, { bytes }) => sum + bytes, 0),
    submodules: [...submodules.map(({ path }) => path), ...listing.nested].sort(),
    lfs: [...lfs].sort(),
  };
}

interface Seen {
  readonly copied: readonly CopiedFile[];
  readonly committed: readonly TreeEntry[];
  readonly indexed: ReadonlyMap<string, IndexedFile>;
  readonly touched: ReadonlySet<string>;
}

/**
 * The listing as the user's git would commit it: a file whose bytes differ from its blob only by
 * line ends or a filter counts as its blob, so that delivery does not rewrite the whole repository.
 */
function seenByGit({ copied, committed, indexed, touched }: Seen): TreeEntry[] {
  const atHead = new Map(committed.map((entry) => [entry.path, entry]));
  const seen: TreeEntry[] = [];
  for (const file of copied) {
    const head = atHead.get(file.path);
    const index = indexed.get(file.path);
    const same = head !== undefined && index?.stage === 0 && index.oid === head.oid;
    const untouched =
      same &&
      file.oid !== head.oid &&
      index.mode === file.mode &&
      (!touched.has(file.path) || file.unixOid === head.oid);
    seen.push(untouched ? { ...file, oid: head.oid } : file);
  }
  // Files that a sparse checkout leaves out are not deleted.
  const there = new Set(copied.map(({ path }) => path));
  for (const { path, mode, oid, skipped } of indexed.values()) {
    if (skipped && !there.has(path)) seen.push({ path, mode, oid });
  }
  return seen;
}
