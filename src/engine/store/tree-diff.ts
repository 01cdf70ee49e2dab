import type { TreeId } from '../../core/ids.ts';
import { startGit } from './git.ts';
import { patchKey, readPatches, type Patch, type PatchLine } from './patch.ts';
import { showPath } from './scope-evidence.ts';
import type { Store } from './store.ts';
import { comparePaths, type TreeEntry } from './tree-entry.ts';

/** How a file differs between two trees, bounded, for people to read. */
export interface FileDiff {
  /** Fit to be shown. */
  readonly path: string;
  readonly added: number;
  readonly removed: number;
  readonly lines: readonly PatchLine[];
  /** Not all of it is in `lines`; the counts are then those of what was looked at. */
  readonly cut: boolean;
}

/** A file that two trees do not hold alike. */
export interface ChangedEntry {
  readonly path: string;
  readonly before: TreeEntry | null;
  readonly after: TreeEntry | null;
}

/** More files than anybody reads; what comes after them is left out. */
export const maxChangedFiles = 200;
const maxPatchBytes = 4 * 1024 ** 2;
/** Paths are given to git as arguments; systems bound those. */
const maxArgumentChars = 24_000;
/** Larger contents are told to differ, not how. */
const maxFileSize = '512k';

/** The files that differ, sorted; `within` leaves out others. */
export async function changedEntries(
  store: Store,
  before: TreeId | null,
  after: TreeId | null,
  within: (path: string) => boolean = () => true,
): Promise<ChangedEntry[]> {
  const [old, now] = await Promise.all([listed(store, before), listed(store, after)]);
  const changed: ChangedEntry[] = [];
  for (const entry of now.values()) {
    const was = old.get(entry.path) ?? null;
    if (was?.oid === entry.oid && was.mode === entry.mode) continue;
    if (within(entry.path)) changed.push({ path: entry.path, before: was, after: entry });
  }
  for (const entry of old.values()) {
    if (now.has(entry.path) || !within(entry.path)) continue;
    changed.push({ path: entry.path, before: entry, after: null });
  }
  return changed.sort(comparePaths);
}

async function listed(store: Store, tree: TreeId | null): Promise<Map<string, TreeEntry>> {
  const entries = tree === null ? [] : await store.listTree(tree);
  return new Map(entries.map((entry) => [entry.path, entry]));
}

/** Line by line what turns one tree into the other; null is an empty tree. */
export async function treeDiff(
  store: Store,
  before: TreeId | null,
  after: TreeId | null,
  within?: (path: string) => boolean,
): Promise<FileDiff[]> {
  const changed = await changedEntries(store, before, after, within);
  const shown = changed.slice(0, maxChangedFiles);
  const patches = await patchesOf(store, before, after, shown);
  return shown.map((entry) => toDiff(entry, patches));
}

const nothing: Patch = { lines: [], added: 0, removed: 0, cut: false };

function toDiff({ path, before, after }: ChangedEntry, patches: Map<string, Patch>): FileDiff {
  const whole = { ...nothing, cut: true };
  const patchOf = (from: string | null, to: string | null): Patch =>
    from === to ? nothing : (patches.get(patchKey(from, to)) ?? whole);
  const [from, to] = [before?.oid ?? null, after?.oid ?? null];
  const isLink = (entry: TreeEntry | null): boolean => entry?.mode === '120000';
  // A file that became a link, or the other way: git says that the one went and the other came.
  const parts =
    before !== null && after !== null && isLink(before) !== isLink(after)
      ? [patchOf(from, null), patchOf(null, to)]
      : [patchOf(from, to)];
  return {
    path: showPath(path),
    added: parts.reduce((sum, { added }) => sum + added, 0),
    removed: parts.reduce((sum, { removed }) => sum + removed, 0),
    lines: parts.flatMap(({ lines }) => lines),
    cut: parts.some(({ cut }) => cut),
  };
}

async function patchesOf(
  store: Store,
  before: TreeId | null,
  after: TreeId | null,
  changed: readonly ChangedEntry[],
): Promise<Map<string, Patch>> {
  const paths = fitting(changed);
  if (paths.length === 0) return new Map();
  const none = (): Promise<string> => store.putTreeLines([]);
  const trees = [before ?? (await none()), after ?? (await none())];
  const running = startGit({
    cwd: store.gitDir,
    gitDir: store.gitDir,
    settings: [
      ['core.bigFileThreshold', maxFileSize],
      ['diff.renames', 'false'],
      ['diff.noPrefix', 'false'],
      ['diff.suppressBlankEmpty', 'false'],
    ],
    args: [
      ...['--literal-pathspecs', 'diff-tree', '-r', '-p', '--full-index', '--unified=3'],
      ...['--no-ext-diff', '--no-textconv', '--no-color', '--no-renames'],
      ...[...trees, '--', ...paths],
    ],
  });
  const chunks: Buffer[] = [];
  let bytes = 0;
  running.child.stdout.on('data', (chunk: Buffer) => {
    if (bytes < maxPatchBytes) chunks.push(chunk.subarray(0, maxPatchBytes - bytes));
    bytes += chunk.length;
    // What was read so far is what is shown; the files after it are marked as cut.
    if (bytes >= maxPatchBytes) running.child.kill('SIGKILL');
  });
  running.child.stdin.end();
  await running.done.catch((error: unknown) => {
    if (bytes < maxPatchBytes) throw error;
  });
  return readPatches(Buffer.concat(chunks).toString('utf8'));
}

function fitting(changed: readonly ChangedEntry[]): string[] {
  const paths: string[] = [];
  let left = maxArgumentChars;
  for (const { path } of changed) {
    left -= path.length + 1;
    if (left < 0) break;
    paths.push(path);
  }
  return paths;
}
