import { oneLine } from '../../core/projections/safe-text.ts';
import { runProgram } from './outside-program.ts';
import type { PullRequest } from './prepare.ts';
import { findRemotes, type ForgeRepository } from './remotes.ts';

export interface OpenOptions {
  /** The folder of the workspace. */
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Opened as a draft, which nobody is asked to review yet. */
  readonly draft: boolean;
  readonly signal?: AbortSignal;
}

export type OpenedPullRequest =
  | {
      readonly ok: true;
      readonly url: string;
      /** There was one for this branch already: its commits are up to date now, its text was left. */
      readonly existed: boolean;
    }
  | {
      readonly ok: false;
      readonly code:
        'no-remote' | 'not-github' | 'no-gh' | 'not-logged-in' | 'not-pushed' | 'not-opened';
      /** What is missing, and what to do. */
      readonly message: string;
    };

type Failure = Extract<OpenedPullRequest, { ok: false }>;

const no = (code: Failure['code'], message: string): Failure => ({ ok: false, code, message });

/**
 * Pushes the branch and opens a pull request with `gh`, as the user would: with their configuration, hooks
 * and credentials. Nothing is pushed before it is clear that it can be opened, and nothing by force.
 */
export async function openPullRequest(
  { branch, base, title, bodyFile }: Pick<PullRequest, 'branch' | 'base' | 'title' | 'bodyFile'>,
  { cwd, env, draft, signal }: OpenOptions,
): Promise<OpenedPullRequest> {
  const place = { cwd, env, ...(signal === undefined ? {} : { signal }) };
  const remotes = await findRemotes(place, base);
  if (remotes === null) {
    return no(
      'no-remote',
      'this repository has no remote to push to; add one with `git remote add`',
    );
  }
  const { push, head } = remotes;
  const into = remotes.base;
  if (head === null || into === null) {
    return no(
      'not-github',
      `the remote ${push} is not on GitHub (GH_HOST names a host of your own); push ${branch} and open it there`,
    );
  }
  const gh = (...args: readonly string[]) => runProgram('gh', args, place);
  const login = await gh('auth', 'status', '--hostname', into.host);
  if (login.code === null) {
    return no('no-gh', 'the program `gh` is not installed (https://cli.github.com)');
  }
  if (login.code !== 0) {
    return no('not-logged-in', `\`gh\` is not logged in: gh auth login --hostname ${into.host}`);
  }
  const ref = `refs/heads/${branch}`;
  const pushed = await runProgram('git', ['push', '--', push, `${ref}:${ref}`], place);
  if (pushed.code !== 0) {
    return no('not-pushed', `git could not push ${branch} to ${push}: ${pushed.says}`);
  }
  const repo = ['--repo', `${into.host}/${into.owner}/${into.name}`];
  const from = isSame(head, into) ? branch : `${head.owner}:${branch}`;
  const known = await gh(
    ...['pr', 'list', ...repo, '--head', branch, '--base', base, '--state', 'open'],
    ...['--limit', '1', '--json', 'url'],
  );
  const there = known.code === 0 ? addressIn(known.stdout) : null;
  if (there !== null) return { ok: true, url: there, existed: true };
  const made = await gh(
    ...['pr', 'create', ...repo, '--head', from, '--base', base],
    ...['--title', title, '--body-file', bodyFile, ...(draft ? ['--draft'] : [])],
  );
  const url = made.code === 0 ? addressIn(made.stdout) : null;
  if (url !== null) return { ok: true, url, existed: false };
  const why = made.code === 0 ? `gh named no address: ${made.says}` : made.says;
  return no(
    'not-opened',
    `${branch} is pushed to ${push}, but gh did not open it: ${oneLine(why)}`,
  );
}

const isSame = (one: ForgeRepository, other: ForgeRepository): boolean =>
  one.owner.toLowerCase() === other.owner.toLowerCase() && one.host === other.host;

const addressIn = (text: string): string | null =>
  /https:\/\/[\w.-]+\/[\w.-]+\/[\w.-]+\/pull\/[0-9]+/.exec(text)?.[0] ?? null;
