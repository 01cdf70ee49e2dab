import type { Told } from '../../core/phrase.ts';
import { randomBytes } from 'node:crypto';
import { lstat, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from './durable.ts';

declare const brand: unique symbol;

/** `<UTC ms>-<random>`: sorts by when the command was given. */
export type CommandId = string & { readonly [brand]: 'CommandId' };

/** What another process asks of the driver. Its fields are checked where commands are decided. */
export interface InboxCommand {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** What became of a command. */
export type Answer =
  /** `seq`: the last event that it led to. */
  | { readonly accepted: true; readonly seq: number }
  | ({ readonly accepted: false; readonly code: string } & Told);

export const inboxLimits = { commandBytes: 1024 * 1024, commands: 1_000 } as const;

const idPattern = /^[0-9]{13}-[0-9a-f]{12}$/;

export const isCommandId = (text: string): text is CommandId => idPattern.test(text);

/** The later of two ids made in one process sorts behind the earlier, in one millisecond too. */
let latestMs = 0;

export function newCommandId(now: number): CommandId {
  latestMs = Math.max(now, latestMs + 1);
  return `${String(latestMs).padStart(13, '0')}-${randomBytes(6).toString('hex')}` as CommandId;
}

export const inboxPath = (runFolder: string): string => join(runFolder, 'inbox');
export const refusedPath = (runFolder: string): string => join(runFolder, 'inbox', 'refused');
const answersPath = (runFolder: string): string => join(runFolder, 'inbox', 'answers');

export function commandPath(runFolder: string, id: CommandId): string {
  return join(inboxPath(runFolder), `${id}.json`);
}

export function answerPath(runFolder: string, id: CommandId): string {
  return join(answersPath(runFolder), `${id}.json`);
}

/**
 * Makes the inbox where it is missing. Otherwise why it is not used: a link would have the driver
 * move and remove files of some other folder.
 */
export async function ensureInbox(
  runFolder: string,
): Promise<'ready' | 'run-missing' | 'inbox-unsafe'> {
  const folders = [inboxPath(runFolder), refusedPath(runFolder), answersPath(runFolder)];
  for (const folder of folders) {
    try {
      await mkdir(folder);
    } catch (error) {
      const code = errorCode(error);
      if (code === 'ENOENT' || code === 'ENOTDIR') return 'run-missing';
      if (code !== 'EEXIST') throw error;
      if (!(await lstat(folder)).isDirectory()) return 'inbox-unsafe';
    }
  }
  return 'ready';
}

/** How many commands nobody has taken yet; 0 where there is no inbox. */
export async function waitingCommands(runFolder: string): Promise<number> {
  const names = await readdir(inboxPath(runFolder)).catch(() => []);
  return names.filter((name) => name.endsWith('.json') && isCommandId(name.slice(0, -5))).length;
}
