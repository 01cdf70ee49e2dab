import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

const maxBytes = 16 * 1024;

export type KeyRead =
  | { readonly ok: true; readonly key: string }
  /** Said of the file that was named; nothing of its name or of what it holds is in it. */
  | { readonly ok: false; readonly why: string };

/** How long a pipe is waited for: nothing else is heard meanwhile. */
interface PipePatience {
  /** Until somebody writes into it. */
  readonly forWriterMs: number;
  /** Until whoever writes has closed it: a person may have to unlock what holds the key first. */
  readonly forEndMs: number;
}

const patience: PipePatience = { forWriterMs: 5_000, forEndMs: 30_000 };
const pauseMs = 20;

/** Reads a key from a file, or from a pipe: to its end, but never more than any key takes. */
export function readKeyFile(path: string, limits: PipePatience = patience): KeyRead {
  const bytes = Buffer.alloc(maxBytes + 1);
  let filled = 0;
  try {
    // To open a pipe waits for whoever writes, perhaps for ever, and no signal is heard meanwhile.
    const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      let isWritten = !fstatSync(file).isFIFO();
      const since = performance.now();
      while (filled < bytes.length) {
        const read = readNow(file, bytes, filled);
        filled += read ?? 0;
        isWritten ||= read !== 0;
        if (read === 0 && isWritten) break;
        if (read !== null && read > 0) continue;
        if (performance.now() - since >= (isWritten ? limits.forEndMs : limits.forWriterMs)) {
          const what = isWritten
            ? 'does not come to its end'
            : 'is a pipe into which nobody writes';
          return { ok: false, why: what };
        }
        pause();
      }
    } finally {
      closeSync(file);
    }
  } catch (error) {
    return { ok: false, why: `cannot be read (${codeOf(error)})` };
  }
  const key = bytes.toString('utf8', 0, filled).trim();
  if (filled > maxBytes || /\s/.test(key)) return { ok: false, why: 'holds more than a key' };
  return key === '' ? { ok: false, why: 'is empty' } : { ok: true, key };
}

/** How much came; null: nothing yet, and somebody may still write. */
function readNow(file: number, bytes: Buffer, at: number): number | null {
  try {
    return readSync(file, bytes, at, bytes.length - at, null);
  } catch (error) {
    if (codeOf(error) === 'EAGAIN') return null;
    throw error;
  }
}

/** Whoever needs a key cannot go on without it, and asks for it where nothing can be awaited. */
const pause = (): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs);
};

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
