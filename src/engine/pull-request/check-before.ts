import { counted } from '../../core/projections/words.ts';
import { unreachable } from '../../core/unreachable.ts';
import { shellWord } from '../shell-word.ts';
import { askBase } from './ask-remote.ts';
import { findOurs } from './known-request.ts';
import { runProgram } from './outside-program.ts';
import type { PullRequest } from './prepare.ts';
import { findRemotes, placeOf, type ForgeRepository, type Remotes } from './remotes.ts';

/** Why a pull request was not opened. */
export type NotOpened = Missing | UnpublishedBase;

interface Missing {
  readonly ok: false;
  readonly code:
    | ('no-remote' | 'not-github' | 'no-gh' | 'not-logged-in' | 'not-reached' | 'no-base')
    | ('not-pushed' | 'not-opened' | 'stopped');
  /** What is missing, and what to do. */
  readonly message: string;
}

/** Commits of the base would go along that its repository does not have, and nobody agreed to that yet. */
interface UnpublishedBase {
  readonly ok: false;
  readonly code: 'unpublished-base';
  readonly message: string;
  readonly commits: number;
  /** All of them are the base's; else the run began on others. */
  readonly ofBase: boolean;
  /** The repository, as people name it. */
  readonly where: string;
}

/** All that is known before anything is pushed. */
export interface Ready extends Pick<Remotes, 'push' | 'headAddress' | 'isApart'> {
  readonly ok: true;
  readonly head: ForgeRepository;
  readonly into: ForgeRepository;
  /** The address of the pull request that there is for this branch already. */
  readonly known: string | null;
}

interface Place {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
}

const no = (code: Missing['code'], message: string): Missing => ({ ok: false, code, message });

/** Asks git, `gh` and the remote whether it can be opened; `withBase`: unpublished commits may go along. */
export async function checkBefore(
  place: Place,
  { branch, base, ground }: Pick<PullRequest, 'branch' | 'base' | 'ground'>,
  { withBase }: { readonly withBase: boolean },
): Promise<Ready | NotOpened> {
  const remotes = await findRemotes(place, base);
  if (remotes === null) {
    return no(
      'no-remote',
      'this repository has no remote to push to; add one with `git remote add`',
    );
  }
  const { push, head, headAddress, isApart } = remotes;
  const into = remotes.base;
  if (head === null || into === null) {
    const which = head === null ? `where ${push} is pushed to` : `the remote ${remotes.into}`;
    return no(
      'not-github',
      `${which} is not on GitHub (GH_HOST names a host of your own); push ${branch} and open it there`,
    );
  }
  if (head.host !== into.host) {
    return no(
      'not-github',
      `no pull request leads from ${placeOf(head)} to ${placeOf(into)}; git config remote.pushDefault says where it is pushed to`,
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
  const faultOfBase = await checkBase(place, remotes, { base, ground, into, branch, withBase });
  if (faultOfBase !== null) return faultOfBase;
  const found = await findOurs(gh, { into, head, branch, base });
  if (!found.ok) {
    return no(
      'not-opened',
      `gh cannot list the pull requests of ${placeOf(into)}, so nothing was pushed: ${found.says}`,
    );
  }
  return { ok: true, push, headAddress, isApart, head, into, known: found.url };
}

interface Basing extends Pick<PullRequest, 'branch' | 'base' | 'ground'> {
  readonly into: ForgeRepository;
  readonly withBase: boolean;
}

/** Whether the base is there, and what of it would be made public by the way. */
async function checkBase(
  place: Place,
  remotes: Remotes,
  { base, ground, into, branch, withBase }: Basing,
): Promise<NotOpened | null> {
  const there = await askBase(place, remotes, { base, ground });
  const where = placeOf(into);
  const named = `${remotes.into} ${shellWord(base)}`;
  switch (there.is) {
    case 'there': {
      const { unpublished: commits } = there;
      if (commits === 0 || withBase) return null;
      const ofBase = there.ofBase === commits;
      const some = counted(commits, 'commit');
      return {
        ...{ ok: false, code: 'unpublished-base', commits, ofBase, where },
        message: ofBase
          ? `${some} of ${base} that ${where} does not have would be pushed with ${branch}; push ${base} first (git push ${named})`
          : `${some} that the run began on and ${where} does not have would be pushed with ${branch}; push the branch that they are of first`,
      };
    }
    case 'missing':
      return no(
        'no-base',
        `${where} has no branch ${base}; push it first (git push ${named}), or say another --base`,
      );
    case 'unknown':
      return no(
        'no-base',
        `what ${where} has as ${base} is not known here; fetch it first (git fetch ${named})`,
      );
    case 'not-reached':
      return no('not-reached', `git could not ask ${where} for its branch ${base}: ${there.says}`);
    default:
      return unreachable(there);
  }
}
