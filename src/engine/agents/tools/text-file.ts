import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { noFollow } from '../../journal/durable.ts';

/** Neither through a link, nor waiting for a pipe; Windows has no such flags. */
export const readFlags =
  constants.O_RDONLY | noFollow | ((constants.O_NONBLOCK as number | undefined) ?? 0);

/** More of one file is never read for an agent. */
export const maxFileBytes = 2_000_000;

/** The text of a file, or null where it is none. */
export async function readText(handle: FileHandle, bytes: number): Promise<string | null> {
  const buffer = Buffer.alloc(Math.min(bytes, maxFileBytes));
  let filled = 0;
  while (filled < buffer.length) {
    const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  const content = buffer.subarray(0, filled);
  return content.includes(0) ? null : content.toString('utf8');
}
