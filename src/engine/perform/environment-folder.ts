import { constants } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ProvidedFolder } from '../gates/check-request.ts';

/** Copies what set-up has made into a builder's folder; links stay links. */
export async function provideEnvironment(
  folder: string,
  provided: readonly ProvidedFolder[],
): Promise<void> {
  for (const { source, path } of provided) {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    const mode = constants.COPYFILE_FICLONE;
    await cp(source, target, { recursive: true, verbatimSymlinks: true, mode });
  }
}
