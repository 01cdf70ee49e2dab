import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runGit } from './git.ts';
import { removeFolder } from './remove-folder.ts';
import type { Store } from './store.ts';
import { isFile, type TreeEntry } from './tree-entry.ts';

/**
 * Which of these paths the ignore files of a listing leave out: what tools drop beside their work.
 * The listing's own ignore files decide, never those that lie in the folder by now.
 */
export async function listIgnored(
  store: Store,
  listing: Iterable<TreeEntry>,
  paths: readonly string[],
): Promise<ReadonlySet<string>> {
  const rules = [...listing].filter(
    ({ path, mode }) => isFile(mode) && /(^|\/)\.gitignore$/.test(path),
  );
  if (rules.length === 0 || paths.length === 0) return new Set();
  const folder = await mkdtemp(join(tmpdir(), 'ashlar-ignore-'));
  try {
    for (const { path, oid } of rules) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), await store.readBlob(oid));
    }
    const { stdout } = await runGit({
      cwd: folder,
      gitDir: store.gitDir,
      workTree: folder,
      args: ['check-ignore', '-z', '--stdin', '--no-index'],
      input: paths.map((path) => `./${path}\0`).join(''),
      accept: [0, 1],
    });
    const ignored = stdout.toString().split('\0').filter(Boolean);
    return new Set(ignored.map((path) => path.replace(/^\.\//, '')));
  } finally {
    await removeFolder(folder);
  }
}
