import { constants } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Copies a folder's content: links stay links, and are not followed. Shares the blocks of files
 * where the file system can.
 */
export async function copyTree(source: string, target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  const mode = constants.COPYFILE_FICLONE;
  await cp(source, target, { recursive: true, verbatimSymlinks: true, mode });
}
