import { chmod, lstat, opendir, rename, rm } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { isSystemError, StoreError } from './store-error.ts';

/** Below 4,096 bytes with the longest name and the longest cache folder there is. */
const maxPathBelow = 1_000;

/** Throws `unsafe-folder` where a step from `root` down to `path` is a link: it could lead anywhere. */
export async function requireNoLink(root: string, path: string): Promise<void> {
  const link = await firstLink(root, path);
  if (link !== null) throw new StoreError('unsafe-folder', `${link} is a link`);
}

/** The first step from `root` down to `path` that is a link; throws `unsafe-folder` where it leads out of `root`. */
export async function firstLink(root: string, path: string): Promise<string | null> {
  const steps = relative(root, path).split(sep);
  if (steps[0] === '..') throw new StoreError('unsafe-folder', `${path} lies outside ${root}`);
  let at = root;
  for (const step of steps) {
    at = join(at, step);
    const stats = await lstatOrNull(at);
    if (stats === null) return null;
    if (stats.isSymbolicLink()) return at;
  }
  return null;
}

/**
 * Removes a folder and all in it, links as links. A folder that its owner has closed (mode 0) is
 * opened first, and one so deep that its path is too long for the system is moved up. Nothing
 * happens where there is nothing.
 */
export async function removeFolder(path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true, maxRetries: 3 });
  } catch (error) {
    if (!isSystemError(error, 'EACCES', 'EPERM', 'ENOTEMPTY', 'ENAMETOOLONG')) throw error;
    for (const part of await makeRemovable(path)) await rm(part, { recursive: true, force: true });
  }
}

/** What to remove after folders have been opened and those too deep have been moved beside `path`. */
async function makeRemovable(path: string): Promise<string[]> {
  const parts = [path];
  const open = [path];
  const openUp = async (folder: string): Promise<void> => {
    if ((await lstatOrNull(folder))?.isDirectory() !== true) return;
    await chmod(folder, 0o700);
    if (folder.length > path.length + maxPathBelow) {
      const moved = `${path}.deep-${parts.length}`;
      await rename(folder, moved);
      parts.push(moved);
      open.push(moved);
      return;
    }
    for await (const entry of await opendir(folder)) {
      if (entry.isDirectory()) open.push(join(folder, entry.name));
    }
  };
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    // The removal that has failed goes on beside this wherever it met nothing in its way.
    await openUp(folder).catch((error: unknown) => {
      if (!isSystemError(error, 'ENOENT')) throw error;
    });
  }
  return parts;
}

export async function lstatOrNull(path: string) {
  try {
    return await lstat(path);
  } catch (error) {
    if (isSystemError(error, 'ENOENT', 'ENOTDIR')) return null;
    throw error;
  }
}
