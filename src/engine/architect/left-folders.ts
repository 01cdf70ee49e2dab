import { existsSync } from 'node:fs';
import { effectLives } from '../gates/effect-processes.ts';
import { newRunId, runFolder } from '../run-folder.ts';
import type { WorkFolders } from '../store/work-folder.ts';

/** No planning takes as long; one that still works in this process is known by nothing else. */
const keptMs = 7 * 86_400_000;
/** As much of a run's id says when it was given. */
const minuteLength = '20260101-0000'.length;

/**
 * Removes the work folders that plannings and trials have left which were killed: unlike those of a
 * run, nobody goes on with them. Whatever cannot be removed stays, and is tried again.
 */
export async function removeLeftFolders(workspace: string, folders: WorkFolders): Promise<void> {
  const since = newRunId(Date.now() - keptMs).slice(0, minuteLength);
  for (const run of await folders.runs()) {
    if (run.slice(0, minuteLength) >= since || existsSync(runFolder(workspace, run))) continue;
    if (effectLives((effect) => effect.startsWith(`${run}/`))) continue;
    await folders.removeAll(run).catch(() => undefined);
  }
}
