import { chmod, lstat, mkdir, readFile, rename, rmdir, unlink, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { sha256 } from '../canonical-json.ts';
import { requireNoLink } from '../store/remove-folder.ts';
import { isSystemError } from '../store/store-error.ts';
import { laidFiles, noteName, noteOf } from './laid-note.ts';
import { localFile, pluginFiles, type PluginSource } from './plugin-files.ts';
import { pluginFolder, type PluginPlace } from './plugin-folder.ts';

/** What is to become of one file of the commands. */
export interface PluginChange {
  /** From the folder, with `/`. */
  readonly path: string;
  /**
   * `same`: it is as it should be. `changed`: somebody changed it since it was laid, or it was there before:
   * it is left alone unless that is asked for.
   */
  readonly what: 'new' | 'update' | 'same' | 'changed' | 'remove';
}

/** What laying or removing the commands comes to, before anything is written. */
export interface PluginPlan {
  /** Absolute. */
  readonly folder: string;
  readonly changes: readonly PluginChange[];
}

/** Where Claude Code looks by itself, from the workspace. */
export const usualFolder = '.claude/skills/ashlar';

/** What laying the commands would change. */
export async function planLaying(source: PluginSource, place: PluginPlace): Promise<PluginPlan> {
  const folder = await pluginFolder(place);
  const laid = await laidFiles(folder);
  const wanted = await pluginFiles(source);
  const changes: PluginChange[] = [];
  for (const { path, content } of wanted) {
    const what = await fate(folder, path, sha256(content), laid);
    // What this machine knows is nobody's to change.
    changes.push({ path, what: path === localFile && what === 'changed' ? 'update' : what });
  }
  const names = new Set(wanted.map(({ path }) => path));
  for (const [path, digest] of laid) {
    if (names.has(path)) continue;
    const now = await digestOf(folder, path);
    if (now !== null) changes.push({ path, what: now === digest ? 'remove' : 'changed' });
  }
  return { folder, changes };
}

/** What removing them would change. */
export async function planRemoving(place: PluginPlace): Promise<PluginPlan> {
  const folder = await pluginFolder(place);
  const changes: PluginChange[] = [];
  const laid = await laidFiles(folder);
  for (const [path, digest] of laid) {
    if (path === localFile) continue;
    const now = await digestOf(folder, path);
    if (now !== null) changes.push({ path, what: now === digest ? 'remove' : 'changed' });
  }
  if (laid.size > 0 && (await digestOf(folder, localFile)) !== null) {
    changes.push({ path: localFile, what: 'remove' });
  }
  return { folder, changes };
}

/** Carries a plan out as far as it still holds; with `force` what was changed by hand, too. */
export async function layPlugin(
  source: PluginSource,
  place: PluginPlace,
  { force }: { readonly force: boolean },
): Promise<PluginPlan> {
  const plan = await planLaying(source, place);
  const { folder, changes } = plan;
  const files = new Map((await pluginFiles(source)).map((file) => [file.path, file]));
  const laid = new Map(await laidFiles(folder));
  for (const { path, what } of changes) {
    const file = files.get(path);
    if (file === undefined) {
      if (what === 'remove' || force) {
        await unlink(join(folder, path));
        laid.delete(path);
      }
      continue;
    }
    if (what === 'changed' && !force) continue;
    if (what !== 'same') await write(folder, path, file.content, file.executable);
    // The note may be committed.
    if (path !== localFile) laid.set(path, sha256(file.content));
  }
  await write(folder, noteName, noteOf(laid), false);
  return plan;
}

/** Removes what was laid and not changed since; with `force` what was changed, too. */
export async function removePlugin(
  place: PluginPlace,
  { force }: { readonly force: boolean },
): Promise<PluginPlan> {
  const plan = await planRemoving(place);
  const { folder, changes } = plan;
  const going = changes.filter(({ what }) => what === 'remove' || force);
  for (const { path } of going) await unlink(join(folder, path));
  const kept = changes.length - going.length;
  if (kept === 0) await unlink(join(folder, noteName)).catch(ignoreMissing);
  // Deepest first; a folder with something of somebody's in it stays.
  const folders = new Set(changes.flatMap(({ path }) => above(path)));
  for (const each of [...folders].sort((a, b) => b.length - a.length)) {
    await rmdir(join(folder, each)).catch(() => undefined);
  }
  if (kept === 0) await removeEmpty(folder, place.workspace);
  return plan;
}

/** The folder and those above it up to the workspace, as far as nothing is in them. */
async function removeEmpty(folder: string, workspace: string): Promise<void> {
  const isInside = (path: string): boolean =>
    path !== workspace && !relative(workspace, path).startsWith('..');
  for (let at = folder; at === folder || isInside(at); at = dirname(at)) {
    const removed = await rmdir(at).then(
      () => true,
      () => false,
    );
    if (!removed) return;
  }
}

async function fate(
  folder: string,
  path: string,
  wanted: string,
  laid: ReadonlyMap<string, string>,
): Promise<PluginChange['what']> {
  const now = await digestOf(folder, path);
  if (now === null) return 'new';
  if (now === wanted) return 'same';
  return now === laid.get(path) ? 'update' : 'changed';
}

/** Of what lies there; null where nothing does. What is no file counts as changed. */
async function digestOf(folder: string, path: string): Promise<string | null> {
  await requireNoLink(folder, join(folder, dirname(path)));
  try {
    const stats = await lstat(join(folder, path));
    return stats.isFile() ? sha256(await readFile(join(folder, path), 'utf8')) : '';
  } catch (error) {
    if (isSystemError(error, 'ENOENT', 'ENOTDIR')) return null;
    throw error;
  }
}

async function write(folder: string, path: string, content: string, executable: boolean) {
  const file = join(folder, path);
  await requireNoLink(folder, file);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.new`, content, { flag: 'wx' }).catch(async (error: unknown) => {
    if (!isSystemError(error, 'EEXIST')) throw error;
    await unlink(`${file}.new`);
    await writeFile(`${file}.new`, content, { flag: 'wx' });
  });
  if (executable) await chmod(`${file}.new`, 0o755);
  await rename(`${file}.new`, file);
}

function above(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'));
}

function ignoreMissing(error: unknown): void {
  if (!isSystemError(error, 'ENOENT')) throw error;
}
