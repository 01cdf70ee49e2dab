import { mkdir, realpath } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import type { CheckPlan } from '../../core/plan/plan.ts';
import { unreachable } from '../../core/unreachable.ts';
import { bwrapArguments } from './bwrap.ts';
import type { CheckRequest, CheckRun, CheckRunner } from './check-request.ts';
import { childEnvironment } from './child-environment.ts';
import { runChild } from './child.ts';
import { copyTree } from './copy-tree.ts';
import { excerptLine } from './excerpt.ts';
import { changedFiles, markFiles } from './file-marks.ts';
import type { HeadTail } from './head-tail.ts';
import type { Invocation } from './invocation.ts';
import { invokeNode } from './invoke-node.ts';
import { invokeExit, invokeJunit, invokeTap } from './invoke-others.ts';
import { judgeCheck } from './judge.ts';
import { redactionOf, type Redaction } from './redaction.ts';
import type { Report, ReportedTest } from './reporters/report.ts';
import { chooseSandbox, detectSandbox, type Sandbox } from './sandbox.ts';
import { makeScratch, type Scratch } from './scratch.ts';
import { toolChain } from './toolchain.ts';

/** Kept of a check's stdout and stderr each. */
const outputLimitBytes = 256 * 1024;

export interface RealCheckRunnerOptions {
  /** The environment that checks get the named part of. */
  readonly env?: NodeJS.ProcessEnv;
  readonly detect?: () => Promise<Sandbox>;
  /**
   * Takes secrets out of what checks say, beside the values that they are given: where nothing keeps
   * them apart they can see more than that. Left out: there are none.
   */
  readonly secrets?: Redaction;
}

/** Runs checks as children of this process, in a sandbox where there is one. */
export class RealCheckRunner implements CheckRunner {
  readonly #env: NodeJS.ProcessEnv;
  readonly #detect: () => Promise<Sandbox>;
  readonly #secrets: Redaction;

  constructor(options: RealCheckRunnerOptions = {}) {
    this.#env = options.env ?? process.env;
    this.#detect = options.detect ?? detectSandbox;
    this.#secrets = options.secrets ?? ((text) => text);
  }

  async run(request: CheckRequest, signal: AbortSignal): Promise<CheckRun> {
    signal.throwIfAborted();
    const choice = chooseSandbox(request.sandbox, await this.#detect());
    if (!choice.ok) return refused(request.check, choice.message);
    const sandboxed = choice.sandbox !== null;
    const folder = await realpath(request.folder);
    await using scratch = await makeScratch();
    await provide(request, folder, sandboxed);
    const env = childEnvironment(this.#env, request.check.sandbox.env, scratch, request.effect);
    const path = env.PATH ?? '';
    const invocation = await invoke(request, folder, scratch, sandboxed, path);
    const confine = sandboxed ? confinement(request, folder, scratch, invocation, path) : null;

    const before = await markFiles(folder, request.testFiles);
    const end = await runChild({
      command: invocation.command,
      cwd: folder,
      env: { ...env, ...invocation.env },
      timeoutMs: request.check.timeoutMs,
      outputLimitBytes,
      effect: request.effect,
      signal,
      confine,
      ownsCwd: true,
      input: null,
      onStdout: invocation.onStdout,
    });
    if (end.aborted) throw signal.reason;
    const given = redactionOf(this.#env, request.check.sandbox.env);
    const redact: Redaction = (text) => this.#secrets(given(text));
    const canaries = new Set(invocation.planted.map(({ name }) => name));
    return judgeCheck({
      check: request.check,
      folder,
      end: { ...end, stdout: told(end.stdout, redact), stderr: told(end.stderr, redact) },
      report: rooted(await invocation.report(), folder, (test) => {
        // A canary is known by its very words.
        return canaries.has(test.name) ? test : withoutValues(test, redact);
      }),
      redact,
      planted: invocation.planted,
      failingExit: invocation.failingExit,
      changed: changedFiles(before, await markFiles(folder, request.testFiles)),
      expected: request.expected,
      assurance: invocation.assurance,
      sandboxed,
    });
  }
}

/** In a sandbox folders are mounted on an empty one; elsewhere each check gets a copy. */
export async function provide(
  { provided }: Pick<CheckRequest, 'provided'>,
  folder: string,
  mounted: boolean,
): Promise<void> {
  for (const { source, path } of provided) {
    const target = join(folder, path);
    if (mounted) await mkdir(target, { recursive: true });
    else await copyTree(source, target);
  }
}

async function invoke(
  request: CheckRequest,
  folder: string,
  scratch: Scratch,
  sandboxed: boolean,
  path: string,
): Promise<Invocation> {
  const { check, testFiles } = request;
  switch (check.report) {
    case 'exit':
      return invokeExit(check);
    case 'tap':
      return invokeTap(check);
    case 'junit':
      return invokeJunit(check, folder, scratch.exchange, sandboxed);
    case 'node': {
      const { node } = await toolChain(path);
      const { exchange } = scratch;
      return invokeNode(check, { folder, testFiles, exchange, nodeVersion: node });
    }
    default:
      return unreachable(check.report);
  }
}

function confinement(
  request: CheckRequest,
  folder: string,
  scratch: Scratch,
  invocation: Invocation,
  path: string,
): (argv: readonly string[]) => readonly string[] {
  const { network, read } = request.check.sandbox;
  const standIns = invocation.writable.map(({ source, path }) => ({
    source,
    target: join(folder, path),
  }));
  const own = [scratch.home, scratch.temporary, scratch.exchange];
  const writable = [...own.map((source) => ({ source, target: source })), ...standIns];
  const { provided } = request;
  const outside = bwrapArguments({ tree: folder, writable, provided, network, read, path });
  return (argv) => ['bwrap', ...outside, ...argv];
}

/** An output before anything is cut out of it: half a value would not be found any more. */
const told = (output: HeadTail, redact: Redaction): HeadTail => ({
  ...output,
  ...{ head: redact(output.head), tail: redact(output.tail) },
});

const withoutValues = (test: ReportedTest, redact: Redaction): ReportedTest => ({
  ...test,
  ...{ name: redact(test.name), message: redact(test.message) },
});

/** Files as the plan names them: relative to the root, and names as plain text. */
function rooted(
  report: Report | null,
  folder: string,
  clean: (test: ReportedTest) => ReportedTest,
): Report | null {
  if (report?.ok !== true) return report;
  const tests = report.tests.map(clean).map((test) => ({
    ...test,
    file: excerptLine(rootRelative(test.file, folder)),
    name: excerptLine(test.name, 500),
  }));
  return { ok: true, tests };
}

function rootRelative(file: string, folder: string): string {
  return isAbsolute(file)
    ? relative(folder, file).replaceAll('\\', '/')
    : file.replace(/^\.\//, '');
}

function refused(check: CheckPlan, message: string): CheckRun {
  const evidence = {
    kind: 'check',
    check: check.name,
    test: null,
    file: null,
    line: null,
  } as const;
  return {
    check: check.name,
    outcome: 'failed',
    passed: 0,
    failed: 0,
    durationMs: 0,
    cached: false,
    evidence: [{ ...evidence, says: `was not run. ${message}` }],
    listed: [],
    skipped: [],
    broken: [],
    ran: false,
    exit: null,
    assurance: 'exit',
    sandboxed: false,
  };
}
