import type { CheckPlan } from '../../core/plan/plan.ts';
import type { Evidence, ListedTest } from '../../core/verdict.ts';
import type { CheckRequest, CheckRun, CheckRunner, Judged } from './check-request.ts';
import { runGate } from './gate.ts';

/** A contract's checks, with the two trees on which they must not all pass. */
export interface ListingRequest {
  /** Lays out the tree that a request names. */
  readonly runner: CheckRunner;
  readonly checks: readonly CheckPlan[];
  readonly testFiles: readonly string[];
  readonly request: Pick<CheckRequest, 'effect' | 'sandbox' | 'provided'>;
  /** The tree with the stub in the module's place. */
  readonly stub: Judged;
  /** The tree with nothing in the module's place. */
  readonly nothing: Judged;
}

export type ListingRefusal =
  /** nothing fails on the stub: passing would prove nothing */
  | 'vacuous-on-stub'
  /** nothing fails on nothing */
  | 'vacuous-on-nothing'
  /** a test file does not run through even on the stub, so its tests are not known */
  | 'stub-does-not-load'
  /** a check that tells its tests apart told of none */
  | 'no-tests-listed'
  /** a test that is skipped on the stub could be skipped on a submission */
  | 'skipped-tests'
  /** on the stub a check ran out of time, left a process behind or gave no usable report */
  | 'unreliable'
  /** a check could not be run at all */
  | 'not-run';

export type Listing =
  | {
      readonly ok: true;
      readonly listed: readonly ListedTest[];
      /** False where no check tells its tests apart: then only exit codes are held against it. */
      readonly counted: boolean;
    }
  | {
      readonly ok: false;
      readonly code: ListingRefusal;
      readonly message: string;
      readonly evidence: readonly Evidence[];
    };

/** Lists a contract's tests by running them on the stub, and proves that passing them means something. */
export async function listTests(request: ListingRequest, signal: AbortSignal): Promise<Listing> {
  const stub = await runOn(request, request.stub, signal);
  const refusal = stub.map((run, index) => refusalOnStub(request.checks[index], run)).find(Boolean);
  if (refusal !== undefined && refusal !== null) return refusal;
  const empty = await runOn(request, request.nothing, signal);
  const counted = request.checks.some(tells);
  // Where tests are told apart, it is they who must fail: a lint that fails proves nothing for them.
  const deciding = (runs: readonly CheckRun[]): CheckRun[] =>
    runs.filter((_, index) => !counted || tells(request.checks[index]));
  if (!deciding(stub).some(fails)) return vacuous('vacuous-on-stub', counted);
  if (!deciding(empty).some(failsWithoutModule)) return vacuous('vacuous-on-nothing', counted);
  return { ok: true, listed: stub.flatMap((run) => run.listed), counted };
}

function runOn(
  { runner, checks, testFiles, request }: ListingRequest,
  judged: Judged,
  signal: AbortSignal,
): Promise<readonly CheckRun[]> {
  const common = { ...request, folder: '', testFiles, expected: null, judged };
  const requests = checks.map((check) => ({ ...common, check }));
  return runGate(runner, requests, signal);
}

function tells(check: CheckPlan | undefined): boolean {
  return check !== undefined && check.report !== 'exit';
}

function refusalOnStub(check: CheckPlan | undefined, run: CheckRun): Listing | null {
  const refuse = (code: ListingRefusal, message: string): Listing => ({
    ...{ ok: false, code, message: `Check ${run.check}: ${message}`, evidence: run.evidence },
  });
  if (!run.ran) return refuse('not-run', 'it could not be run.');
  if (run.outcome === 'timed-out') return refuse('unreliable', 'on the stub it ran out of time.');
  if (run.outcome === 'unstable') return refuse('unreliable', 'it does not always end the same.');
  if (!tells(check)) return null;
  if (run.broken.length > 0) {
    const files = run.broken.join(', ');
    return refuse('stub-does-not-load', `on the stub ${files} did not run through.`);
  }
  if (run.listed.length === 0) return refuse('no-tests-listed', 'it told of no tests.');
  if (run.skipped.length > 0) {
    const names = run.skipped.map(({ name }) => name).join(', ');
    return refuse('skipped-tests', `tests are skipped or to do: ${names.slice(0, 500)}.`);
  }
  const unreliable = run.evidence.some(({ kind }) => kind === 'limit' || kind === 'report');
  if (run.outcome === 'failed' && unreliable) {
    return refuse('unreliable', 'on the stub its report cannot be relied on.');
  }
  return null;
}

function fails(run: CheckRun): boolean {
  return run.outcome === 'failed';
}

/** Without the module a file that cannot be loaded is a failure like any other. */
function failsWithoutModule(run: CheckRun): boolean {
  return run.outcome === 'failed' || run.outcome === 'timed-out';
}

function vacuous(code: 'vacuous-on-stub' | 'vacuous-on-nothing', counted: boolean): Listing {
  const where = code === 'vacuous-on-stub' ? 'the stub' : 'a tree without it';
  const what = counted ? "all of the contract's tests pass" : 'all checks end with exit code 0';
  const message = `On ${where} ${what}: a module that passes them has proven nothing.`;
  return { ok: false, code, message, evidence: [] };
}
