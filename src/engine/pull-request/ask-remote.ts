import { runProgram } from './outside-program.ts';
import type { PullRequest } from './prepare.ts';
import type { Remotes } from './remotes.ts';

interface Place {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
}

/** What the repository that it is merged in says of the base branch. */
export type BaseThere =
  | {
      readonly is: 'there';
      /** How many commits that the branch stands on it does not have. */
      readonly unpublished: number;
      /** How many of those are the base's; the run began on the others. */
      readonly ofBase: number;
    }
  | { readonly is: 'missing' }
  /** It holds commits that are not here, and nothing was ever fetched of it. */
  | { readonly is: 'unknown' }
  | { readonly is: 'not-reached'; readonly says: string };

/** `ground`: the commits that the branch stands on, of the base first. */
export async function askBase(
  place: Place,
  { push, into, baseAddress }: Remotes,
  { base, ground }: Pick<PullRequest, 'base' | 'ground'>,
): Promise<BaseThere> {
  const asked = await tipThere(place, baseAddress, base);
  if (!asked.ok) return { is: 'not-reached', says: asked.says };
  if (asked.tip === null) return { is: 'missing' };
  // What any branch of either has is public already; of the base itself it has just said what it has.
  const fetched = [push, into].flatMap((remote) => [
    `--exclude=${into}/${base}`,
    `--remotes=${remote}`,
  ]);
  // What others pushed there since may not be here; then what was last fetched says nearly the same.
  for (const name of [asked.tip, `refs/remotes/${into}/${base}`]) {
    const count = async (commits: readonly string[]): Promise<number | null> => {
      const beyond = [...commits, '--not', `${name}^{commit}`, ...fetched];
      const { code, stdout } = await runProgram('git', ['rev-list', '--count', ...beyond], place);
      return code === 0 ? Number(stdout.trim()) : null;
    };
    const [unpublished, ofBase] = [await count(ground), await count(ground.slice(0, 1))];
    if (unpublished !== null && ofBase !== null) return { is: 'there', unpublished, ofBase };
  }
  return { is: 'unknown' };
}

/** Whether a branch that was being pushed is there; null where the remote does not answer. */
export async function hasArrived(
  place: Place,
  remote: string,
  branch: string,
  commit: string,
): Promise<boolean | null> {
  // Whoever stopped it waits for the answer.
  const asked = await tipThere(
    { ...place, signal: AbortSignal.timeout(10_000) },
    remote,
    branch,
  ).catch(() => null);
  return !asked?.ok ? null : asked.tip === commit;
}

type Tip =
  | { readonly ok: true; readonly tip: string | null }
  | { readonly ok: false; readonly says: string };

async function tipThere(place: Place, remote: string, branch: string): Promise<Tip> {
  const ref = `refs/heads/${branch}`;
  const args = ['ls-remote', '--exit-code', '--', remote, ref];
  const { code, stdout, says } = await runProgram('git', args, place);
  // 2: it answers, and has no such branch.
  if (code !== 0 && code !== 2) return { ok: false, says };
  // A pattern also fits names that only end in it.
  const row = stdout.split('\n').find((line) => line.endsWith(`\t${ref}`));
  return { ok: true, tip: /^[0-9a-f]{40,64}(?=\t)/.exec(row ?? '')?.[0] ?? null };
}
