import type { Stats } from 'node:fs';
import type { Note } from './note.ts';

/** What a file was like when it was read: as long as it is the same, so is what it says. */
export type Looks = Pick<Stats, 'size' | 'mtimeMs' | 'ctimeMs'>;

interface Kept extends Looks {
  readonly note: Note | null;
}

/** Of the files of all notes that are kept: ours have a few hundred kB. */
const maxBytes = 8_000_000;

/** Notes that were read for an agent, kept for the next one of the same run; a file that has changed is read again. */
export class NoteShelf {
  readonly #maxBytes: number;
  #kept: ReadonlyMap<string, Kept> = new Map();

  constructor(most = maxBytes) {
    this.#maxBytes = most;
  }

  /** undefined where it is not known; null where it was no note. */
  get(file: string, { size, mtimeMs, ctimeMs }: Looks): Note | null | undefined {
    const kept = this.#kept.get(file);
    const isSame = kept?.size === size && kept.mtimeMs === mtimeMs && kept.ctimeMs === ctimeMs;
    return isSame ? kept.note : undefined;
  }

  /** Takes the place of all that was kept: what is not in the folder any more is forgotten. */
  keep(read: Iterable<readonly [file: string, looks: Looks, note: Note | null]>): void {
    const kept = new Map<string, Kept>();
    let bytes = 0;
    for (const [file, { size, mtimeMs, ctimeMs }, note] of read) {
      bytes += size;
      if (bytes > this.#maxBytes) break;
      kept.set(file, { size, mtimeMs, ctimeMs, note });
    }
    this.#kept = kept;
  }
}
