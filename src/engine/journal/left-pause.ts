import { readdir } from 'node:fs/promises';
import { commandPath, inboxLimits, inboxPath, isCommandId } from './inbox-folder.ts';
import { parseObject, readSmallFile } from './small-file.ts';

/** A pause says little more than who asked for it. */
const largestPauseBytes = 64 * 1024;

/** Whether a person has left a pause that nobody who drives the run has taken yet. */
export async function holdsPause(runFolder: string): Promise<boolean> {
  const names = await readdir(inboxPath(runFolder)).catch(() => []);
  const ids = names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -5));
  for (const id of ids.filter(isCommandId).sort().slice(0, inboxLimits.commands)) {
    const file = await readSmallFile(commandPath(runFolder, id), largestPauseBytes);
    if (file.ok && parseObject(file.text)?.type === 'pause-run') return true;
  }
  return false;
}
