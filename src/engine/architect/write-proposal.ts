import { lstat, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProposedFile } from '../agents/outcome.ts';
import { errorCode, replaceFile } from '../journal/durable.ts';

/** Where a plan and its design are laid: in the workspace's own folder. */
export interface PlanNames {
  readonly plan: string;
  readonly design: string;
}

const namePattern = /^[a-z0-9][a-z0-9-]{0,59}$/;

export const isPlanName = (name: string): boolean => namePattern.test(name);

export const planNames = (name: string): PlanNames => ({
  plan: `${name}.plan.yaml`,
  design: `${name}.design.md`,
});

/** A name made of what the artifact is called. */
export function planNameOf(artifact: unknown): string {
  const name = typeof artifact === 'string' ? artifact : '';
  const plain = name
    .slice(0, 200)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '');
  return plain === '' ? 'goal' : plain;
}

/** Of the two files those that are there already, whatever they are. */
export async function namesTaken(workspace: string, names: PlanNames): Promise<string[]> {
  const taken: string[] = [];
  for (const name of [names.plan, names.design]) {
    if ((await lstat(join(workspace, name)).catch(() => null)) !== null) taken.push(name);
  }
  return taken;
}

/** Of a file that takes the place of a link: as people's own files are. */
const usualMode = 0o644;

const maxNames = 1_000;

/** The name, or the first with a number behind it that nothing is called by. */
export async function freeName(workspace: string, name: string): Promise<string> {
  for (let number = 1; number <= maxNames; number++) {
    const tried = number === 1 ? name : `${name}-${number}`;
    if ((await namesTaken(workspace, planNames(tried))).length === 0) return tried;
  }
  throw new Error(`every name from ${name} to ${name}-${maxNames} is taken`);
}

/**
 * Writes a file that is not there yet, and answers why it could not. Its folders are made where they
 * are missing; none of them is a link.
 */
export async function writeNewFile(
  workspace: string,
  { path, text }: ProposedFile,
): Promise<string | null> {
  const parents = path.split('/').slice(0, -1);
  for (const index of parents.keys()) {
    const parent = parents.slice(0, index + 1).join('/');
    const there = await lstat(join(workspace, parent)).catch(() => null);
    if (there === null) await mkdir(join(workspace, parent));
    else if (!there.isDirectory()) return `${parent} is a link or a file, not a folder`;
  }
  try {
    await writeFile(join(workspace, path), text, { flag: 'wx' });
    return null;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return `${path} is there already`;
    throw error;
  }
}

/**
 * Puts a file in the place of one that a person gave up: whoever is ended on the way leaves the old one
 * or the new. A link there is replaced, not followed.
 */
export async function overwrite(
  workspace: string,
  { path, text }: ProposedFile,
): Promise<string | null> {
  const there = await lstat(join(workspace, path)).catch(() => null);
  if (there === null) return await writeNewFile(workspace, { path, text });
  if (there.isDirectory()) return `${path} is a folder`;
  await replaceFile(join(workspace, path), text, there.isFile() ? there.mode & 0o777 : usualMode);
  return null;
}
