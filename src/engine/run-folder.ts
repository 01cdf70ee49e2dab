import { randomBytes, randomInt } from 'node:crypto';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isRunId, runId, type RunId } from '../core/ids.ts';
import { errorCode } from './journal/durable.ts';
import { ashlarFolder } from './store/store-folder.ts';

export const runsFolder = (workspace: string): string => join(workspace, ashlarFolder, 'runs');

export const runFolder = (workspace: string, run: RunId): string =>
  join(runsFolder(workspace), run);

/** The workspace's runs, oldest first; none where there is no such folder. */
export async function listRuns(workspace: string): Promise<RunId[]> {
  const names: string[] = await readdir(runsFolder(workspace)).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  });
  return names.filter((name) => isRunId(name)).sort();
}

const base32 = '0123456789abcdefghijklmnopqrstuv';

/** A name for what begins at `at` (UTC milliseconds), by its minute and by chance. */
export function newRunId(at: number): RunId {
  const digits = new Date(at).toISOString().replaceAll(/[-:T]/g, '');
  const chance = Array.from({ length: 4 }, () => base32[randomInt(32)]).join('');
  return runId(`${digits.slice(0, 8)}-${digits.slice(8, 12)}-${chance}`);
}

/** Makes the folder of a new run. */
export async function makeRunFolder(workspace: string, at: number): Promise<RunId> {
  await mkdir(runsFolder(workspace), { recursive: true });
  for (;;) {
    const run = newRunId(at);
    try {
      await mkdir(runFolder(workspace, run));
      return run;
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
  }
}

/** Writes a text for people whole or not at all; the journal does not depend on it. */
export async function writeText(folder: string, name: string, text: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  // A name that nobody can have put a link at; nothing here needs to survive a power failure.
  const temporary = join(folder, `.${randomBytes(9).toString('hex')}.tmp`);
  try {
    await writeFile(temporary, text, { flag: 'wx' });
    await rename(temporary, join(folder, name));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
