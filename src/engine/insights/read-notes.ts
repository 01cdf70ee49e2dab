import { constants, type Stats } from 'node:fs';
import { lstat, open, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { isNoteName } from '../../core/note-name.ts';
import { noFollow } from '../journal/durable.ts';
import { NewestNames } from './newest-names.ts';
import { parseNote, type Note } from './note.ts';
import { isFolder } from './note-place.ts';
import { NoteShelf, type Looks } from './note-shelf.ts';

/** The newest, by their names: each run leaves a few dozen. */
const mostNotes = 2_000;
/** Our own have a few thousand; what is larger is no note. */
const maxBytes = 16_384;
/** How many are open at a time. */
const atOnce = 16;

export interface Reading {
  /** What is known from the reading before. */
  readonly shelf?: NoteShelf;
  /** Ends the reading, with its reason. */
  readonly signal?: AbortSignal;
}

type Read = readonly [file: string, looks: Looks, note: Note | null];

/**
 * The newest notes of the folder. Nothing but plain files is read, and no link is followed: what lies
 * there may have come with somebody else's files.
 */
export async function readNotes(
  folder: string,
  { shelf = new NoteShelf(), signal }: Reading = {},
): Promise<Note[]> {
  const names = await namesIn(folder, signal);
  const read: Read[] = [];
  for (let from = 0; from < names.length; from += atOnce) {
    signal?.throwIfAborted();
    const some = names.slice(from, from + atOnce);
    const notes = await Promise.all(some.map((name) => readNote(folder, name, shelf)));
    read.push(...notes.filter((each) => each !== null));
  }
  shelf.keep(read);
  return read.flatMap(([, , note]) => note ?? []);
}

async function namesIn(folder: string, signal: AbortSignal | undefined): Promise<string[]> {
  if (!(await isFolder(folder))) return [];
  const names = new NewestNames(mostNotes);
  for await (const entry of await opendir(folder)) {
    signal?.throwIfAborted();
    if (entry.isFile() && isNoteName(entry.name)) names.add(entry.name);
  }
  return names.list();
}

async function readNote(folder: string, name: string, shelf: NoteShelf): Promise<Read | null> {
  try {
    const path = join(folder, name);
    const found = await lstat(path);
    if (!isSmallFile(found)) return null;
    const known = shelf.get(name, found);
    if (known !== undefined) return [name, found, known];
    await using file = await open(path, constants.O_RDONLY | noFollow | nonBlocking);
    // What was looked at may be another by now.
    const looks = await file.stat();
    if (!isSmallFile(looks)) return null;
    const { buffer, bytesRead } = await file.read(Buffer.alloc(maxBytes), 0, maxBytes, 0);
    return [name, looks, parseNote(name, buffer.toString('utf8', 0, bytesRead))];
  } catch {
    // It is gone, or not ours to read: a run goes on without it.
    return null;
  }
}

/** A pipe would be waited for. */
const nonBlocking = (constants as Partial<typeof constants>).O_NONBLOCK ?? 0;

const isSmallFile = (found: Stats): boolean => found.isFile() && found.size <= maxBytes;
