import { runGit } from './git.ts';
import { findUserRepository } from './user-repository.ts';

/** Whether what is checked out around a workspace contains a commit, such as that of a delivery. */
export async function isCheckedOut(workspace: string, commit: string): Promise<boolean> {
  if (!/^[0-9a-f]{40}([0-9a-f]{24})?$/.test(commit)) return false;
  const repository = await findUserRepository(workspace);
  const head = repository?.head ?? null;
  if (repository === null || head === null) return false;
  const { exitCode } = await runGit({
    ...{ cwd: repository.gitDir, gitDir: repository.gitDir },
    args: ['merge-base', '--is-ancestor', commit, head],
    // 1: it does not; 128: there is no such commit.
    accept: [0, 1, 128],
  });
  return exitCode === 0;
}
