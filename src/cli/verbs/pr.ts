import { readFile, stat } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { oneLine } from '../../core/projections/safe-text.ts';
import { counted } from '../../core/projections/words.ts';
import { failureLine } from '../../engine/failure-line.ts';
import type { OpenedPullRequest } from '../../engine/pull-request/open.ts';
import type { PullRequest, PullRequestFailureCode } from '../../engine/pull-request/prepare.ts';
import type { Arguments } from '../arguments.ts';
import { listenForInterrupt } from '../interrupt.ts';
import { refuse } from '../refuse.ts';
import { shellWord } from '../shell-word.ts';
import type { Verb, VerbContext } from '../verb.ts';

/** What is the run's doing, rather than a mistake of who asked. */
const runs: ReadonlySet<PullRequestFailureCode> = new Set<PullRequestFailureCode>([
  ...(['not-complete', 'no-repository', 'not-whole', 'nothing-to-merge'] as const),
]);

/** Far more than a forge takes. */
const maxFileBytes = 1_000_000;

export const pr: Verb = async (context, given) => {
  const { terminal, engine, workspace } = context;
  if (given.flag('draft') && !given.flag('open')) {
    return refuse(terminal, 'pr: --draft says how it is opened; add --open');
  }
  const file = given.option('body-file');
  const body = file === null ? null : await readBody(resolve(workspace, file));
  if (body !== null && !body.ok) return refuse(terminal, `pr: --body-file ${body.says}`);
  const prepared = await engine.preparePullRequest(workspace, given.run(), {
    branch: given.option('branch'),
    base: given.option('base'),
    title: given.option('title'),
    body: body?.text ?? null,
  });
  if (!prepared.ok) {
    const code = refuse(terminal, prepared.message);
    return runs.has(prepared.code) ? 1 : code;
  }
  const { pullRequest } = prepared;
  const opened = given.flag('open') ? await open(context, given, pullRequest) : null;
  if (given.flag('json')) terminal.out(`${JSON.stringify(asJson(pullRequest, opened), null, 2)}\n`);
  else terminal.out(`${told(context, given, pullRequest, opened).join('\n')}\n`);
  if (opened === null || opened.ok) return 0;
  refuse(terminal, opened.message);
  return 1;
};

async function open(
  { terminal, engine, workspace, env }: VerbContext,
  given: Arguments,
  pullRequest: PullRequest,
): Promise<OpenedPullRequest> {
  using interrupt = listenForInterrupt(terminal);
  const { signal } = interrupt;
  const draft = given.flag('draft');
  return await engine.openPullRequest(pullRequest, { cwd: workspace, env, draft, signal });
}

async function readBody(
  path: string,
): Promise<{ readonly ok: true; readonly text: string } | { readonly ok: false; says: string }> {
  try {
    const stats = await stat(path);
    if (!stats.isFile()) return { ok: false, says: `${oneLine(path)}: it is no file` };
    if (stats.size > maxFileBytes) return { ok: false, says: `${oneLine(path)}: it is too long` };
    return { ok: true, text: await readFile(path, 'utf8') };
  } catch (error) {
    return { ok: false, says: failureLine(error) };
  }
}

function told(
  { workspace, program }: VerbContext,
  given: Arguments,
  { run, branch, base, commits, files, title, bodyFile }: PullRequest,
  opened: OpenedPullRequest | null,
): string[] {
  const text = relative(workspace, bodyFile);
  const lines = [
    title,
    `  branch  ${branch} into ${base}: ${counted(commits, 'commit')}, ${counted(files, 'file')}`,
    `  text    ${text}`,
  ];
  if (opened?.ok === true) {
    return opened.existed
      ? [
          ...lines,
          `  there   ${opened.url}`,
          '          its commits are up to date; its text was left',
        ]
      : [...lines, `  opened  ${opened.url}`];
  }
  return [
    ...lines,
    '  nothing was opened; branch and text are left as they are',
    ...(opened === null ? [`  next    ${program} pr ${run}${asked(given)} --open`] : []),
  ];
}

/** What was asked for, to be asked for again. */
function asked(given: Arguments): string {
  return ['branch', 'base', 'title', 'body-file']
    .map((name) => {
      const value = given.option(name);
      return value === null ? '' : ` --${name} ${shellWord(value)}`;
    })
    .join('');
}

/** The shape of `pr --json`. Fields are added, never renamed or removed. */
function asJson(pullRequest: PullRequest, opened: OpenedPullRequest | null) {
  return {
    ...pullRequest,
    url: opened?.ok === true ? opened.url : null,
    existed: opened?.ok === true && opened.existed,
    problem: opened?.ok === false ? { code: opened.code, message: opened.message } : null,
  };
}
