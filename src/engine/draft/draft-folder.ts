import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  isName,
  moduleId,
  treeId,
  type ModuleId,
  type RunId,
  type TreeId,
} from '../../core/ids.ts';
import { errorCode } from '../journal/durable.ts';
import { parseObject, readSmallFile } from '../journal/small-file.ts';
import { runFolder } from '../run-folder.ts';
import { removeFolder, requireNoLink } from '../store/remove-folder.ts';

/** What a draft remembers beside its files. */
export interface DraftNote {
  readonly kind: 'reopen' | 'amend';
  /** The version that it was begun from, and that version's tree; 0 where none was written yet. */
  readonly from: number;
  readonly tree: TreeId;
}

const noteName = 'draft.json';
const maxNoteBytes = 10_000;

/**
 * Where people write a contract's next version:
 *
 *     runs/<run>/drafts/<module>/
 *       draft.json     kind, version and tree that it was begun from; written last
 *       files/         the contract's files, where they lie in the workspace
 *       changed/       while it is being confirmed: what is different in it
 */
export class DraftFolder {
  readonly path: string;
  readonly files: string;
  readonly changed: string;
  readonly #workspace: string;

  constructor(workspace: string, run: RunId, module: ModuleId) {
    this.#workspace = workspace;
    this.path = join(draftsFolder(workspace, run), module);
    this.files = join(this.path, 'files');
    this.changed = join(this.path, 'changed');
  }

  /** null where there is no draft, or none that was begun properly. */
  async readNote(): Promise<DraftNote | null> {
    await requireNoLink(this.#workspace, this.path);
    const read = await readSmallFile(join(this.path, noteName), maxNoteBytes);
    const note = read.ok ? parseObject(read.text) : null;
    if (note === null) return null;
    const { kind, from, tree } = note;
    if (kind !== 'reopen' && kind !== 'amend') return null;
    if (typeof from !== 'number' || !Number.isSafeInteger(from) || from < 0) return null;
    if (typeof tree !== 'string' || !/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(tree)) return null;
    return { kind, from, tree: treeId(tree) };
  }

  writeNote(note: DraftNote): Promise<void> {
    return this.#write(join(this.path, noteName), Buffer.from(`${JSON.stringify(note)}\n`));
  }

  /** Writes a file of the draft, in place of what is there. */
  write(path: string, content: Uint8Array): Promise<void> {
    return this.#write(join(this.files, path), content);
  }

  /** The folder with only what is different, made anew. */
  async stage(
    files: readonly { readonly path: string; readonly content: Uint8Array }[],
  ): Promise<void> {
    await this.unstage();
    await mkdir(this.changed);
    for (const { path, content } of files) await this.#write(join(this.changed, path), content);
  }

  async unstage(): Promise<void> {
    await requireNoLink(this.#workspace, this.path);
    await removeFolder(this.changed);
  }

  async remove(): Promise<void> {
    await requireNoLink(this.#workspace, dirname(this.path));
    await removeFolder(this.path);
  }

  /**
   * Whole or not at all, and never through a link that lies in the way. What is half written lies
   * beside the files: among them it could pass for one of the contract's.
   */
  async #write(path: string, content: Uint8Array): Promise<void> {
    await requireNoLink(this.#workspace, dirname(path));
    await mkdir(dirname(path), { recursive: true });
    const temporary = join(this.path, `.new-${randomBytes(8).toString('hex')}`);
    try {
      await writeFile(temporary, content, { flag: 'wx' });
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }
}

const draftsFolder = (workspace: string, run: RunId): string =>
  join(runFolder(workspace, run), 'drafts');

/** The modules of a run that have a folder for a draft. */
export async function listDrafts(workspace: string, run: RunId): Promise<ModuleId[]> {
  const names: string[] = await readdir(draftsFolder(workspace, run)).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return [];
    throw error;
  });
  return names
    .filter((name) => isName(name))
    .sort()
    .map((name) => moduleId(name));
}
