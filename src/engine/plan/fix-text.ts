import type { DiagnosticEdit, FileChange } from './diagnostic.ts';
import { loadPlan } from './load.ts';

/** A plan's text after all that was advised, one piece of advice after the other. */
export interface FixedText {
  readonly text: string;
  readonly made: readonly MadeEdit[];
}

/** An edit that was made, with the lines that it changed. */
export interface MadeEdit {
  readonly title: string;
  readonly hunks: readonly Hunk[];
}

export interface Hunk {
  /** 1-based, in the text before the edit. */
  readonly line: number;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** Each edit changes what the next advice sees; nobody's plan has more to be mended at once. */
const maxEdits = 50;

/** Makes the best edit of each advice. One after which the plan has more errors is not made. */
export function fixText(text: string, fileName: string): FixedText {
  const made: MadeEdit[] = [];
  const left = new Set<string>();
  let now = text;
  let loaded = loadPlan(now, fileName);
  while (made.length < maxEdits) {
    const [edit] = loaded.diagnostics
      .filter(({ severity }) => severity === 'advice')
      .flatMap(({ edits }) => edits.slice(0, 1))
      .filter((each) => !left.has(nameOf(each)));
    if (edit === undefined) break;
    left.add(nameOf(edit));
    const next = changed(now, edit.changes);
    const after = loadPlan(next, fileName);
    if (errors(after.diagnostics) > errors(loaded.diagnostics)) continue;
    made.push({ title: edit.title, hunks: hunksOf(now, edit.changes) });
    now = next;
    loaded = after;
  }
  return { text: now, made };
}

const errors = (found: readonly { readonly severity: string }[]): number =>
  found.filter(({ severity }) => severity === 'error').length;

/** The text with changes made that do not overlap. */
function changed(text: string, changes: readonly FileChange[]): string {
  const lines = text.split('\n');
  // From the last to the first, so that places before a change stay where they are.
  const order = changes.map((change, index) => ({ change, index }));
  order.sort(
    (a, b) =>
      b.change.line - a.change.line || b.change.column - a.change.column || b.index - a.index,
  );
  for (const { change } of order) {
    const [before, after] = around(lines, change);
    const count = change.endLine - change.line + 1;
    lines.splice(change.line - 1, count, ...`${before}${change.text}${after}`.split('\n'));
  }
  return lines.join('\n');
}

/** What of its first and last line a change leaves. */
function around(lines: readonly string[], change: FileChange): [string, string] {
  const first = lines[change.line - 1] ?? '';
  const last = lines[change.endLine - 1] ?? '';
  return [first.slice(0, change.column - 1), last.slice(change.endColumn - 1)];
}

/** The lines that changes take out and put in; what is on one line is shown once. */
function hunksOf(text: string, changes: readonly FileChange[]): Hunk[] {
  const groups: FileChange[][] = [];
  for (const change of changes.toSorted((a, b) => a.line - b.line || a.column - b.column)) {
    const last = groups.at(-1);
    if (last?.some(({ endLine }) => endLine >= change.line) === true) last.push(change);
    else groups.push([change]);
  }
  return groups.map((group) => hunkOf(text, group));
}

function hunkOf(text: string, changes: readonly FileChange[]): Hunk {
  const first = Math.min(...changes.map(({ line }) => line));
  const last = Math.max(...changes.map(({ endLine }) => endLine));
  const before = text
    .split('\n')
    .slice(first - 1, last)
    .join('\n');
  const moved = changes.map((change) => ({
    ...change,
    line: change.line - first + 1,
    endLine: change.endLine - first + 1,
  }));
  const [removed, added] = [before, changed(before, moved)].map((lines) => lines.split(/\r?\n/));
  const [old, now] = [removed ?? [], added ?? []];
  let same = 0;
  while (same < Math.min(old.length, now.length) && old[same] === now[same]) same += 1;
  return { line: first + same, removed: old.slice(same), added: now.slice(same) };
}

/** Titles alone can be the same for two modules. */
const nameOf = ({ title, steps }: DiagnosticEdit): string =>
  `${title} ${steps[0]?.path.join('/') ?? ''}`;
