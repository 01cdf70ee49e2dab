import type { RunId } from '../../core/ids.ts';
import type { PlannedGoal } from '../architect/planned-goal.ts';
import type { CheckedPlan } from '../check-plan.ts';
import type { PersonRequest } from '../person-request.ts';
import type { PreparedPullRequest, PullRequestWishes } from '../pull-request/prepare.ts';
import type { Sent } from '../person.ts';
import type { ReadRun, RunRecord } from '../run-record.ts';
import type { Way } from '../../core/way.ts';

/** What came of starting a run, or of going on with one. */
export type Started =
  | { readonly ok: true; readonly run: RunId; readonly notes: readonly string[] }
  | { readonly ok: false; readonly message: string };

/** How far something is that takes a while. */
export interface Progress {
  readonly says: (text: string) => void;
  readonly signal: AbortSignal;
}

/** A goal as a tool is given it. */
export interface AskedGoal {
  readonly goal: string;
  /** null: the plan is called by its artifact. */
  readonly name: string | null;
  readonly answers: readonly string[];
}

/** What the tools act on: one workspace, whether a process or a window looks after it. */
export interface ToolWorld {
  /** Absolute; paths of plans are relative to it. */
  readonly workspace: string;
  /** UTC milliseconds. */
  now(): number;
  /** null: the latest. */
  readRun(run: RunId | null): Promise<ReadRun>;
  readReport(record: RunRecord): Promise<string>;
  checkPlan(planFile: string, progress: Progress): Promise<CheckedPlan>;
  planGoal(asked: AskedGoal, progress: Progress): Promise<PlannedGoal>;
  /** Answers once the run has begun; it goes on by itself. */
  startRun(planFile: string, way: Way, progress: Progress): Promise<Started>;
  resumeRun(run: RunId, progress: Progress): Promise<Started>;
  /** Nothing leaves the machine. */
  preparePullRequest(run: RunId | null, wishes: PullRequestWishes): Promise<PreparedPullRequest>;
  send(run: RunId, request: PersonRequest): Promise<Sent>;
}
