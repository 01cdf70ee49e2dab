import { lstat, opendir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { isSystemError } from '../../store/store-error.ts';

/** What lies in a folder, as an agent is shown it. */
export interface Listed {
  /** Below the folder that was looked into. */
  readonly path: string;
  readonly type: 'file' | 'folder' | 'link' | 'other';
  /** Of a file. */
  readonly bytes: number;
  /** Of a link: where it says that it leads. */
  readonly target: string;
}

/** Installed packages would drown everything else; they are shown to whoever asks for them by name. */
const unlisted = new Set(['node_modules', '.git']);
const maxPerFolder = 2_000;

/**
 * What lies below a folder, the nearest first, so that a cut list is still an overview. Links are
 * named, never followed.
 */
export async function* walkFiles(root: string, maxDepth: number): AsyncGenerator<Listed> {
  const folders = [{ path: '', depth: 1 }];
  for (let folder = folders.shift(); folder !== undefined; folder = folders.shift()) {
    for (const entry of await listOne(root, folder.path)) {
      yield entry;
      const name = entry.path.slice(entry.path.lastIndexOf('/') + 1);
      if (entry.type === 'folder' && folder.depth < maxDepth && !unlisted.has(name)) {
        folders.push({ path: entry.path, depth: folder.depth + 1 });
      }
    }
  }
}

/** Sorted; empty where it cannot be read. */
async function listOne(root: string, above: string): Promise<Listed[]> {
  const names: string[] = [];
  try {
    for await (const entry of await opendir(join(root, above))) {
      names.push(entry.name);
      if (names.length === maxPerFolder) break;
    }
  } catch (error) {
    if (isSystemError(error, 'ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'ENAMETOOLONG')) return [];
    throw error;
  }
  const listed: Listed[] = [];
  for (const name of names.sort()) {
    const path = above === '' ? name : `${above}/${name}`;
    const stats = await lstat(join(root, path)).catch(() => null);
    if (stats === null) continue;
    const type = stats.isFile()
      ? 'file'
      : stats.isDirectory()
        ? 'folder'
        : stats.isSymbolicLink()
          ? 'link'
          : 'other';
    const target = type === 'link' ? await readlink(join(root, path)).catch(() => '') : '';
    listed.push({ path, type, bytes: type === 'file' ? stats.size : 0, target });
  }
  return listed;
}
