import { oneLine } from '../../core/projections/safe-text.ts';
import { shellWord } from '../shell-word.ts';
import { hasArrived } from './ask-remote.ts';
import { checkBefore, type NotOpened } from './check-before.ts';
import { addressIn } from './known-request.ts';
import { runProgram } from './outside-program.ts';
import type { PullRequest } from './prepare.ts';
import { isSamePlace, placeOf } from './remotes.ts';

export interface OpenOptions {
  /** The folder of the workspace. */
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Opened as a draft, which nobody is asked to review yet. */
  readonly draft: boolean;
  /** A person agreed that commits of the base which the remote does not have are pushed, too. */
  readonly withBase: boolean;
  readonly signal?: AbortSignal;
}

export type OpenedPullRequest =
  | {
      readonly ok: true;
      readonly url: string;
      /** There was one for this branch already: its commits are up to date now, its text was left. */
      readonly existed: boolean;
      /** Where it was pushed, where that is another repository than the remote is fetched from. */
      readonly pushedTo: string | null;
    }
  | NotOpened;

/** How far it came. */
type Stage =
  | { readonly is: 'asking' }
  | { readonly is: 'pushing'; readonly address: string }
  | { readonly is: 'pushed' };

type About = Pick<PullRequest, 'branch' | 'commit' | 'base' | 'ground' | 'title' | 'bodyFile'>;

/**
 * Pushes the branch and opens a pull request with `gh`, as the user would: with their configuration, hooks
 * and credentials. Nothing is pushed before it is clear that it can be opened, and nothing by force.
 */
export async function openPullRequest(
  about: About,
  options: OpenOptions,
): Promise<OpenedPullRequest> {
  let stage: Stage = { is: 'asking' };
  try {
    return await open(about, options, (reached) => (stage = reached));
  } catch (error) {
    if (options.signal?.aborted !== true) throw error;
    const message = `it was stopped: ${await howFar(about, options, stage)}`;
    return { ok: false, code: 'stopped', message };
  }
}

async function open(
  about: About,
  { cwd, env, draft, withBase, signal }: OpenOptions,
  reach: (stage: Stage) => void,
): Promise<OpenedPullRequest> {
  const place = { cwd, env, ...(signal === undefined ? {} : { signal }) };
  const ready = await checkBefore(place, about, { withBase });
  if (!ready.ok) return ready;
  const { branch, commit, base, title, bodyFile } = about;
  const { push, head, into, headAddress, isApart, known } = ready;
  reach({ is: 'pushing', address: headAddress });
  // What was looked at and is told of, whatever the branch holds by now.
  const from = `${commit}:refs/heads/${branch}`;
  const pushed = await runProgram('git', ['push', '--', push, from], place);
  if (pushed.code !== 0) {
    const message = `git could not push ${branch} to ${push}: ${pushed.says}`;
    return { ok: false, code: 'not-pushed', message };
  }
  reach({ is: 'pushed' });
  const pushedTo = isApart ? placeOf(head) : null;
  if (known !== null) return { ok: true, url: known, existed: true, pushedTo };
  const source = isSamePlace(head, into) ? branch : `${head.owner}:${branch}`;
  const args = [
    ...['pr', 'create', '--repo', placeOf(into), '--head', source, '--base', base],
    ...['--title', title, '--body-file', bodyFile, ...(draft ? ['--draft'] : [])],
  ];
  const made = await runProgram('gh', args, place);
  const url = made.code === 0 ? addressIn(made.stdout) : null;
  if (url !== null) return { ok: true, url, existed: false, pushedTo };
  const why = made.code === 0 ? `gh named no address: ${made.says}` : made.says;
  const message = `${branch} is pushed to ${push}, but gh did not open it: ${oneLine(why)}`;
  return { ok: false, code: 'not-opened', message };
}

/** What a person who stopped it wants to know: whether anything has left the machine. */
async function howFar(
  { branch, commit }: About,
  { cwd, env }: OpenOptions,
  stage: Stage,
): Promise<string> {
  if (stage.is === 'asking') return 'nothing was pushed';
  if (stage.is === 'pushed') {
    return `${branch} is pushed; whether its pull request is open is not known, the same command tells`;
  }
  switch (await hasArrived({ cwd, env }, stage.address, branch, commit)) {
    case true:
      return `${branch} is pushed, and no pull request was opened`;
    case false:
      return `${branch} was not pushed as far as the remote says now, and no pull request was opened`;
    case null:
      return `whether ${branch} is pushed is not known (git ls-remote tells ${shellWord(`refs/heads/${branch}`)}); no pull request was opened`;
  }
}
