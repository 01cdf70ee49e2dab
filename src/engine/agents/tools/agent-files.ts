import { lstat, open, readdir, realpath, type FileHandle } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { unsafePath } from '../../../core/paths.ts';
import { oneLine } from '../../../core/projections/safe-text.ts';
import { isSystemError } from '../../store/store-error.ts';
import { readFlags } from './text-file.ts';
import { foldedPath } from '../../store/folded-path.ts';
import { errorCode } from '../../journal/durable.ts';

/** Something that exists and that the agent may look at. */
export interface Seen {
  readonly ok: true;
  /** As the agent calls it; '' for the root of its work folder. */
  readonly path: string;
  /** Absolute, without a link in it. */
  readonly real: string;
}

/** What an agent asked for is not done: why, and what to do instead. */
export interface NotSeen {
  readonly ok: false;
  readonly text: string;
}

const handoffPath = /^(handoff:\d{1,15})(?:\/(.*))?$/;

/**
 * What one agent may look at: its work folder, and what others handed over, which lies elsewhere and
 * is called `handoff:12/…`. Every path that an agent gives is resolved here, links and all, and has
 * to end inside the folder that it began in.
 */
export class AgentFiles {
  /** Absolute. */
  readonly folder: string;
  readonly #handoffs = new Map<string, string>();

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Gives the name by which the agent reaches what was handed over. */
  addHandoff(id: number, folder: string): string {
    this.#handoffs.set(`handoff:${id}`, folder);
    return `handoff:${id}`;
  }

  /** What an agent is to call an absolute path; null: it is nowhere where it may look. */
  async named(absolute: string): Promise<string | null> {
    for (const [prefix, root] of [['', this.folder] as const, ...this.#handoffs]) {
      const real = await realpath(root).catch(() => root);
      const inner = withinRoot(root, absolute) ?? withinRoot(real, absolute);
      if (inner === null) continue;
      return prefix === '' ? inner : inner === '' ? prefix : `${prefix}/${inner}`;
    }
    return null;
  }

  /** What a path leads to. */
  async find(given: string): Promise<Seen | NotSeen> {
    const place = this.#placeOf(given);
    if (!place.ok) return place;
    const { root, prefix, inner } = place;
    const path = inner === '' ? prefix : prefix === '' ? inner : `${prefix}/${inner}`;
    const realRoot = await realpath(root).catch(() => null);
    if (realRoot === null) return no(`${shown(given)} is not there any more.`);
    const real = await resolved(join(realRoot, inner));
    if (real === 'missing') return no(await this.#missing(given, realRoot, inner));
    if (real === 'loops') return no(`${shown(given)} is a link that leads in circles.`);
    const within = withinRoot(realRoot, real);
    if (within === null || (within !== '' && unsafePath(within) !== null)) {
      return no(
        `${shown(given)} leads out of your folder through a link. It is not for you to see.`,
      );
    }
    return { ok: true, path, real };
  }

  /** Opens a plain file for reading; whoever asked closes it. */
  async open(
    given: string,
  ): Promise<(Seen & { readonly handle: FileHandle; readonly bytes: number }) | NotSeen> {
    const seen = await this.find(given);
    if (!seen.ok) return seen;
    let handle: FileHandle;
    try {
      handle = await open(seen.real, readFlags);
    } catch (error) {
      if (isSystemError(error, 'EISDIR')) return isFolder(given);
      return no(`${shown(given)} cannot be opened (${errorCode(error) ?? 'unknown'}).`);
    }
    const stats = await handle.stat();
    // Between looking and opening a link may have been put in its way.
    const same = (await realpath(seen.real).catch(() => null)) === seen.real;
    if (stats.isFile() && same) return { ...seen, handle, bytes: stats.size };
    await handle.close();
    if (stats.isDirectory()) return isFolder(given);
    return no(`${shown(given)} is neither a file nor a folder.`);
  }

  #placeOf(given: string): Place | NotSeen {
    const path = tidied(given);
    const handoff = handoffPath.exec(path);
    const prefix = handoff?.[1] ?? '';
    const inner = handoff === null ? path : (handoff[2] ?? '');
    const root = prefix === '' ? this.folder : this.#handoffs.get(prefix);
    if (root === undefined) {
      const known = [...this.#handoffs.keys()];
      const those =
        known.length === 0
          ? 'Nothing was handed to you yet'
          : `There are ${known.slice(-10).join(', ')}`;
      return no(`There is no ${prefix}. ${those}.`);
    }
    const unsafe = inner === '' ? null : unsafePath(inner);
    if (unsafe === null) return { ok: true, root, prefix, inner };
    return no(
      `${shown(given)} ${unsafe}. Give a path from the root of your folder, like src/main.js.`,
    );
  }

  async #missing(given: string, root: string, inner: string): Promise<string> {
    const other = await otherSpelling(root, inner);
    const hint = other === null ? 'list_files shows what there is' : `there is ${shown(other)}`;
    return `There is no ${shown(given)}; ${hint}.`;
  }
}

interface Place {
  readonly ok: true;
  readonly root: string;
  readonly prefix: string;
  readonly inner: string;
}

const no = (text: string): NotSeen => ({ ok: false, text });
const isFolder = (given: string): NotSeen =>
  no(`${shown(given)} is a folder; list_files shows what lies in it.`);

/** A path as an agent gave it, fit to be said back. */
export const shown = (path: string): string => JSON.stringify(oneLine(path, 200));

/** Without what models like to put around a path; `.` is the root. */
export function tidied(given: string): string {
  const path = given.replace(/^(?:\.\/+)+/, '').replace(/(?<=[^/])\/+$/, '');
  return path === '.' || path === './' ? '' : path;
}

/** The path below the root; null where it lies outside. */
function withinRoot(root: string, real: string): string | null {
  if (real === root) return '';
  const start = root.endsWith(sep) ? root : `${root}${sep}`;
  return real.startsWith(start) ? real.slice(start.length).replaceAll(sep, '/') : null;
}

async function resolved(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (isSystemError(error, 'ELOOP')) return 'loops';
    if (isSystemError(error, 'ENOENT', 'ENOTDIR', 'EACCES', 'ENAMETOOLONG')) return 'missing';
    throw error;
  }
}

/** A path that differs in case alone; null where there is none. Links are not gone through. */
async function otherSpelling(root: string, path: string): Promise<string | null> {
  const found: string[] = [];
  for (const segment of path.split('/')) {
    const folder = join(root, ...found);
    if ((await lstat(folder).catch(() => null))?.isDirectory() !== true) return null;
    const names = await readdir(folder).catch(() => []);
    const name =
      names.find((each) => each === segment) ??
      names.find((each) => foldedPath(each) === foldedPath(segment));
    if (name === undefined) return null;
    found.push(name);
  }
  return found.join('/');
}
