import type { TreeId } from '../../core/ids.ts';
import type { ChangedFile, ChangedFiles } from '../agents/task.ts';
import type { Store } from '../store/store.ts';
import {
  changedEntries,
  maxChangedFiles,
  treeDiff,
  type ChangedEntry,
  type FileDiff,
} from '../store/tree-diff.ts';
import type { TreeEntry } from '../store/tree-entry.ts';

/** Of all names and lines together; what is beyond is read in the files themselves. */
const [leastChars, mostChars] = [4_000, 40_000];
/** It is read again at every turn: at most this part of the tokens is for each reading. */
const [readingShare, charsPerToken] = [0.1, 3];
/** So many characters of a name are shown, and each of them twice. */
const maxNameChars = 500;
const aroundName = 24;

/**
 * What a builder made of the owned files that it was given, and how; null: it was given none. `tokens`: what
 * whoever reads it may use.
 */
export async function changedFiles(
  store: Store,
  given: TreeId | null,
  submitted: TreeId | null,
  tokens: number,
): Promise<ChangedFiles> {
  const changed = await changedEntries(store, given, submitted);
  const diffs = await treeDiff(store, given, submitted);
  const room = Math.min(mostChars, Math.max(leastChars, tokens * readingShare * charsPerToken));
  const named = nameable(changed, room / 2);
  let left = room - named.reduce((chars, { path }) => chars + charsOfName(path), 0);
  // The differences are those of the first files, in the same order.
  const files = named.map(({ path, before, after }, at): ChangedFile => {
    const how = before === null ? 'added' : after === null ? 'removed' : 'modified';
    const { lines, cut } = within(left, diffs[at]);
    left -= charsOf(lines);
    return { path, how, lines: [...modeLines(before, after), ...lines], cut };
  });
  return { files, more: changed.length - files.length };
}

/** The first files, as many as there is room for the names of; one is told in any case. */
function nameable(changed: readonly ChangedEntry[], room: number): readonly ChangedEntry[] {
  let left = room;
  const first = changed.slice(0, maxChangedFiles);
  const end = first.findIndex(({ path }, at) => (left -= charsOfName(path)) < 0 && at > 0);
  return end < 0 ? first : first.slice(0, end);
}

const charsOfName = (path: string): number =>
  2 * (Math.min(maxNameChars, path.length) + aroundName);

/** What git's lines do not tell: the same text may be run now, or be where a link leads. */
function modeLines(before: TreeEntry | null, after: TreeEntry | null): ChangedFile['lines'] {
  if (before === null || after === null || before.mode === after.mode) return [];
  return [{ kind: 'gap', text: `was ${modeWords[before.mode]}, is ${modeWords[after.mode]}` }];
}

const modeWords: Readonly<Record<TreeEntry['mode'], string>> = {
  ...{ '100644': 'a file', '100755': 'a program', '120000': 'a link', '160000': 'a submodule' },
};

type Shown = Pick<ChangedFile, 'lines' | 'cut'>;

/** As many whole lines as there is room for. */
function within(room: number, diff: FileDiff | undefined): Shown {
  if (diff === undefined) return { lines: [], cut: true };
  let left = room;
  const end = diff.lines.findIndex((line) => (left -= charsOf([line])) < 0);
  if (end < 0) return { lines: diff.lines, cut: diff.cut };
  return { lines: diff.lines.slice(0, end), cut: true };
}

/** Each line has a sign before it and an end. */
const charsOf = (lines: Shown['lines']): number =>
  lines.reduce((chars, { text }) => chars + text.length + 2, 0);
