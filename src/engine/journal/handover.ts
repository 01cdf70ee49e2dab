import { readFileSync, rmSync, lstatSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFile } from './durable.ts';
import { lockPath, readLock } from './lock-file.ts';
import { thisProcess } from './process-identity.ts';
import { parseObject } from './small-file.ts';

const requestPath = (folder: string): string => join(folder, 'lock.request.json');
const largestRequestBytes = 16 * 1024;

/** Who would drive instead. */
export interface Asker {
  readonly host: string;
  readonly pid: number;
}

/** Asks the driver to stop and release the lock. False where no lock is held. */
export async function requestHandover(folder: string): Promise<boolean> {
  const found = await readLock(lockPath(folder));
  if (found === null) return false;
  // Bound to this hold: a later driver must not stop for what its predecessor was asked.
  const { host, pid } = thisProcess();
  const request = { holder: found.holder.nonce, host, pid };
  await replaceFile(requestPath(folder), JSON.stringify(request));
  return true;
}

export async function removeHandoverRequest(folder: string): Promise<void> {
  await rm(requestPath(folder), { force: true });
}

/** Takes a request to the holder with this nonce; null where there is none. */
export function handoverAsked(folder: string, nonce: string): Asker | null {
  const path = requestPath(folder);
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return null;
  const fits = stats.isFile() && stats.size <= largestRequestBytes;
  const request = fits ? parseObject(readFileSync(path, 'utf8')) : null;
  rmSync(path, { force: true, recursive: true });
  if (request?.holder !== nonce) return null;
  const { host, pid } = request;
  return typeof host === 'string' && typeof pid === 'number' ? { host, pid } : null;
}
