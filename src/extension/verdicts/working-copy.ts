import { lstat, readFile, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { unsafePath } from '../../core/paths.ts';
import { objectId } from '../../engine/store/object-id.ts';

/** How a file of the workspace compares with one of the store. */
export type WorkingCopy = 'same' | 'other' | 'none';

/** Larger ones are not read for a mark beside a name. */
const maxBytes = 4 * 1024 ** 2;

/**
 * Whether a workspace's file holds what an object of the store holds. Nothing outside the folder is
 * looked at, whichever way links lead; a file that is too large to be read counts as none.
 */
export async function workingCopy(folder: string, path: string, oid: string): Promise<WorkingCopy> {
  if (unsafePath(path) !== null) return 'none';
  const file = join(folder, ...path.split('/'));
  try {
    const stats = await lstat(file);
    if (!stats.isFile() || stats.size > maxBytes) return 'none';
    const [real, root] = await Promise.all([realpath(file), realpath(folder)]);
    if (!real.startsWith(root.endsWith(sep) ? root : root + sep)) return 'none';
    const format = oid.length === 40 ? 'sha1' : 'sha256';
    return objectId(format, 'blob', await readFile(real)) === oid ? 'same' : 'other';
  } catch {
    return 'none';
  }
}
