import { constants, type Stats } from 'node:fs';
import { open, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { isNoteName } from '../../core/note-name.ts';
import { noFollow } from '../journal/durable.ts';
import { parseNote, type Note } from './note.ts';
import { isFolder } from './note-place.ts';

/** Of the names in the folder; a folder of more is not looked through to its end. */
const mostNames = 20_000;
/** The newest, by their names: each run leaves a few dozen. */
const mostNotes = 2_000;
/** Our own have a few thousand; what is larger is no note. */
const maxBytes = 16_384;
/** How many are open at a time. */
const atOnce = 16;

/**
 * The newest notes of the folder. Nothing but plain files is read, and no link is followed: what lies
 * there may have come with somebody else's files.
 */
export async function readNotes(folder: string): Promise<Note[]> {
  const names = (await namesIn(folder)).sort().reverse().slice(0, mostNotes);
  const notes: Note[] = [];
  for (let from = 0; from < names.length; from += atOnce) {
    const some = names.slice(from, from + atOnce);
    const read = await Promise.all(some.map((name) => readNote(folder, name)));
    notes.push(...read.filter((note) => note !== null));
  }
  return notes;
}

async function namesIn(folder: string): Promise<string[]> {
  if (!(await isFolder(folder))) return [];
  const names: string[] = [];
  let seen = 0;
  for await (const entry of await opendir(folder)) {
    if (++seen > mostNames) break;
    if (entry.isFile() && isNoteName(entry.name)) names.push(entry.name);
  }
  return names;
}

async function readNote(folder: string, name: string): Promise<Note | null> {
  try {
    const path = join(folder, name);
    await using file = await open(path, constants.O_RDONLY | noFollow | nonBlocking);
    if (!isSmallFile(await file.stat())) return null;
    const { buffer, bytesRead } = await file.read(Buffer.alloc(maxBytes), 0, maxBytes, 0);
    return parseNote(name, buffer.toString('utf8', 0, bytesRead));
  } catch {
    // It is gone, or not ours to read: a run goes on without it.
    return null;
  }
}

/** A pipe would be waited for. */
const nonBlocking = (constants as Partial<typeof constants>).O_NONBLOCK ?? 0;

const isSmallFile = (found: Stats): boolean => found.isFile() && found.size <= maxBytes;
