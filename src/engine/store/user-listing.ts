import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runGit, type GitCommand } from './git.ts';
import type { EntryMode, TreeEntry } from './tree-entry.ts';
import { userExcludes, type UserRepository } from './user-repository.ts';

/** A file as the user's index has it. */
export interface IndexedFile extends TreeEntry {
  /** 0, or the side of an unfinished merge. */
  readonly stage: number;
  /** Tracked, and left out of the work tree on purpose (sparse checkout). */
  readonly skipped: boolean;
}

export interface UserListing {
  readonly indexed: readonly IndexedFile[];
  /** Files that are neither tracked nor ignored. */
  readonly untracked: readonly string[];
  /** Folders with a repository of their own that this one does not know. */
  readonly nested: readonly string[];
}

/** How git reads the user's folder: with the user's repository, or with none but the ignore files. */
export function userPlace(
  workspace: string,
  storeGitDir: string,
  repository: UserRepository | null,
): Pick<GitCommand, 'cwd' | 'gitDir' | 'workTree' | 'indexFile'> {
  if (repository !== null) {
    return { cwd: workspace, gitDir: repository.gitDir, workTree: repository.top };
  }
  const indexFile = join(storeGitDir, 'no-index');
  return { cwd: workspace, gitDir: storeGitDir, workTree: workspace, indexFile };
}

/** What is in the user's folder, by the user's own rules. Paths are relative to the workspace. */
export async function listUserFiles(
  place: Pick<GitCommand, 'cwd' | 'gitDir' | 'workTree' | 'indexFile'>,
  signal?: AbortSignal,
): Promise<UserListing> {
  const settings = await userExcludes();
  const [indexed, others] = await Promise.all([
    runGit({ ...place, signal, args: ['ls-files', '-z', '-t', '--stage'] }),
    runGit({
      ...place,
      signal,
      settings,
      args: ['ls-files', '-z', '--others', '--exclude-standard', '--exclude=.ce-workspace'],
    }),
  ]);
  const found = splitZero(others.stdout).filter((path) => !isOurs(path));
  return {
    indexed: splitZero(indexed.stdout)
      .map(readIndexLine)
      .filter(({ path }) => !isOurs(path)),
    untracked: found.filter((path) => !path.endsWith('/')),
    nested: found.filter((path) => path.endsWith('/')).map((path) => path.slice(0, -1)),
  };
}

/** `H 100644 <oid> 0\t<path>` */
function readIndexLine(line: string): IndexedFile {
  const tab = line.indexOf('\t');
  const [tag = '', mode = '', oid = '', stage = '0'] = line.slice(0, tab).split(' ');
  return {
    path: line.slice(tab + 1),
    mode: mode as EntryMode,
    oid,
    stage: Number(stage),
    skipped: tag === 'S' || tag === 's',
  };
}

/** A file of the user's commit. */
export interface CommittedFile extends TreeEntry {
  /** 0 for a submodule. */
  readonly bytes: number;
}

/** The files that a commit has below the workspace's prefix, `.ce-workspace` left out. */
export async function listCommit(
  repository: Pick<UserRepository, 'gitDir' | 'prefix'>,
  commit: string,
  withSizes: boolean,
): Promise<CommittedFile[]> {
  const { stdout } = await runGit({
    cwd: repository.gitDir,
    gitDir: repository.gitDir,
    args: [
      ...['ls-tree', '-r', '-z', '--full-tree', ...(withSizes ? ['--long'] : [])],
      `${commit}:${repository.prefix}`,
    ],
    // The folder is not in the commit.
    accept: repository.prefix === '' ? [0] : [0, 128],
  });
  return splitZero(stdout)
    .map((line) => {
      const tab = line.indexOf('\t');
      const [mode = '', , oid = '', bytes = '0'] = line.slice(0, tab).split(/ +/);
      return {
        path: line.slice(tab + 1),
        mode: mode as EntryMode,
        oid,
        bytes: bytes === '-' ? 0 : Number(bytes),
      };
    })
    .filter(({ path }) => !isOurs(path));
}

/** Which of these paths have git LFS as their filter, by the attribute files in the folder. */
export async function listLfs(
  place: Pick<GitCommand, 'cwd' | 'gitDir' | 'workTree' | 'indexFile'>,
  paths: readonly string[],
): Promise<string[]> {
  const own = join(place.gitDir ?? '', 'info', 'attributes');
  if (!paths.some((path) => /(^|\/)\.gitattributes$/.test(path)) && !existsSync(own)) return [];
  const { stdout } = await runGit({
    ...place,
    args: ['check-attr', '-z', '--stdin', 'filter'],
    input: paths.map((path) => `${path}\0`).join(''),
  });
  const fields = splitZero(stdout);
  return paths.filter((path, index) => {
    return fields[index * 3] === path && fields[index * 3 + 2] === 'lfs';
  });
}

/** True for a path in a `.ce-workspace`, at whatever depth. */
function isOurs(path: string): boolean {
  return /(^|\/)\.ce-workspace(\/|$)/.test(path);
}

function splitZero(output: Buffer): string[] {
  const parts = output.toString('utf8').split('\0');
  parts.pop();
  return parts;
}
