import { lstat, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { withoutControls } from '../../core/projections/safe-text.ts';
import { errorCode } from '../journal/durable.ts';
import { parseTranscriptName, type TranscriptOf } from './transcript-name.ts';
import { maxTranscriptChars } from './transcript-file.ts';

// For people alone: nothing under src/core, and no rule or agent of a run, reads what is read here.

export const transcriptsFolder = (runFolder: string): string => join(runFolder, 'transcripts');

/** One of a run's transcripts, not read yet. */
export interface TranscriptRow extends TranscriptOf {
  readonly file: string;
}

/** A run's transcripts of a module, tier or gate, in the order in which their agents began. */
export async function listTranscripts(
  runFolder: string,
  id: string,
  attempt: number | null,
): Promise<readonly TranscriptRow[]> {
  const names: string[] = await readdir(transcriptsFolder(runFolder)).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  });
  return names
    .flatMap((file) => {
      const of = parseTranscriptName(file);
      return of === null ? [] : [{ ...of, file }];
    })
    .filter((row) => row.id === id && (attempt === null || row.attempt === attempt))
    .sort((a, b) => a.order - b.order || a.agent - b.agent);
}

/** Far more than one is: a file that somebody put there must not fill the memory. */
const maxBytes = 8 * maxTranscriptChars;

/** Null where it is no file of ours. Whoever wrote it, nothing in it steers a terminal. */
export async function readTranscript(runFolder: string, file: string): Promise<string | null> {
  if (parseTranscriptName(file) === null) return null;
  const path = join(transcriptsFolder(runFolder), file);
  const stat = await lstat(path).catch(() => null);
  if (stat?.isFile() !== true || stat.size > maxBytes) return null;
  return withoutControls(await readFile(path, 'utf8'));
}
