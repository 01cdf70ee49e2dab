import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { JournalEvent } from './codec.ts';
import { errorCode, noFollow } from './durable.ts';
import { journalPath } from './journal-place.ts';
import { journalProblem } from './problem.ts';
import { readJournal, type JournalRead, type ReadOptions } from './read-journal.ts';

/** Far beyond what a run writes, and what fits into memory. */
const largestJournalBytes = 1024 ** 3;

/** The journal in a run's folder; null where there is none. */
export async function readJournalFile<E extends JournalEvent>(
  folder: string,
  options: ReadOptions = {},
): Promise<JournalRead<E> | null> {
  const bytes = await journalBytes(folder);
  if (bytes === null) return null;
  if (bytes !== 'file-too-large') return readJournal<E>(bytes, options);
  const problems = [journalProblem(bytes, 0)];
  return { events: [], head: null, commands: new Map(), dropped: null, problems };
}

/** The raw bytes from `offset` on; empty where the file ends before it. */
export async function journalBytes(
  folder: string,
  offset = 0,
): Promise<Buffer | 'file-too-large' | null> {
  try {
    await using handle = await open(journalPath(folder), constants.O_RDONLY | noFollow);
    const { size } = await handle.stat();
    if (size > largestJournalBytes) return 'file-too-large';
    const bytes = Buffer.alloc(Math.max(0, size - offset));
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await handle.read(
        bytes,
        filled,
        bytes.length - filled,
        offset + filled,
      );
      if (bytesRead === 0) break; // cut while it was read
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}
