import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { t } from '../../core/language.ts';

export const exampleName = 'tiny-lang';
export const examplePlan = `${exampleName}.plan.yaml`;

/** Whether a folder is a copy of the example: one click runs it there. */
export async function isExample(folder: string): Promise<boolean> {
  const parts = [examplePlan, 'script', 'contracts'].map((part) => stat(join(folder, part)));
  const found = await Promise.allSettled(parts);
  return found.every(({ status }) => status === 'fulfilled');
}

/**
 * Where in a folder that a person chose the example goes: into it, if it is empty, or else into a
 * new folder inside. A copy that is there already is taken as it is.
 */
export async function exampleTarget(chosen: string): Promise<string> {
  if ((await isExample(chosen)) || (await isEmpty(chosen))) return chosen;
  for (let count = 1; count <= 100; count++) {
    const target = join(chosen, count === 1 ? exampleName : `${exampleName}-${count}`);
    if ((await isEmpty(target)) || (await isExample(target))) return target;
  }
  throw new Error(t('There are a hundred copies of the example in {0} already.', chosen));
}

/** Copies the example into an empty folder or a new one, with a history of its own; all or nothing. */
export async function layOutExample(source: string, target: string): Promise<void> {
  if (await isExample(target)) return;
  if (!(await isEmpty(target))) throw new Error(t('{0} is not empty.', target));
  const made = await mkdir(target, { recursive: true });
  try {
    await copyWithHistory(source, target);
  } catch (error) {
    // All of it is ours: there was nothing before.
    const laid = made === undefined ? await readdir(target) : [''];
    for (const name of laid) await rm(join(target, name), { recursive: true, force: true });
    throw error;
  }
}

async function copyWithHistory(source: string, target: string): Promise<void> {
  const filter = (path: string): boolean => basename(path) !== '.ce-workspace';
  await cp(source, target, { recursive: true, filter, errorOnExist: true, force: false });
  await git(target, 'init', '--quiet');
  const author = ['-c', 'user.name=Ashlar example', '-c', 'user.email=example@localhost'];
  const own = [...author, '-c', 'commit.gpgsign=false', '-c', 'core.hooksPath=/dev/null'];
  await git(target, 'add', '--all');
  await git(target, ...own, 'commit', '--quiet', '-m', `${exampleName}, as shipped`);
}

const run = promisify(execFile);

/** Without the caller's GIT_DIR and the like, which would aim at another repository. */
async function git(cwd: string, ...given: string[]): Promise<void> {
  const env = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'));
  await run('git', given, { cwd, env: Object.fromEntries(env), timeout: 30_000 });
}

/** Also true where there is no such folder yet. */
async function isEmpty(folder: string): Promise<boolean> {
  const entries = await readdir(folder).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  });
  return entries.length === 0;
}
