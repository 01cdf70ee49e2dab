import { constants } from 'node:fs';
import { lstat, mkdir, open, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TurnFiles } from './turn-files.ts';
import { noFollow } from '../../journal/durable.ts';

/** Why files could not be laid; what another agent could not do better either. */
export interface LayFailure {
  readonly code: 'script-changed' | 'folder-refused';
  readonly message: string;
}

/** Copies a turn's files over a work folder, with their modes. Follows links on neither side. */
export async function layFiles(files: TurnFiles, folder: string): Promise<LayFailure | null> {
  const safe = new Set(['']);
  for (const path of files.paths) {
    const content = await readPlainFile(join(files.root, path));
    if (content === null) {
      return { code: 'script-changed', message: `${path} is no longer in the script` };
    }
    const parents = path.split('/').slice(0, -1);
    for (let depth = 1; depth <= parents.length; depth += 1) {
      const parent = parents.slice(0, depth).join('/');
      if (!safe.has(parent) && !(await makeFolder(join(folder, parent)))) {
        return { code: 'folder-refused', message: `${parent} is a link or a file, not a folder` };
      }
      safe.add(parent);
    }
    const target = join(folder, path);
    if ((await lstat(target).catch(() => null))?.isDirectory() === true) {
      return { code: 'folder-refused', message: `${path} is a folder, not a file` };
    }
    await rm(target, { force: true });
    await writeFile(target, content.bytes, { flag: 'wx', mode: content.mode });
  }
  return null;
}

/** null where there is no file of that name. */
export async function readPlainFile(path: string): Promise<{ bytes: Buffer; mode: number } | null> {
  const handle = await open(path, constants.O_RDONLY | noFollow).catch(() => null);
  if (handle === null) return null;
  try {
    const about = await handle.stat();
    if (!about.isFile()) return null;
    return { bytes: await handle.readFile(), mode: about.mode & 0o777 };
  } finally {
    await handle.close();
  }
}

/** True where there is a folder of that name afterwards. */
async function makeFolder(path: string): Promise<boolean> {
  const there = await lstat(path).catch(() => null);
  if (there !== null) return there.isDirectory();
  await mkdir(path);
  return true;
}
