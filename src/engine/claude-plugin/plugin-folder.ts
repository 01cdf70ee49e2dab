import { realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { firstLink } from '../store/remove-folder.ts';
import { isSystemError, StoreError } from '../store/store-error.ts';

export interface PluginPlace {
  readonly workspace: string;
  /** From the workspace, or absolute. */
  readonly folder: string;
}

/** Far more links than anybody lays one behind another. */
const mostLinks = 8;

/**
 * Where the commands lie. What a repository holds must not lead out of it; a folder elsewhere is a person's
 * own choice, and so are the links in their home.
 */
export async function pluginFolder({ workspace, folder }: PluginPlace): Promise<string> {
  let [root, path] = [workspace, resolve(workspace, folder)];
  if (path === root || relative(root, path).startsWith('..')) return path;
  for (let links = 0; ; links++) {
    const link = await firstLink(root, path);
    if (link === null) return path;
    const target = await realOrNull(link);
    const real = target === null ? null : join(target, relative(link, path));
    if (target === null || real === null || links >= mostLinks || !(await isHome(workspace))) {
      throw new StoreError('unsafe-folder', whatToDo(workspace, link, real));
    }
    [root, path] = [target, real];
    if (root === path) return path;
  }
}

function whatToDo(workspace: string, link: string, real: string | null): string {
  const says = `${relative(workspace, link) || link} in ${workspace} is a link, and what lies in a workspace must not lead out of it: put a folder there instead`;
  return real === null ? says : `${says}, or name the one that it leads to (${real})`;
}

const isHome = async (folder: string): Promise<boolean> =>
  (await realOrNull(folder)) === (await realOrNull(homedir()));

async function realOrNull(path: string): Promise<string | null> {
  try {
    return await realpath(path);
  } catch (error) {
    if (isSystemError(error, 'ENOENT', 'ENOTDIR', 'ELOOP')) return null;
    throw error;
  }
}
