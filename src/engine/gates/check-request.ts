import type { Digest, TreeId } from '../../core/ids.ts';
import type { CheckPlan } from '../../core/plan/plan.ts';
import type { CheckResult, ListedTest } from '../../core/verdict.ts';
import type { SandboxMode } from './sandbox.ts';

/** A folder that set-up has made, to be laid into the tree read-only. */
export interface ProvidedFolder {
  /** Absolute. */
  readonly source: string;
  /** Where it belongs in the tree, root-relative. */
  readonly path: string;
}

/** What a result depends on beside the request itself; results with the same are interchangeable. */
export interface Judged {
  /** The assembled tree, before anything of ours was planted in it. */
  readonly tree: TreeId;
  /** Of the set-up's inputs and command; null where the plan has none. */
  readonly environment: Digest | null;
  /**
   * True: its gate holds resources, and what they hold may decide as well, so the result is neither
   * looked up nor kept. Checks that use resources of their own never are.
   */
  readonly withResources?: boolean;
  /** True: run it even where a result is kept, and hold the two against each other. */
  readonly again?: boolean;
}

/** One check on one assembled tree. */
export interface CheckRequest {
  readonly check: CheckPlan;
  /**
   * Absolute, and this request's alone: filled afresh, not linked, used once. Canaries are planted
   * in it, and a process that is found working in it afterwards was left behind. Empty until a
   * runner on the way lays out the judged tree.
   */
  readonly folder: string;
  /**
   * Root-relative files of the contract's tests, helpers and data among them: canaries are planted
   * in those that are run. Empty where no contract tells: then in all that are run.
   */
  readonly testFiles: readonly string[];
  /** What the run must hold, no more and no less; null where that is not known or not told. */
  readonly expected: readonly ListedTest[] | null;
  /** Id that every process of this check carries. */
  readonly effect: string;
  readonly sandbox: SandboxMode;
  readonly provided: readonly ProvidedFolder[];
  /** Null: the result is neither looked up nor kept. */
  readonly judged: Judged | null;
}

/** How far a passing report can be trusted. */
export type Assurance =
  /** canaries failed where they were planted, and the report carries the seal of our reporter */
  | 'canaries'
  /** the tests are told apart, but whoever runs beside them could have written the report */
  | 'report'
  /** nothing but an exit code */
  | 'exit';

/** A check's result with what only those who list tests or record the run ask for. */
export interface CheckRun extends CheckResult {
  /** Every test that was reported, whatever became of it, without canaries. */
  readonly listed: readonly ListedTest[];
  /** Of these, the skipped and the to-do ones. */
  readonly skipped: readonly ListedTest[];
  /** Root-relative test files that could not be loaded or ended before their tests. */
  readonly broken: readonly string[];
  /** False where the run was refused, as for want of a required sandbox. */
  readonly ran: boolean;
  readonly exit: number | null;
  readonly assurance: Assurance;
  readonly sandboxed: boolean;
}

/** The port behind which checks run. Never rejects for what a check does; only for bugs. */
export interface CheckRunner {
  /** An aborted check rejects with the signal's reason: it has no result. */
  run(request: CheckRequest, signal: AbortSignal): Promise<CheckRun>;
}
