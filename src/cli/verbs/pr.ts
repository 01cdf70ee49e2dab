import { readFile, stat } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { oneLine } from '../../core/projections/safe-text.ts';
import { counted } from '../../core/projections/words.ts';
import { failureLine } from '../../engine/failure-line.ts';
import type { OpenedPullRequest } from '../../engine/pull-request/open.ts';
import type { PullRequest, PullRequestFailureCode } from '../../engine/pull-request/prepare.ts';
import { unpublishedLine } from '../../engine/pull-request/unpublished-line.ts';
import { shellWord } from '../../engine/shell-word.ts';
import type { Arguments } from '../arguments.ts';
import { listenForInterrupt } from '../interrupt.ts';
import { refuse } from '../refuse.ts';
import type { Verb, VerbContext } from '../verb.ts';

/** What is the run's doing, rather than a mistake of who asked. */
const runs: ReadonlySet<PullRequestFailureCode> = new Set<PullRequestFailureCode>([
  ...(['not-complete', 'no-repository', 'not-whole', 'nothing-to-merge'] as const),
]);

/** Far more than a forge takes. */
const maxFileBytes = 1_000_000;

export const pr: Verb = async (context, given) => {
  const { terminal, engine, workspace } = context;
  for (const how of ['draft', 'with-base'] as const) {
    if (!given.flag(how) || given.flag('open')) continue;
    return refuse(terminal, `pr: --${how} says how it is opened; add --open`);
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
  using interrupt = listenForInterrupt(terminal);
  const opened = given.flag('open')
    ? await open(context, given, pullRequest, interrupt.signal)
    : null;
  if (given.flag('json')) terminal.out(`${JSON.stringify(asJson(pullRequest, opened), null, 2)}\n`);
  else terminal.out(`${told(context, given, pullRequest, opened).join('\n')}\n`);
  if (opened === null || opened.ok) return 0;
  const consent = opened.code === 'unpublished-base' ? ', or add --with-base to push both' : '';
  refuse(terminal, `${opened.message}${consent}`);
  return interrupt.code ?? 1;
};

async function open(
  { engine, workspace, env }: VerbContext,
  given: Arguments,
  pullRequest: PullRequest,
  signal: AbortSignal,
): Promise<OpenedPullRequest> {
  const [draft, withBase] = [given.flag('draft'), given.flag('with-base')];
  return await engine.openPullRequest(pullRequest, {
    ...{ cwd: workspace, env, draft, withBase, signal },
  });
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
  pullRequest: PullRequest,
  opened: OpenedPullRequest | null,
): string[] {
  const { run, branch, base, commits, files, title, bodyFile } = pullRequest;
  const text = relative(workspace, bodyFile);
  const lines = [
    title,
    `  branch  ${branch} into ${base}: ${counted(commits, 'commit')}, ${counted(files, 'file')}`,
    `  text    ${text}`,
  ];
  if (opened?.ok === true) {
    if (opened.pushedTo !== null) lines.push(`  pushed  to ${opened.pushedTo}`);
    if (!opened.existed) return [...lines, `  opened  ${opened.url}`];
    const left = '          its commits are up to date; its text was left';
    return [...lines, `  there   ${opened.url}`, left];
  }
  // How far it came is said by the message.
  if (opened?.code === 'stopped') return lines;
  const ground = opened === null ? unpublishedLine(pullRequest) : null;
  if (ground !== null) lines.push(`  base    ${ground}`);
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
function asJson({ ground: _, ...said }: PullRequest, opened: OpenedPullRequest | null) {
  return {
    ...said,
    url: opened?.ok === true ? opened.url : null,
    existed: opened?.ok === true && opened.existed,
    pushedTo: opened?.ok === true ? opened.pushedTo : null,
    problem: opened?.ok === false ? { code: opened.code, message: opened.message } : null,
  };
}
