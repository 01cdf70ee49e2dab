import type { RunId } from '../../core/ids.ts';
import { readTrailers } from '../store/delivery-commit.ts';
import { moveBranch } from '../store/delivery-branch.ts';
import { runGit, type GitResult } from '../store/git.ts';
import type { UserRepository } from '../store/user-repository.ts';

/** The user's branches, as far as a pull request needs them; nothing of the user's configuration runs. */
export class Branches {
  readonly #repository: UserRepository;

  constructor(repository: UserRepository) {
    this.#repository = repository;
  }

  /** The commit of a branch here or, where there is none, of that name as the remote last had it. */
  async find(name: string, remote: string | null): Promise<string | null> {
    return (await this.tip(name)) ?? (remote === null ? null : await this.lastSeen(remote, name));
  }

  /** The commit of a remote's branch when it was last fetched from or pushed to. */
  lastSeen(remote: string, name: string): Promise<string | null> {
    return this.#commit(`refs/remotes/${remote}/${name}`);
  }

  tip(name: string): Promise<string | null> {
    return this.#commit(`refs/heads/${name}`);
  }

  async holds(commit: string): Promise<boolean> {
    return (await this.#commit(commit)) !== null;
  }

  /** Whether everything of `ancestor` is in `commit`. */
  async contains(commit: string, ancestor: string): Promise<boolean> {
    const { exitCode } = await this.#git(['merge-base', '--is-ancestor', ancestor, commit], [0, 1]);
    return exitCode === 0;
  }

  /** null where the two have nothing in common. */
  async common(one: string, other: string): Promise<string | null> {
    const { exitCode, stdout } = await this.#git(['merge-base', one, other], [0, 1]);
    return exitCode === 0 ? stdout.toString().trim() : null;
  }

  async count(from: string, to: string): Promise<number> {
    return await this.countBeyond([from], [to]);
  }

  /** How many commits are in any of `commits` and in none of `known`, which may be `--remotes=…`, too. */
  async countBeyond(known: readonly string[], commits: readonly string[]): Promise<number> {
    const { stdout } = await this.#git(['rev-list', '--count', ...commits, '--not', ...known]);
    return Number(stdout.toString().trim());
  }

  async filesChanged(from: string, to: string): Promise<number> {
    const args = ['diff-tree', '-r', '--name-only', '-z', '--no-commit-id', from, to];
    const { stdout } = await this.#git(args);
    return stdout.toString().split('\0').length - 1;
  }

  /** Whether a branch ends in a commit of the run, so that nothing of a person's is moved. */
  async endsInRun(tip: string, run: RunId): Promise<boolean> {
    const { stdout } = await this.#git(['log', '-1', '--format=%B', tip]);
    return readTrailers(stdout.toString())?.run === run;
  }

  async isCheckedOut(name: string): Promise<boolean> {
    const { stdout } = await this.#git(['worktree', 'list', '--porcelain', '-z']);
    return stdout.toString().split('\0').includes(`branch refs/heads/${name}`);
  }

  /** False where git refuses, or the branch has moved meanwhile. */
  move(name: string, tip: string | null, commit: string): Promise<boolean> {
    const branch = { name, tip, delivered: new Map<string, string>(), checkedOut: false };
    return moveBranch(this.#repository, branch, commit);
  }

  async #commit(name: string): Promise<string | null> {
    const args = ['rev-parse', '-q', '--verify', '--end-of-options', `${name}^{commit}`];
    const { exitCode, stdout } = await this.#git(args, [0, 1, 128]);
    return exitCode === 0 ? stdout.toString().trim() : null;
  }

  #git(args: readonly string[], accept: readonly number[] = [0]): Promise<GitResult> {
    const { commonDir } = this.#repository;
    return runGit({ cwd: commonDir, gitDir: commonDir, args, accept });
  }
}

/**
 * As git takes them: letters of any language and the usual signs, nothing that is no part of a name in an
 * argument of git or `gh`. What runs in a shell quotes them.
 */
export const isBranchName = (name: string): boolean =>
  name.length <= 200 &&
  /^[\p{L}\p{N}_#@][\p{L}\p{M}\p{N}._/+#@=,%!-]*$/u.test(name) &&
  !/\.\.|\/\/|\/\.|\.lock(\/|$)|[./]$|^(@|HEAD)$|^refs\//.test(name);
