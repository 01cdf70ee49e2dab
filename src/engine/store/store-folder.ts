import { lstat, mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { runGit } from './git.ts';
import type { ObjectFormat } from './object-id.ts';
import { isSystemError, StoreError } from './store-error.ts';

/** Where everything of ours lies in a workspace. */
export const ashlarFolder = '.ce-workspace';

/** What every store says of itself, so that a git started by somebody else keeps to it as well. */
function configOf(format: ObjectFormat): string {
  const sha256 = format === 'sha256';
  return [
    '[core]',
    `\trepositoryformatversion = ${sha256 ? 1 : 0}`,
    '\tbare = true',
    '\tfsync = all',
    '\thooksPath = /dev/null',
    ...(sha256 ? ['[extensions]', '\tobjectformat = sha256'] : []),
    '[gc]',
    '\tauto = 0',
    '[maintenance]',
    '\tauto = false',
    '[ashlar]',
    '\tstore = 1',
    '',
  ].join('\n');
}

/**
 * Makes `.ce-workspace/` and its store where they are missing; a start that was killed half-way is
 * finished. Gives the format of the store that is there. Throws `unsafe-folder` where a link stands
 * in the way: what we write must stay in the workspace.
 */
export async function prepareStoreFolder(
  workspace: string,
  wanted: () => Promise<ObjectFormat>,
): Promise<{ readonly gitDir: string; readonly format: ObjectFormat }> {
  const folder = join(workspace, ashlarFolder);
  await makeFolder(folder);
  await writeOnce(join(folder, '.gitignore'), '*\n');
  const gitDir = join(folder, 'store.git');
  await makeFolder(gitDir);
  const found = await storedFormat(gitDir);
  if (found !== null) return { gitDir, format: found };
  const format = await wanted();
  await runGit({
    cwd: folder,
    args: ['init', '--quiet', '--bare', '--template=', `--object-format=${format}`, gitDir],
  });
  await mkdir(join(gitDir, 'objects', 'pack'), { recursive: true });
  await writeDurably(join(gitDir, 'config'), configOf(format));
  return { gitDir, format };
}

async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder).catch((error: unknown) => {
    if (!isSystemError(error, 'EEXIST')) throw error;
  });
  if (!(await lstat(folder)).isDirectory()) {
    throw new StoreError('unsafe-folder', `${folder} is not a folder of its own`);
  }
}

/** The format of a finished store; null where there is none yet. */
async function storedFormat(gitDir: string): Promise<ObjectFormat | null> {
  const config = await readFile(join(gitDir, 'config'), 'utf8').catch((error: unknown) => {
    if (isSystemError(error, 'ENOENT')) return '';
    throw error;
  });
  if (!config.includes('[ashlar]')) return null;
  return /objectformat\s*=\s*sha256/i.test(config) ? 'sha256' : 'sha1';
}

async function writeOnce(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx').catch((error: unknown) => {
    if (isSystemError(error, 'EEXIST')) return null;
    throw error;
  });
  if (handle === null) return;
  try {
    await handle.writeFile(text);
  } finally {
    await handle.close();
  }
}

async function writeDurably(file: string, text: string): Promise<void> {
  const temporary = `${file}.new`;
  const handle = await open(temporary, 'w');
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, file);
}
