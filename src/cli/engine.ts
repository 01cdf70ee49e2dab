import type { PersonCommand } from '../core/commands/person.ts';
import type { Refusal } from '../core/commands/refusal.ts';
import type { RunEvent } from '../core/events.ts';
import type { RunId } from '../core/ids.ts';
import type { RunState } from '../core/state.ts';
import type { ModelChoice } from '../engine/agents/model-choice.ts';
import type { PlanGoalOptions } from '../engine/architect/plan-goal.ts';
import type { PlannedGoal } from '../engine/architect/planned-goal.ts';
import type { CheckAgain, CheckedAgain } from '../engine/check-again.ts';
import type { ExportedRun, ExportOptions } from '../engine/export/export-run.ts';
import type { CheckedPlan, CheckOptions, PreparedRun } from '../engine/check-plan.ts';
import type { Sent } from '../engine/person.ts';
import type { PersonRequest } from '../engine/person-request.ts';
import type { FixedPlan, FixOptions } from '../engine/plan/fix-plan.ts';
import type { OpenedPullRequest, OpenOptions } from '../engine/pull-request/open.ts';
import type {
  PreparedPullRequest,
  PullRequest,
  PullRequestWishes,
} from '../engine/pull-request/prepare.ts';
import type { TranscriptRow } from '../engine/transcripts/read-transcripts.ts';
import type { Unstamped } from '../engine/run-loop.ts';
import type { ReadRun, RunRecord } from '../engine/run-record.ts';
import type { SessionOptions } from '../engine/run-session.ts';
import type { PreviewedPlan, PreviewOptions } from '../engine/simulate-plan.ts';
import type { Verified } from '../engine/verify-run.ts';

/** A run that this process drives, as far as the command line looks at it. */
export interface Session extends AsyncDisposable {
  readonly run: RunId;
  readonly state: RunState;
  readonly events: readonly RunEvent[];
  readonly finished: Promise<RunState>;
  /** Something of it is durable, or nothing will be. */
  readonly begun: Promise<void>;
  ask(command: Unstamped<PersonCommand>): Promise<Refusal | null>;
  stop(): void;
}

export type Opened =
  | { readonly ok: true; readonly session: Session }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** All that the command line asks of the engine. */
export interface Engine {
  checkPlan(options: CheckOptions): Promise<CheckedPlan>;
  fixPlan(options: FixOptions): Promise<FixedPlan>;
  planGoal(options: PlanGoalOptions): Promise<PlannedGoal>;
  previewPlan(options: PreviewOptions): Promise<PreviewedPlan>;
  startRun(prepared: PreparedRun, options: SessionOptions): Promise<Opened>;
  resumeRun(workspace: string, run: RunId, options: SessionOptions): Promise<Opened>;
  listRuns(workspace: string): Promise<readonly RunId[]>;
  readRun(workspace: string, run: RunId | null): Promise<ReadRun>;
  /** The models that were named at its start, and stand in for those of its plan. */
  chosenModels(record: RunRecord): Promise<ModelChoice>;
  verifyRun(workspace: string, run: RunId | null): Promise<Verified>;
  checkAgain(asked: CheckAgain): Promise<CheckedAgain>;
  readReport(record: RunRecord): Promise<string>;
  preparePullRequest(
    workspace: string,
    run: RunId | null,
    wishes: PullRequestWishes,
  ): Promise<PreparedPullRequest>;
  openPullRequest(pullRequest: PullRequest, options: OpenOptions): Promise<OpenedPullRequest>;
  exportRun(workspace: string, options: ExportOptions): Promise<ExportedRun>;
  /** The folder of a planning; null where there is none of that id. */
  findPlanning(workspace: string, planning: RunId): Promise<string | null>;
  listTranscripts(
    runFolder: string,
    id: string,
    attempt: number | null,
  ): Promise<readonly TranscriptRow[]>;
  readTranscript(runFolder: string, file: string): Promise<string | null>;
  sendCommand(workspace: string, run: RunId, request: PersonRequest, by: string): Promise<Sent>;
}

/** The engine in this process; each part is loaded when it is first asked for. */
export const realEngine: Engine = {
  checkPlan: async (options) => (await import('../engine/check-plan.ts')).checkPlan(options),
  fixPlan: async (options) => (await import('../engine/plan/fix-plan.ts')).fixPlan(options),
  planGoal: async (options) => (await import('../engine/architect/plan-goal.ts')).planGoal(options),
  previewPlan: async (options) => (await import('../engine/simulate-plan.ts')).previewPlan(options),
  startRun: async (prepared, options) =>
    (await import('../engine/start-run.ts')).startRun(prepared, options),
  resumeRun: async (workspace, run, options) =>
    (await import('../engine/start-run.ts')).resumeRun(workspace, run, options),
  listRuns: async (workspace) => (await import('../engine/run-folder.ts')).listRuns(workspace),
  readRun: async (workspace, run) =>
    (await import('../engine/run-record.ts')).readRun(workspace, run),
  chosenModels: async ({ folder, events }) =>
    (await import('../engine/session-settings.ts')).chosenModels(folder, events),
  verifyRun: async (workspace, run) =>
    (await import('../engine/verify-run.ts')).verifyRun(workspace, run),
  checkAgain: async (asked) => (await import('../engine/check-again.ts')).checkAgain(asked),
  readReport: async (record) => (await import('../engine/run-record.ts')).readReport(record),
  preparePullRequest: async (workspace, run, wishes) =>
    (await import('../engine/pull-request/prepare.ts')).preparePullRequest(workspace, run, wishes),
  openPullRequest: async (pullRequest, options) =>
    (await import('../engine/pull-request/open.ts')).openPullRequest(pullRequest, options),
  exportRun: async (workspace, options) =>
    (await import('../engine/export/export-run.ts')).exportRun(workspace, options),
  findPlanning: async (workspace, planning) =>
    (await import('../engine/architect/planning-folder.ts')).findPlanning(workspace, planning),
  listTranscripts: async (folder, id, attempt) =>
    (await import('../engine/transcripts/read-transcripts.ts')).listTranscripts(
      folder,
      id,
      attempt,
    ),
  readTranscript: async (folder, file) =>
    (await import('../engine/transcripts/read-transcripts.ts')).readTranscript(folder, file),
  sendCommand: async (workspace, run, request, by) =>
    (await import('../engine/person.ts')).sendCommand(workspace, run, request, by),
};
