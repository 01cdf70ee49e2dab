import { lstat, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { isSystemError } from './store-error.ts';

/** Counts what a folder holds, links as links; what cannot be read, or goes meanwhile, counts nothing. */
export async function measureFolder(path: string): Promise<{ files: number; bytes: number }> {
  const total = { files: 0, bytes: 0 };
  const open = [path];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    try {
      for await (const entry of await opendir(folder)) {
        const inside = join(folder, entry.name);
        if (entry.isDirectory()) {
          open.push(inside);
          continue;
        }
        total.files += 1;
        total.bytes += (await lstat(inside)).size;
      }
    } catch (error) {
      if (!isSystemError(error, 'ENOENT', 'EACCES', 'EPERM')) throw error;
    }
  }
  return total;
}
