import { join } from 'node:path';
import type { RunId } from '../../core/ids.ts';
import { inEnglish } from '../../core/language.ts';
import { chronicle } from '../../core/projections/chronicle.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import { pullRequestGround } from '../../core/projections/pull-request-ground.ts';
import { pullRequestText } from '../../core/projections/pull-request.ts';
import { withoutMachine } from '../export/machine-words.ts';
import { writeText } from '../run-folder.ts';
import { readRun } from '../run-record.ts';
import { findUserRepository } from '../store/user-repository.ts';
import { requireNoLink } from '../store/remove-folder.ts';
import { secretsOf } from '../transcripts/secrets.ts';
import { verifyRun } from '../verify-run.ts';
import { Branches, isBranchName } from './branches.ts';
import { chooseBase, type Counts } from './choose-base.ts';
import { chooseHead } from './choose-head.ts';

/** What a person wants to say of a pull request themselves; null: as the run has it. */
export interface PullRequestWishes {
  readonly branch: string | null;
  readonly base: string | null;
  readonly title: string | null;
  /** Markdown of their own. */
  readonly body: string | null;
}

export interface PullRequest extends Counts {
  readonly run: RunId;
  /** The branch with the result, and its tip. */
  readonly branch: string;
  readonly commit: string;
  /** The branch that it is to be merged into. */
  readonly base: string;
  readonly title: string;
  /** Markdown. */
  readonly body: string;
  /** Where the body lies, absolute. */
  readonly bodyFile: string;
}

export type PullRequestFailureCode =
  /** there is no such run, or the run has nothing to merge yet */
  | ('no-run' | 'not-complete' | 'no-repository' | 'not-whole' | 'nothing-to-merge')
  /** what was asked for cannot be */
  | ('branch-refused' | 'base-refused' | 'title-refused' | 'body-refused');

export type PreparedPullRequest =
  | { readonly ok: true; readonly pullRequest: PullRequest }
  | { readonly ok: false; readonly code: PullRequestFailureCode; readonly message: string };

const bodyName = 'pull-request.md';
/** What forges take. */
const maxTitleChars = 256;
const maxBodyChars = 65_536;

const no = (code: PullRequestFailureCode, message: string): PreparedPullRequest => ({
  ...{ ok: false, code, message },
});

/**
 * Prepares a pull request about what a run delivered: the branch, a title and a body. Nothing leaves the
 * machine. The branch is the delivered one, or another that is laid on the same commit.
 */
export async function preparePullRequest(
  workspace: string,
  wanted: RunId | null,
  wishes: PullRequestWishes,
): Promise<PreparedPullRequest> {
  const fault = faultOf(wishes);
  if (fault !== null) return fault;
  const read = await readRun(workspace, wanted);
  if (!read.ok) return no('no-run', read.message);
  const { record } = read;
  const replayed = inEnglish(() => chronicle(record.events));
  if (replayed === null) return no('no-run', `run ${record.run} never began`);
  const ground = pullRequestGround(replayed);
  if (!ground.ok) return no(ground.code, ground.message);
  const verified = await verifyRun(workspace, record.run);
  if (!verified.ok) return no('not-whole', verified.message);
  if (verified.problems.length > 0) {
    const [first = ''] = verified.problems;
    return no(
      'not-whole',
      `run ${record.run} is not as it was recorded: ${oneLine(first, 200)}; \`ashlar verify ${record.run}\` tells all`,
    );
  }
  const repository = await findUserRepository(workspace);
  if (repository === null) {
    return no('no-repository', 'the repository that the run delivered to is not there any more');
  }
  const branches = new Branches(repository);
  const { run } = record;
  if (wishes.branch !== null && wishes.branch === record.state.base.branch) {
    return no(
      'branch-refused',
      `${wishes.branch} is where run ${run} started; say another --branch`,
    );
  }
  const head = await chooseHead(branches, { run, ...ground.delivered }, wishes.branch);
  if (!head.ok) return no('branch-refused', head.message);
  const wished = wishes.base ?? record.state.base.branch ?? repository.branch;
  const base = await chooseBase(branches, record, {
    ...{ workspace, head: head.commit, name: wished },
  });
  if (!base.ok) return no(base.code, base.message);
  if (base.name === head.branch) {
    return no('base-refused', `${base.name} cannot be merged into itself; say another --base`);
  }
  if (!(await head.lay())) {
    return no(
      'branch-refused',
      `git refuses to make the branch ${head.branch}; say another --branch`,
    );
  }
  const { onTop, commit, branch } = head;
  const text = pullRequestText(record.events, { commit, onTop, verified: verified.checked });
  const secrets = secretsOf(process.env, record.state.plan, () => []);
  const machine = withoutMachine(workspace);
  const clean = (said: string): string => machine(secrets(said));
  const title = clean(wishes.title ?? text?.title ?? '');
  const body = clean(wishes.body ?? text?.body ?? '');
  await requireNoLink(workspace, join(record.folder, bodyName));
  await writeText(record.folder, bodyName, body);
  const bodyFile = join(record.folder, bodyName);
  const about = { run, branch, commit, base: base.name, ...base.counts };
  return { ok: true, pullRequest: { ...about, title, body, bodyFile } };
}

function faultOf({ branch, base, title, body }: PullRequestWishes): PreparedPullRequest | null {
  if (branch !== null && !isBranchName(branch)) {
    return no('branch-refused', `${shown(branch)} is no name for a branch`);
  }
  if (base !== null && !isBranchName(base)) {
    return no('base-refused', `${shown(base)} is no branch's name`);
  }
  if (title !== null && (title.length > maxTitleChars || oneLine(title, 300) !== title)) {
    const most = `${maxTitleChars} characters in one line`;
    return no('title-refused', `a title has at most ${most}, without spaces around it`);
  }
  if (body !== null && (body.length > maxBodyChars || body.includes('\0'))) {
    return no('body-refused', `a body has at most ${maxBodyChars} characters of text`);
  }
  return null;
}

const shown = (text: string): string => JSON.stringify(oneLine(text, 80));
