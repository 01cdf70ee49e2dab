import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { errorCode, noFollow } from './durable.ts';
import { isRecord } from '../../core/is-record.ts';

export type SmallFile =
  | { readonly ok: true; readonly text: string; readonly modified: number }
  | { readonly ok: false; readonly code: 'missing' | 'not-a-file' | 'too-large' };

/** Opening a pipe without this waits for whoever writes to it. */
const noWait = (constants as Partial<typeof constants>).O_NONBLOCK ?? 0;
const notFiles = new Set(['ELOOP', 'EISDIR', 'ENXIO', 'ENOTDIR']);

/** Reads a file that others may have put there: no link is followed, nothing beyond a limit read. */
export async function readSmallFile(path: string, limitBytes: number): Promise<SmallFile> {
  try {
    await using handle = await open(path, constants.O_RDONLY | noFollow | noWait);
    const { size, mtimeMs } = await handle.stat().then((stats) => {
      return stats.isFile() ? stats : { size: -1, mtimeMs: 0 };
    });
    if (size < 0) return { ok: false, code: 'not-a-file' };
    // It may grow while it is read.
    const buffer = Buffer.alloc(Math.min(size, limitBytes) + 1);
    let filled = 0;
    for (let bytesRead = -1; bytesRead !== 0 && filled < buffer.length; filled += bytesRead) {
      ({ bytesRead } = await handle.read(buffer, filled, buffer.length - filled));
    }
    if (filled > limitBytes) return { ok: false, code: 'too-large' };
    return { ok: true, text: buffer.toString('utf8', 0, filled), modified: mtimeMs };
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT') return { ok: false, code: 'missing' };
    if (code !== null && notFiles.has(code)) return { ok: false, code: 'not-a-file' };
    throw error;
  }
}

/** The object that a text holds as JSON; null for anything else. */
export function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}
