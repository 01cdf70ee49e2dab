import { phrase } from '../../core/phrase.ts';
import { formatCommit } from './commit-object.ts';
import { putChanges } from './base-changes.ts';
import type { BaseRecord } from '../../core/events/run-origin.ts';
import { BaseRefusal } from './base-refusal.ts';
import { runGit } from './git.ts';
import { isLfsPointer, maxPointerBytes } from './lfs-pointer.ts';
import type { Store } from './store.ts';
import { sendObjects } from './transfer.ts';
import { isFile } from './tree-entry.ts';
import { listCommit, type CommittedFile } from './user-listing.ts';
import type { UserRepository } from './user-repository.ts';

/** Base = the commit that is checked out, whatever the work tree holds. */
export async function baseOfCommit(
  store: Store,
  repository: UserRepository | null,
  signal?: AbortSignal,
): Promise<BaseRecord> {
  const head = repository?.head ?? null;
  if (repository === null || head === null) {
    throw new BaseRefusal('no-commit', phrase('There is no commit yet.'));
  }
  const { gitDir, prefix, branch } = repository;
  await requireObjects(gitDir, `${head}:${prefix}`);
  const files = await listCommit(repository, head, true);
  if (files.length === 0) throw new BaseRefusal('empty', phrase('The commit holds no file here.'));
  const odd = files.find(({ path }) => path.includes('\ufffd'));
  if (odd !== undefined) throw new BaseRefusal('bad-path', phrase('{0} is not UTF-8.', odd.path));
  const blobs = files.filter(({ mode }) => mode !== '160000').map(({ oid }) => oid);
  await sendObjects({ from: gitDir, to: store.gitDir, oids: new Set(blobs), signal });
  const tree = await store.putTree(files);
  const commit = formatCommit({ tree, parents: [], at: 0, message: 'Base' });
  return {
    tree,
    commit: await store.putCommit(commit),
    head,
    branch,
    repository: prefix === '' ? 'top' : 'inside',
    prefix,
    dirty: false,
    dirtyPaths: [],
    dirtyCount: 0,
    changes: await putChanges(store, []),
    files: files.length,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    submodules: files.filter(({ mode }) => mode === '160000').map(({ path }) => path),
    lfs: await listPointers(store, files),
  };
}

/** A partial clone may lack blobs; fetching them would write to the user's repository. */
async function requireObjects(gitDir: string, tree: string): Promise<void> {
  const { stdout, exitCode } = await runGit({
    cwd: gitDir,
    gitDir,
    args: ['rev-list', '--objects', '--no-object-names', '--missing=print', tree],
    accept: [0, 128],
  });
  if (exitCode === 128) throw new BaseRefusal('empty', phrase('The commit holds nothing here.'));
  const missing = stdout
    .toString()
    .split('\n')
    .filter((line) => line.startsWith('?')).length;
  if (missing > 0) {
    throw new BaseRefusal(
      'objects-missing',
      phrase('{0} objects of the commit are not here.', missing),
    );
  }
}

async function listPointers(store: Store, files: readonly CommittedFile[]): Promise<string[]> {
  const small = files.filter(({ mode, bytes }) => isFile(mode) && bytes < maxPointerBytes);
  const found = await Promise.all(
    small.map(async ({ path, oid }) => (isLfsPointer(await store.readBlob(oid)) ? path : null)),
  );
  return found.filter((path) => path !== null);
}
