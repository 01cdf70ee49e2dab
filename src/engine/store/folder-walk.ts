import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  opendirSync,
  openSync,
  readFileSync,
  readlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { Slice } from './slice.ts';
import { isSystemError } from './store-error.ts';
import type { EntryMode } from './tree-entry.ts';

/** What a walk found at a path, not yet read. */
export interface Found {
  readonly path: string;
  readonly type: 'file' | 'link' | 'other';
  readonly bytes: number;
  readonly executable: boolean;
}

export type WalkProblem =
  | { readonly type: 'limit' }
  /** a name that is not UTF-8: `path` shows it escaped */
  | { readonly type: 'hostile-name'; readonly path: string }
  | { readonly type: 'repository'; readonly path: string }
  | { readonly type: 'unreadable'; readonly path: string };

export interface Walk {
  readonly found: readonly Found[];
  readonly problems: readonly WalkProblem[];
}

export interface WalkLimits {
  /** Files, links and folders in all. */
  readonly entries: number;
  /** Root-relative folders that are not looked into. */
  readonly skip: readonly string[];
}

const maxDepth = 100;
const readFlags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
const gone = ['ENOENT', 'EACCES', 'EPERM', 'ELOOP', 'EINVAL', 'ENXIO', 'ENAMETOOLONG'];

interface Listed {
  /** Null where it is not UTF-8. */
  readonly name: string | null;
  readonly shown: string;
  readonly isFolder: boolean;
}

/** Lists a folder that may be hostile: by `lstat`, never through a link, bounded. */
export async function walkFolder(root: string, limits: WalkLimits): Promise<Walk> {
  const found: Found[] = [];
  const problems: WalkProblem[] = [];
  const slice = new Slice();
  const folders = [{ path: '', depth: 0 }];
  let left = limits.entries;
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    await slice.breathe();
    const { path: above, depth } = folder;
    const inside = listFolder(join(root, above), left + 1);
    if (inside === null) {
      problems.push({ type: 'unreadable', path: above });
      continue;
    }
    left -= inside.length;
    if (left < 0 || depth > maxDepth) return { found, problems: [...problems, { type: 'limit' }] };
    for (const { name, shown, isFolder } of inside) {
      const path = above === '' ? shown : `${above}/${shown}`;
      if (name === null) problems.push({ type: 'hostile-name', path });
      else if (isGitName(name)) problems.push({ type: 'repository', path });
      else if (limits.skip.includes(path)) continue;
      else if (isFolder) folders.push({ path, depth: depth + 1 });
      else found.push(look(root, path));
      await slice.breathe();
    }
  }
  return { found, problems };
}

/** At most `max` entries of a folder; null where it cannot be read. */
function listFolder(path: string, max: number): Listed[] | null {
  const listed: Listed[] = [];
  try {
    // The types know names as text alone.
    const folder = opendirSync(path, { encoding: 'buffer' as BufferEncoding });
    try {
      for (let entry = folder.readSync(); entry !== null; entry = folder.readSync()) {
        if (listed.length === max) break;
        const name = entry.name as unknown as Buffer;
        listed.push({ ...readName(name), isFolder: entry.isDirectory() });
      }
    } finally {
      folder.closeSync();
    }
  } catch (error) {
    if (!isSystemError(error, ...gone, 'ENOTDIR')) throw error;
    return null;
  }
  return listed;
}

function look(root: string, path: string): Found {
  const stats = lstatSync(join(root, path), { throwIfNoEntry: false });
  const type =
    stats?.isFile() === true ? 'file' : stats?.isSymbolicLink() === true ? 'link' : 'other';
  return { path, type, bytes: stats?.size ?? 0, executable: ((stats?.mode ?? 0) & 0o100) !== 0 };
}

/** Names that are not UTF-8 cannot be written down; control characters can, and are judged later. */
function readName(raw: Buffer): Pick<Listed, 'name' | 'shown'> {
  const text = raw.toString('utf8');
  if (Buffer.from(text).equals(raw)) return { name: text, shown: text };
  return { name: null, shown: JSON.stringify(raw.toString('latin1')) };
}

/** What some system or other opens as `.git`. */
function isGitName(name: string): boolean {
  const folded = name.replace(/[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g, '').toLowerCase();
  return folded === '.git' || folded === 'git~1';
}

/**
 * Reads what a walk found. Null where it is another thing by now: a file that became a link is not
 * followed, and a pipe does not block.
 */
export function readFound(
  root: string,
  { path, type, executable }: Found,
): { readonly mode: EntryMode; readonly content: Buffer } | null {
  const absolute = join(root, path);
  try {
    if (type === 'link') return { mode: '120000', content: readlinkSync(absolute, 'buffer') };
    const descriptor = openSync(absolute, readFlags);
    try {
      if (!fstatSync(descriptor).isFile()) return null;
      return { mode: executable ? '100755' : '100644', content: readFileSync(descriptor) };
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (isSystemError(error, ...gone)) return null;
    throw error;
  }
}
