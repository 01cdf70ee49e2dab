import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { CheckPlan, CheckSandbox } from '../../../src/core/plan/plan.ts';
import type { ListedTest } from '../../../src/core/verdict.ts';
import type { CheckRequest, CheckRun } from '../../../src/engine/gates/check-request.ts';
import { detectSandbox, type SandboxMode } from '../../../src/engine/gates/sandbox.ts';

/** Files in a folder of their own, gone when disposed. */
export interface Tree extends AsyncDisposable {
  readonly folder: string;
}

export type Files = Readonly<Record<string, string>>;

export async function makeTree(files: Files): Promise<Tree> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'ashlar-test-')));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  return { folder, [Symbol.asyncDispose]: remove };
}

const sandbox: CheckSandbox = { network: false, read: [], env: [] };

export function checkPlan(run: string, more: Partial<CheckPlan> = {}): CheckPlan {
  return {
    ...{
      name: 'unit',
      run,
      report: 'exit',
      reportFile: '',
      between: [],
      timeoutMs: 60_000,
      resources: [],
      sandbox,
    },
    ...more,
  };
}

export function checkRequest(
  folder: string,
  check: CheckPlan,
  more: Partial<CheckRequest> = {},
): CheckRequest {
  return {
    ...{ check, folder, testFiles: [], expected: null, effect: effectId(), sandbox: 'off' },
    ...{ provided: [], judged: null, ...more },
  };
}

let effects = 0;

/** Unlike any other effect's, also in other test processes. */
export function effectId(): string {
  effects += 1;
  return `test-${process.pid}:${effects}`;
}

export const unaborted = new AbortController().signal;

export function listed(file: string, ...names: string[]): ListedTest[] {
  return names.map((name) => ({ check: 'unit', file, name }));
}

/** What a run said against its check, one line each. */
export function sayings(run: CheckRun): string[] {
  return run.evidence.map(({ kind, file, test, says }) =>
    [kind, file ?? '', test ?? '', says.split('\n', 1)[0]].join(' | '),
  );
}

/** Both ways in which checks run; the confined one only where the system offers it. */
export async function sandboxModes(): Promise<SandboxMode[]> {
  const offered = await detectSandbox();
  if (offered.kind === 'bwrap') return ['off', 'require'];
  console.warn(`checks are not tried in a sandbox: ${offered.reason}`);
  return ['off'];
}

/** A check's end as a fake runner tells it. */
export function finished(more: Partial<CheckRun> = {}): CheckRun {
  return {
    ...{ check: 'unit', outcome: 'passed', passed: 0, failed: 0, durationMs: 1, cached: false },
    ...{ evidence: [], listed: [], skipped: [], broken: [], ran: true, exit: 0 },
    ...{ assurance: 'exit', sandboxed: false, ...more },
  };
}
