import type { TreeId } from '../../core/ids.ts';
import { unsafePath } from '../../core/paths.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import { readFound, walkFolder, type Found, type WalkProblem } from './folder-walk.ts';
import type { Store } from './store.ts';
import type { TreeEntry } from './tree-entry.ts';

/** The files that a builder hands over, in the store; or why they were not taken. */
export type TakenFiles =
  | { readonly ok: true; readonly tree: TreeId | null }
  | { readonly ok: false; readonly message: string };

/** More paths than this are a folder's business. */
const maxPaths = 50;
/** Of the whole work folder. */
const maxEntries = 100_000;

/**
 * Captures files, or all below a folder, out of a work folder that may be hostile: by the store's
 * own walk, links never followed and never taken, bounded in files and bytes.
 */
export async function takeFiles(
  store: Store,
  folder: string,
  paths: readonly string[],
  limits: { readonly files: number; readonly bytes: number },
): Promise<TakenFiles> {
  if (paths.length === 0) return { ok: true, tree: null };
  if (paths.length > maxPaths) return no(`name at most ${maxPaths} files or folders`);
  const wanted = paths.map((path) => path.replace(/\/+$/, ''));
  for (const path of wanted) {
    const unsafe = unsafePath(path);
    if (unsafe !== null) return no(`${shown(path)} ${unsafe}`);
  }
  // Everything is read before anything is stored: what is refused leaves nothing behind.
  const { found, problems } = await walkFolder(folder, { entries: maxEntries, skip: [] });
  if (problems.some(({ type }) => type === 'limit')) return no('the work folder is too large');
  const tooMuch = no(`hand over at most ${limits.files} files of ${limits.bytes} bytes in all`);
  const chosen = new Set<Found>();
  for (const path of wanted) {
    const untaken = problems.map((each) => untakenBy(each, path)).find((each) => each !== null);
    if (untaken !== undefined) return no(untaken);
    const below = found.filter((each) => isWithin(each.path, path));
    if (below.length === 0) return no(nothingAt(path, found));
    for (const each of below) chosen.add(each);
    if (chosen.size > limits.files) return tooMuch;
  }
  const files = [...chosen];
  const link = files.find(({ type }) => type !== 'file');
  if (link !== undefined)
    return no(`${shown(link.path)} is not a plain file; hand over its content`);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  if (bytes > limits.bytes) return tooMuch;
  const contents: ReadFile[] = [];
  let left = limits.bytes;
  for (const file of files) {
    const read = readFound(folder, file);
    if (read === null) return no(unreadable(file.path));
    // It may have grown since it was looked at.
    left -= read.content.length;
    if (left < 0) return tooMuch;
    contents.push({ path: file.path, ...read });
  }
  const entries: TreeEntry[] = [];
  for (const { path, mode, content } of contents) {
    entries.push({ path, mode, oid: await store.putBlob(content) });
  }
  return { ok: true, tree: await store.putTree(entries) };
}

interface ReadFile extends Pick<TreeEntry, 'path' | 'mode'> {
  readonly content: Buffer;
}

const isWithin = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(`${folder}/`);

/** Why not all of a path was found, in words that its agent can act on; null where this did not keep it. */
function untakenBy(problem: WalkProblem, path: string): string | null {
  // Of a walk that ended early nothing is taken anyway.
  if (problem.type === 'limit') return null;
  const { path: at, type } = problem;
  const concerned = isWithin(at, path) || at === '' || isWithin(path, at);
  if (!concerned) return null;
  if (type === 'unreadable') return unreadable(at === '' ? '.' : at);
  if (type === 'repository') {
    return `${shown(at)} belongs to a repository; name the files beside it, without it`;
  }
  return `${shown(at)} has a name that is not UTF-8; rename it, or name other files`;
}

/** A file behind a link is there for its agent, and is never taken. */
function nothingAt(path: string, found: readonly Found[]): string {
  const link = found.find((each) => each.type !== 'file' && isWithin(path, each.path));
  if (link === undefined) return `there is no ${shown(path)} in the work folder`;
  return `${shown(path)} lies behind ${shown(link.path)}, which is not a plain folder; copy it into the work folder`;
}

const unreadable = (path: string): string =>
  `${shown(path)} cannot be read; make it readable, or leave it out`;

const no = (message: string): TakenFiles => ({ ok: false, message });
const shown = (path: string): string => JSON.stringify(oneLine(path, 100));
