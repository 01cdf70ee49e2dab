import { setImmediate } from 'node:timers/promises';
import type { ModuleId } from '../../core/ids.ts';
import { matchesAny } from '../../core/paths.ts';
import type { Note } from './note.ts';

/** What notes are looked up for: a module as its next agent gets to know it. */
export interface Concern {
  readonly module: ModuleId;
  /** Root-relative globs. */
  readonly owns: readonly string[];
  readonly artifact: string;
  /** Its purpose and its contract. */
  readonly says: string;
}

/** Less than that is chance: two words that many modules share. */
const least = 20;
const points = {
  tagged: 100,
  path: 40,
  mentioned: 30,
  artifact: 20,
  sharedTag: 10,
  sharedWord: 3,
} as const;
const [mostForTags, mostForWords] = [30, 15];
/** Of the largest notes, some milliseconds. */
const inOneTurn = 16;
const [maxPaths, maxSaysChars] = [50, 20_000];
/** Figures for schedules and for people: nothing in them tells an agent what to do. */
const notForAgents: ReadonlySet<string> = new Set(['estimate']);
/** What our own notes are tagged with, whatever they are about. */
const anyTag: ReadonlySet<string> = new Set([
  ...(['run', 'defect', 'contract', 'integration', 'conflict', 'estimate'] as const),
  ...(['plan', 'missing', 'person', 'exhaustion', 'dispute', 'split'] as const),
]);

/**
 * The notes that concern a module, the most telling first, the newer first of equals. The same notes
 * give the same order everywhere; one that was learned again and again is there once. Others have a
 * turn between some of them: a note may be 16 kB, and there may be thousands.
 */
export async function rankNotes(
  notes: readonly Note[],
  concern: Concern,
  signal?: AbortSignal,
): Promise<Note[]> {
  const words = wordsOf(`${concern.module} ${concern.says.slice(0, maxSaysChars)}`);
  const ranked: { readonly note: Note; readonly score: number }[] = [];
  for (const [at, note] of notes.entries()) {
    if (at > 0 && at % inOneTurn === 0) {
      await setImmediate();
      signal?.throwIfAborted();
    }
    const score = scoreOf(note, concern, words);
    if (score >= least) ranked.push({ note, score });
  }
  ranked.sort((a, b) => b.score - a.score || byAge(a.note, b.note));
  const titles = new Set<string>();
  return ranked.flatMap(({ note }) => {
    const isNew = !titles.has(note.title);
    titles.add(note.title);
    return isNew ? [note] : [];
  });
}

function scoreOf(note: Note, concern: Concern, words: ReadonlySet<string>): number {
  if (notForAgents.has(note.type)) return 0;
  const { module, owns, artifact } = concern;
  const text = `${note.title}\n${note.body}`;
  const isTagged = note.tags.includes(module);
  const tags = note.tags.filter((tag) => !anyTag.has(tag) && tag !== module);
  const shared = tags.filter((tag) => isWithin(wordsOf(tag), words)).length;
  const inTitle = [...wordsOf(note.title)].filter((word) => words.has(word)).length;
  const score =
    (isTagged ? points.tagged : 0) +
    (pathsIn(text).some((path) => matchesAny(owns, path)) ? points.path : 0) +
    (isTagged || mentions(text, module) ? points.mentioned : 0) +
    Math.min(mostForTags, shared * points.sharedTag) +
    Math.min(mostForWords, inTitle * points.sharedWord);
  return score < least || note.artifact !== artifact ? score : score + points.artifact;
}

const byAge = (a: Note, b: Note): number => compare(b.date, a.date) || compare(a.file, b.file);

/** By code units: no locale has a say in it. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Words that mean something: of four letters and more. */
const wordsOf = (text: string): Set<string> =>
  new Set(text.toLowerCase().match(/[\p{L}\p{N}]{4,40}/gu) ?? []);

const isWithin = (some: ReadonlySet<string>, all: ReadonlySet<string>): boolean =>
  some.size > 0 && [...some].every((word) => all.has(word));

/** Looked for from where a name begins: from each character of a long one would take its square. */
const pathsIn = (text: string): readonly string[] =>
  (text.match(/(?<![\w.@-])[\w.@-]{1,100}(?:\/[\w.@-]{1,100}){1,20}/g) ?? []).slice(0, maxPaths);

/** As a word of its own: `parse` is not meant by `parser`. */
function mentions(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const [before, after] = [text.charAt(at - 1), text.charAt(at + name.length)];
    if (!/[\w-]/.test(before) && !/[\w-]/.test(after)) return true;
  }
  return false;
}
