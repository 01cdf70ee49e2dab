import type { TreeId } from '../../core/ids.ts';
import type { ChangedFile, ChangedFiles } from '../agents/task.ts';
import type { Store } from '../store/store.ts';
import { changedEntries, maxChangedFiles, treeDiff, type FileDiff } from '../store/tree-diff.ts';

/** Of all lines together; what is beyond is read in the files themselves. */
const maxDiffChars = 40_000;

/** What a builder made of the owned files that it was given, and how; null: it was given none. */
export async function changedFiles(
  store: Store,
  given: TreeId | null,
  submitted: TreeId | null,
): Promise<ChangedFiles> {
  const changed = await changedEntries(store, given, submitted);
  const diffs = await treeDiff(store, given, submitted);
  let left = maxDiffChars;
  // The differences are those of the first files, in the same order.
  const files = changed
    .slice(0, maxChangedFiles)
    .map(({ path, before, after }, at): ChangedFile => {
      const how = before === null ? 'added' : after === null ? 'removed' : 'modified';
      const { lines, cut } = within(left, diffs[at]);
      left -= charsOf(lines);
      return { path, how, lines, cut };
    });
  return { files, more: changed.length - files.length };
}

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
