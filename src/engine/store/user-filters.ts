import { runGit, type GitCommand } from './git.ts';

export interface UserFilters {
  /** Settings under which git runs none of the filter programs that the repository names. */
  readonly off: readonly (readonly [string, string])[];
  /** False where the repository says that its file system has no executable bit. */
  readonly keepsExecutable: boolean;
}

/** Reads from the repository's own configuration what would change bytes or modes. */
export async function readUserFilters(
  place: Pick<GitCommand, 'cwd' | 'gitDir' | 'workTree'>,
): Promise<UserFilters> {
  const { stdout } = await runGit({
    ...place,
    args: ['config', '-z', '--get-regexp', '^(core\\.filemode|filter\\..*)$'],
    accept: [0, 1],
  });
  const off: (readonly [string, string])[] = [];
  let keepsExecutable = process.platform !== 'win32';
  for (const item of stdout.toString().split('\0').filter(Boolean)) {
    const newline = item.indexOf('\n');
    const key = newline === -1 ? item : item.slice(0, newline);
    if (key === 'core.filemode') keepsExecutable &&= item.slice(newline + 1) !== 'false';
    else off.push([key, key.endsWith('.required') ? 'false' : '']);
  }
  return { off, keepsExecutable };
}

/**
 * Tracked files that git, going by time and size alone, cannot vouch for. Needed where a filter or
 * a line end makes the file's bytes differ from its blob although nobody touched it.
 */
export async function listTouched(
  place: Pick<GitCommand, 'cwd' | 'gitDir' | 'workTree'>,
  filters: UserFilters,
): Promise<ReadonlySet<string>> {
  const { stdout } = await runGit({
    ...place,
    settings: filters.off,
    args: ['diff-files', '-z', '--name-only', '--relative', '--ignore-submodules=all'],
  });
  return new Set(stdout.toString().split('\0').filter(Boolean));
}
