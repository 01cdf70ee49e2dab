import { chmod, mkdir, mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChildFolders } from './child-environment.ts';

/** Folders of one check's own, outside the tree that it judges; gone when it is disposed. */
export interface Scratch extends ChildFolders, AsyncDisposable {
  /** What we give to the runner and what it gives to us. */
  readonly exchange: string;
}

export async function makeScratch(): Promise<Scratch> {
  const root = await mkdtemp(join(await realpath(tmpdir()), 'ashlar-check-'));
  const [home, temporary, exchange] = ['home', 'tmp', 'exchange'].map((name) => join(root, name));
  if (home === undefined || temporary === undefined || exchange === undefined) throw new Error();
  for (const folder of [home, temporary, exchange]) await mkdir(folder);
  return { home, temporary, exchange, [Symbol.asyncDispose]: () => removeFolder(root) };
}

/** Removes a folder in which a child may have locked folders of its own. */
async function removeFolder(folder: string): Promise<void> {
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true, maxRetries: 3 });
  await remove().catch(async () => {
    await unlock(folder);
    // What cannot be removed even so is left to the system: it is in its temporary folder.
    await remove().catch(() => undefined);
  });
}

async function unlock(folder: string): Promise<void> {
  await chmod(folder, 0o700).catch(() => undefined);
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (entry.isDirectory()) await unlock(join(folder, entry.name));
  }
}
