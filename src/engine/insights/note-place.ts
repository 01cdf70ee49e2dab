import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { isNoteName } from '../../core/note-name.ts';
import { knowledgeFolder } from '../knowledge.ts';

/** Where a note lies that somebody wants to read; null where there is no plain file of that name. */
export async function notePlace(runFolder: string, name: string): Promise<string | null> {
  const folder = knowledgeFolder(runFolder);
  if (!isNoteName(name) || !(await isFolder(folder))) return null;
  const path = join(folder, name);
  const found = await lstat(path).catch(() => null);
  return found?.isFile() === true ? path : null;
}

/** A folder itself, not a link to one. */
export const isFolder = (path: string): Promise<boolean> =>
  lstat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
