import { randomBytes } from 'node:crypto';
import { chmod, lstat, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { matchesAny, unsafePath } from '../../../core/paths.ts';
import { shown, tidied } from './agent-files.ts';
import { foldedPath } from '../../store/folded-path.ts';
import { errorCode } from '../../journal/durable.ts';

/** Where a writer may write: root-relative globs in its work folder. */
export interface OwnedPaths {
  /** Absolute. */
  readonly folder: string;
  readonly owns: readonly string[];
}

/** A path that may be written; or why it may not, in words for a model. */
export type Writable =
  | { readonly ok: true; readonly path: string; readonly exists: boolean }
  | { readonly ok: false; readonly text: string };

/**
 * Whether an agent may write a file: it has to be its own, no step on the way may be a link, and
 * nothing else may have the same name on systems that do not tell case apart.
 */
export async function writable({ folder, owns }: OwnedPaths, given: string): Promise<Writable> {
  const path = tidied(given);
  const unsafe = path === '' ? 'is the root itself' : unsafePath(path);
  if (unsafe !== null) {
    return no(
      `${shown(given)} ${unsafe}. Give a path from the root of your folder, like src/main.js.`,
    );
  }
  if (!matchesAny(owns, path)) {
    const yours = owns.slice(0, 20).join(', ');
    return no(
      `${shown(path)} is not yours to write; you own ${yours}. Do it inside those paths, or say in your summary what would have to change elsewhere.`,
    );
  }
  const segments = path.split('/');
  let at = folder;
  for (const [depth, segment] of segments.entries()) {
    const last = depth === segments.length - 1;
    const names = await readdir(at).catch(() => null);
    if (names === null)
      return no(`${shown(given)} cannot be reached; your folder is gone or closed.`);
    const sameName = names.find(
      (name) => name !== segment && foldedPath(name) === foldedPath(segment),
    );
    if (sameName !== undefined) {
      return no(
        `${shown(segment)} is the same as ${shown(sameName)} on some systems; use that name.`,
      );
    }
    at = join(at, segment);
    const stats = await lstat(at).catch(() => null);
    if (stats === null) return { ok: true, path, exists: false };
    const here = shown(segments.slice(0, depth + 1).join('/'));
    if (stats.isSymbolicLink()) return no(`${here} is a link; nothing is written through links.`);
    if (last && stats.isDirectory()) return no(`${here} is a folder, not a file.`);
    if (last && !stats.isFile()) return no(`${here} is not a plain file.`);
    if (!last && !stats.isDirectory()) return no(`${here} is a file, not a folder.`);
  }
  return { ok: true, path, exists: true };
}

/** Puts content in the place of whatever file is there. null: done; else why not. */
export async function replaceFile(
  { folder }: OwnedPaths,
  path: string,
  content: string,
): Promise<string | null> {
  const target = join(folder, path);
  // A new file beside it, moved over it: another name of the old one keeps the old content.
  const fresh = join(dirname(target), `.${randomBytes(6).toString('hex')}.tmp`);
  try {
    await mkdir(dirname(target), { recursive: true });
    const mode = (await lstat(target).catch(() => null))?.mode;
    await writeFile(fresh, content, { flag: 'wx', mode: 0o644 });
    if (mode !== undefined) await chmod(fresh, mode & 0o777);
    await rename(fresh, target);
    return null;
  } catch (error) {
    await rm(fresh, { force: true }).catch(() => undefined);
    return `${shown(path)} could not be written (${errorCode(error) ?? 'unknown'}).`;
  }
}

const no = (text: string): Writable => ({ ok: false, text });
