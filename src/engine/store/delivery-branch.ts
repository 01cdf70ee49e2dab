import type { RunId } from '../../core/ids.ts';
import { readTrailers } from './delivery-commit.ts';
import { runGit, type GitCommand } from './git.ts';
import type { UserRepository } from './user-repository.ts';

/** A branch that a run may deliver to. */
export interface DeliveryBranch {
  readonly name: string;
  /** Null where it is still to be made. */
  readonly tip: string | null;
  /** Per module the tree that the branch's newest commit of it lays down. */
  readonly delivered: ReadonlyMap<string, string>;
  readonly checkedOut: boolean;
}

/** How far back the run's own commits are looked for, below those that people put on top. */
const maxHistory = 5_000;

/** The branches to try, in order: those of this run that are there already come first. */
export async function findBranches(
  repository: UserRepository,
  run: RunId,
): Promise<readonly DeliveryBranch[]> {
  const names = [`ashlar/${run}`, `ashlar-${run}`];
  const found = await Promise.all(names.map((name) => readBranch(repository, run, name)));
  const fit = found.filter((branch) => branch !== null);
  return [...fit.filter(({ tip }) => tip !== null), ...fit.filter(({ tip }) => tip === null)];
}

/** Null for a branch that is there and not of this run. */
async function readBranch(
  repository: UserRepository,
  run: RunId,
  name: string,
): Promise<DeliveryBranch | null> {
  const place = { cwd: repository.commonDir, gitDir: repository.commonDir };
  const ref = `refs/heads/${name}`;
  const parsed = await runGit({
    ...place,
    args: ['rev-parse', '-q', '--verify', ref],
    accept: [0, 1, 128],
  });
  const tip = parsed.stdout.toString().trim();
  if (parsed.exitCode !== 0) return { name, tip: null, delivered: new Map(), checkedOut: false };
  const delivered = await readDelivered(place, run, tip);
  if (delivered.size === 0) return null;
  return { name, tip, delivered, checkedOut: await isCheckedOut(place, ref) };
}

async function readDelivered(
  place: Pick<GitCommand, 'cwd' | 'gitDir'>,
  run: RunId,
  tip: string,
): Promise<Map<string, string>> {
  const { stdout } = await runGit({
    ...place,
    args: ['log', '-z', '--format=%B', '--first-parent', `--max-count=${maxHistory}`, tip],
  });
  const delivered = new Map<string, string>();
  for (const message of stdout.toString().split('\0')) {
    const trailers = readTrailers(message);
    if (trailers?.run !== run || delivered.has(trailers.module)) continue;
    delivered.set(trailers.module, trailers.tree);
  }
  return delivered;
}

async function isCheckedOut(place: Pick<GitCommand, 'cwd' | 'gitDir'>, ref: string) {
  const { stdout } = await runGit({ ...place, args: ['worktree', 'list', '--porcelain', '-z'] });
  return stdout.toString().split('\0').includes(`branch ${ref}`);
}

/** Moves a branch from where it was found; false where git refuses, or it has moved meanwhile. */
export async function moveBranch(
  repository: UserRepository,
  branch: DeliveryBranch,
  commit: string,
): Promise<boolean> {
  const zero = '0'.repeat(commit.length);
  const { exitCode } = await runGit({
    cwd: repository.commonDir,
    gitDir: repository.commonDir,
    settings: [
      ['user.name', 'Ashlar'],
      ['user.email', 'ashlar@localhost'],
    ],
    args: [
      ...['update-ref', '-m', 'ashlar: delivery', '--no-deref'],
      ...[`refs/heads/${branch.name}`, commit, branch.tip ?? zero],
    ],
    accept: [0, 1, 128],
  });
  return exitCode === 0;
}
