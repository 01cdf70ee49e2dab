import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { link, open, rename, rm, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** For `open`: fail on a link instead of following it. Windows has no such flag. */
export const noFollow = (constants as Partial<typeof constants>).O_NOFOLLOW ?? 0;

/** What file systems without hard links answer. */
const noLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

/** Makes names in a folder survive a power failure: a file's own sync does not cover its name. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return; // folders cannot be opened there
  await using handle = await open(folder, 'r');
  await handle.sync();
}

/** The permissions of what is the engine's alone. */
const ours = 0o600;

/** Readers see the old content or the new, never a part; so does a reader after a power failure. */
export async function replaceFile(
  path: string,
  content: string | Uint8Array,
  mode = ours,
): Promise<void> {
  const temporary = await writeTemporary(path, content, mode);
  try {
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

/**
 * True if the file was made, with all its content at once; false if the name was taken. Where a
 * file system has no hard links, a reader may for a moment see a part of the content.
 */
export async function createFile(
  path: string,
  content: string | Uint8Array,
  mode = ours,
): Promise<boolean> {
  const temporary = await writeTemporary(path, content, mode);
  try {
    await link(temporary, path);
  } catch (error) {
    const code = errorCode(error) ?? '';
    if (code === 'EEXIST' || (noLinks.has(code) && !(await createInPlace(path, content)))) {
      return false;
    }
    if (!noLinks.has(code)) throw error;
  } finally {
    await unlink(temporary);
  }
  await syncFolder(dirname(path));
  return true;
}

/** The code of a failed system call; null for other errors. */
export function errorCode(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' ? code : null;
}

async function createInPlace(path: string, content: string | Uint8Array): Promise<boolean> {
  try {
    await writeFile(path, content, { flag: 'wx', flush: true });
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

async function writeTemporary(
  path: string,
  content: string | Uint8Array,
  mode = ours,
): Promise<string> {
  const temporary = join(dirname(path), `.${randomBytes(9).toString('hex')}.tmp`);
  await using handle = await open(temporary, 'wx', ours);
  try {
    await handle.writeFile(content);
    if (mode !== ours) await handle.chmod(mode);
    await handle.sync();
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  return temporary;
}
