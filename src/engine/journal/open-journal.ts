import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Digest } from '../../core/ids.ts';
import { diskFiles, type AppendFiles } from './append-file.ts';
import { beginning, type JournalEvent } from './codec.ts';
import { errorCode, syncFolder } from './durable.ts';
import { journalBytes } from './journal-file.ts';
import { journalPath } from './journal-place.ts';
import { Journal, type Fence } from './journal.ts';
import { journalProblem } from './problem.ts';
import { readJournal, type JournalRead, type ReadOptions } from './read-journal.ts';

export interface JournalOptions {
  readonly fence: Fence;
  readonly files?: AppendFiles;
}

export type JournalOpening<E extends JournalEvent> =
  | { readonly ok: true; readonly journal: Journal<E>; readonly read: JournalRead<E> }
  | {
      readonly ok: false;
      /** `journal-damaged`: what is wrong stands in `read.problems`, and nothing was changed. */
      readonly code: 'journal-missing' | 'journal-damaged';
      readonly message: string;
      readonly read: JournalRead<E> | null;
    };

/** Begins a run's journal, empty. Throws where there is one: run ids are new. */
export async function createJournal<E extends JournalEvent>(
  folder: string,
  planDigest: Digest,
  { fence, files = diskFiles }: JournalOptions,
): Promise<Journal<E>> {
  await mkdir(folder, { recursive: true });
  const file = await files.open(journalPath(folder), 'create');
  await syncFolder(folder);
  return new Journal<E>(file, fence, beginning(planDigest));
}

/**
 * Goes on with a run's journal; only under its lock. A torn tail is cut off, after its bytes were
 * laid beside as `journal.torn-<n>`. `planDigest` is needed for a journal that is still empty.
 */
export async function openJournal<E extends JournalEvent>(
  folder: string,
  { fence, files = diskFiles, ...expected }: JournalOptions & ReadOptions,
): Promise<JournalOpening<E>> {
  const bytes = await journalBytes(folder);
  if (bytes === null) return missing(null);
  if (bytes === 'file-too-large') {
    const { message } = journalProblem(bytes, 0);
    return { ok: false, code: 'journal-damaged', message, read: null };
  }
  const read = readJournal<E>(bytes, expected);
  const { head, dropped, problems } = read;
  if (problems[0] !== undefined) {
    const message = `Line ${problems[0].line}: ${problems[0].message}`;
    return { ok: false, code: 'journal-damaged', message, read };
  }
  if (head === null) return missing(read);
  const file = await files.open(journalPath(folder), 'open');
  if (dropped !== null) {
    await layAside(folder, bytes.subarray(head.end));
    await file.truncate(head.end);
    await file.sync();
  }
  return { ok: true, journal: new Journal<E>(file, fence, head), read };
}

function missing<E extends JournalEvent>(read: JournalRead<E> | null): JournalOpening<E> {
  const message = 'This run ended before anything was recorded. Start it again.';
  return { ok: false, code: 'journal-missing', message, read };
}

async function layAside(folder: string, bytes: Uint8Array): Promise<void> {
  for (let n = 1; ; n += 1) {
    try {
      await writeFile(join(folder, `journal.torn-${n}`), bytes, { flag: 'wx', flush: true });
      await syncFolder(folder);
      return;
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
  }
}
