import { lstat, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isRunId, type RunId } from '../../core/ids.ts';
import { ashlarFolder } from '../store/store-folder.ts';

/** Where plannings keep what is theirs, from the workspace. */
export const planningPath = `${ashlarFolder}/planning`;

/** What one planning leaves for people: its transcripts. */
const planningFolder = (workspace: string, planning: RunId): string =>
  join(workspace, planningPath, planning);

/** Of how many plannings that is kept. */
const keptPlannings = 20;

/** Why nothing can be kept there: a link leads to where nobody knows. null: it can. */
export async function planningFolderFault(workspace: string): Promise<string | null> {
  for (const path of [ashlarFolder, planningPath]) {
    const there = await lstat(join(workspace, path)).catch(() => null);
    if (there !== null && !there.isDirectory()) {
      return `${path} is a link or a file, and no link is followed there; take it away, and plan again`;
    }
  }
  return null;
}

/** Makes it where it is missing; none of its folders is a link. */
export async function makePlanningFolder(workspace: string): Promise<void> {
  await mkdir(join(workspace, planningPath), { recursive: true });
  const fault = await planningFolderFault(workspace);
  if (fault !== null) throw new Error(fault);
}

/** Makes the folder of one planning, and gives up those of the oldest where there are many. */
export async function beginPlanning(workspace: string, planning: RunId): Promise<string> {
  await makePlanningFolder(workspace);
  const all = (await readdir(join(workspace, planningPath))).filter(isRunId).sort();
  for (const old of all.slice(0, Math.max(0, all.length - keptPlannings + 1))) {
    await rm(planningFolder(workspace, old), { recursive: true, force: true });
  }
  const folder = planningFolder(workspace, planning);
  await mkdir(folder);
  return folder;
}

/** The folder of a planning; null where there is none, or a link in its place. */
export async function findPlanning(workspace: string, planning: RunId): Promise<string | null> {
  if ((await planningFolderFault(workspace)) !== null) return null;
  const folder = planningFolder(workspace, planning);
  const there = await lstat(folder).catch(() => null);
  return there?.isDirectory() === true ? folder : null;
}
