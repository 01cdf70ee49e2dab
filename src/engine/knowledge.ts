import { lstat, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Insight } from '../core/projections/insights.ts';
import { errorCode } from './journal/durable.ts';
import { writeText } from './run-folder.ts';

/** Where the notes of all runs lie, beside `runs/`. */
export const knowledgeFolder = (runFolder: string): string =>
  join(dirname(dirname(runFolder)), 'knowledge');

/**
 * Keeps a run's notes, each whole or not at all; written again, they are the same files. Nothing is
 * written through a link: whoever laid one there may mean another folder.
 */
export async function writeInsights(folder: string, notes: readonly Insight[]): Promise<void> {
  await mkdir(folder).catch((error: unknown) => {
    if (errorCode(error) !== 'EEXIST') throw error;
  });
  if (!(await lstat(folder)).isDirectory()) throw new Error(`${folder} is no folder of its own`);
  for (const { file, text } of notes) await writeText(folder, file, text);
}
