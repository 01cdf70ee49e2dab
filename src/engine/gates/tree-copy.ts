import { constants } from 'node:fs';
import { cp, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of one's own with the content of another; gone when it is disposed. */
export interface TreeCopy extends AsyncDisposable {
  readonly folder: string;
}

/** Links stay links, and are not followed. */
export async function copyTree(source: string): Promise<TreeCopy> {
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'ashlar-tree-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true, maxRetries: 3 });
  try {
    await copyInto(source, folder);
  } catch (error) {
    await remove();
    throw error;
  }
  return { folder, [Symbol.asyncDispose]: remove };
}

/** Shares the blocks of files where the file system can. */
export async function copyInto(source: string, target: string): Promise<void> {
  const mode = constants.COPYFILE_FICLONE;
  await cp(source, target, { recursive: true, verbatimSymlinks: true, mode });
}
