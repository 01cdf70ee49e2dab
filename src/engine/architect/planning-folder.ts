import { lstat, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ashlarFolder } from '../store/store-folder.ts';

/** Where plannings keep what is theirs, from the workspace. */
export const planningPath = `${ashlarFolder}/planning`;

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

/** Makes it where it is missing, and gives its place; none of its folders is a link. */
export async function makePlanningFolder(workspace: string): Promise<string> {
  const folder = join(workspace, planningPath);
  await mkdir(folder, { recursive: true });
  const fault = await planningFolderFault(workspace);
  if (fault !== null) throw new Error(fault);
  return folder;
}
