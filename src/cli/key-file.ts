import { closeSync, openSync, readSync } from 'node:fs';

const maxBytes = 16 * 1024;

export type KeyRead =
  { readonly ok: true; readonly key: string } | { readonly ok: false; readonly why: string };

/** Reads a key from a file, or from a pipe: to its end, but never more than any key takes. */
export function readKeyFile(path: string): KeyRead {
  const bytes = Buffer.alloc(maxBytes + 1);
  let filled = 0;
  try {
    const file = openSync(path, 'r');
    try {
      for (let read = 1; read > 0 && filled < bytes.length; filled += read) {
        read = readSync(file, bytes, filled, bytes.length - filled, null);
      }
    } finally {
      closeSync(file);
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return { ok: false, why: `cannot be read (${code})` };
  }
  const key = bytes.toString('utf8', 0, filled).trim();
  if (filled > maxBytes || /\s/.test(key)) return { ok: false, why: 'holds more than a key' };
  return key === '' ? { ok: false, why: 'is empty' } : { ok: true, key };
}
