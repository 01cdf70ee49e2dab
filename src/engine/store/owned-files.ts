import { unsafePath } from '../../core/paths.ts';
import { CaseFolder } from './case-folder.ts';
import { readFound, type Found } from './folder-walk.ts';
import { linkEnd } from './link-target.ts';
import { Slice } from './slice.ts';
import type { ScopeProblem } from './scope-evidence.ts';
import type { Store } from './store.ts';
import type { EntryMode, TreeEntry } from './tree-entry.ts';

/** A builder's folder, and what it was filled with. */
export interface FilledFolder {
  readonly path: string;
  readonly given: ReadonlyMap<string, TreeEntry>;
  readonly found: readonly Found[];
}

export interface OwnedFiles {
  readonly entries: readonly TreeEntry[];
  readonly bytes: number;
  readonly problems: readonly ScopeProblem[];
}

/** Puts the owned files of a folder into the store; those that may not be submitted become problems. */
export async function takeOwned(
  store: Store,
  folder: FilledFolder,
  owned: readonly Found[],
  limits: { readonly files: number; readonly bytes: number },
): Promise<OwnedFiles> {
  const over = overLimit(owned, limits);
  if (over !== null) return { entries: [], bytes: 0, problems: [{ path: null, says: over }] };
  const problemOf = judge(folder, readLinks(folder));
  const problems: ScopeProblem[] = [];
  const entries: Promise<TreeEntry>[] = [];
  const slice = new Slice();
  let bytes = 0;
  for (const file of owned) {
    const says = problemOf(file);
    const read = says === null ? readFound(folder.path, file) : null;
    if (read === null) {
      problems.push({ path: file.path, says: says ?? 'cannot be read' });
      continue;
    }
    bytes += read.content.length;
    const mode = modeOf(folder, file, read.mode);
    entries.push(putFile(store, file.path, mode, read.content));
    await slice.breathe();
  }
  return { entries: await Promise.all(entries), bytes, problems };
}

async function putFile(store: Store, path: string, mode: EntryMode, content: Buffer) {
  return { path, mode, oid: await store.putBlob(content) };
}

function overLimit(
  owned: readonly Found[],
  limits: { readonly files: number; readonly bytes: number },
): string | null {
  if (owned.length > limits.files) {
    return `The submission has ${owned.length} files; ${limits.files} are allowed.`;
  }
  const bytes = owned.reduce((sum, file) => sum + file.bytes, 0);
  if (bytes <= limits.bytes) return null;
  return `The submission has ${bytes} bytes; ${limits.bytes} are allowed.`;
}

/** Targets of all links in the folder: an owned link may lead out through another. */
function readLinks({ path, found }: FilledFolder): ReadonlyMap<string, string> {
  const links = new Map<string, string>();
  for (const file of found.filter(({ type }) => type === 'link')) {
    const link = readFound(path, file);
    if (link !== null) links.set(file.path, link.content.toString());
  }
  return links;
}

/** Says of each file in turn why it may not be submitted; what was given with that path is fit. */
function judge({ given, found }: FilledFolder, links: ReadonlyMap<string, string>) {
  const cases = new CaseFolder();
  for (const { path } of found) if (given.has(path)) cases.add(path);
  return ({ path, type }: Found): string | null => {
    if (type === 'other') return 'is neither a file nor a link';
    if (!given.has(path)) {
      const unsafe = unsafePath(path);
      if (unsafe !== null) return unsafe;
      const same = cases.add(path);
      if (same !== null) return `is the same as ${same} on some systems`;
    }
    const end = linkEnd(path, links);
    if (end === 'inside') return null;
    return end === 'leaves'
      ? 'is a link that leaves the folder'
      : 'is a link that leads in circles';
  };
}

/** Windows has no executable bit: a file keeps the one it was given with. */
function modeOf({ given }: FilledFolder, { path }: Found, mode: EntryMode): EntryMode {
  if (process.platform !== 'win32' || mode === '120000') return mode;
  return given.get(path)?.mode === '100755' ? '100755' : mode;
}
