import type { TreeId } from '../../core/ids.ts';
import { unsafePath } from '../../core/paths.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import { readFound, walkFolder, type Found } from './folder-walk.ts';
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
  const { found, problems } = await walkFolder(folder, { entries: maxEntries, skip: [] });
  if (problems.some(({ type }) => type === 'limit')) return no('the work folder is too large');
  const tooMuch = no(`hand over at most ${limits.files} files of ${limits.bytes} bytes in all`);
  const chosen = new Set<Found>();
  for (const path of wanted) {
    const below = found.filter((each) => each.path === path || each.path.startsWith(`${path}/`));
    if (below.length === 0) return no(`there is no ${shown(path)} in the work folder`);
    for (const each of below) chosen.add(each);
    if (chosen.size > limits.files) return tooMuch;
  }
  const files = [...chosen];
  const link = files.find(({ type }) => type !== 'file');
  if (link !== undefined)
    return no(`${shown(link.path)} is not a plain file; hand over its content`);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  if (bytes > limits.bytes) return tooMuch;
  const entries: TreeEntry[] = [];
  let left = limits.bytes;
  for (const file of files) {
    const read = readFound(folder, file);
    if (read === null) return no(`${shown(file.path)} cannot be read`);
    // It may have grown since it was looked at.
    left -= read.content.length;
    if (left < 0) return tooMuch;
    entries.push({ path: file.path, mode: read.mode, oid: await store.putBlob(read.content) });
  }
  return { ok: true, tree: await store.putTree(entries) };
}

const no = (message: string): TakenFiles => ({ ok: false, message });
const shown = (path: string): string => JSON.stringify(oneLine(path, 100));
