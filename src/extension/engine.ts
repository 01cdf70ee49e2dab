/**
 * What the extension takes from the engine, and all by which runs are read and told. This is the entry
 * of a bundle of its own, which the extension imports when the first run, plan or command needs it:
 * see `engine-door.ts`. A window without runs does without.
 *
 * What reads plans and drives runs brings a parser and a schema library, half of the whole: it stands
 * behind a second door, so that a window that only looks at runs does without.
 */
import type { RunEvent } from '../core/events.ts';
import { inEnglish } from '../core/language.ts';
import type { Happening } from '../core/projections/happening-weight.ts';
import { happening as tell } from '../core/projections/happening.ts';

export { setLanguage } from '../core/language.ts';
export { moduleStatuses } from '../core/projections/module-status.ts';
export { needsYou } from '../core/projections/needs-you.ts';
export { replayEvent } from '../core/projections/timeline.ts';
export { systemClock } from '../engine/clock.ts';
export { listDrafts } from '../engine/draft/draft-folder.ts';
export { evidenceFiles } from '../engine/evidence-places.ts';
export { readHolder } from '../engine/journal/acquire-lock.ts';
export { Follower } from '../engine/journal/follow.ts';
export { keysOf } from '../engine/known-keys.ts';
export {
  approvalComparison,
  approvalFiles,
  compareContract,
  comparedFiles,
  compareSubmission,
  contractTests,
  contractTreeOf,
  evidencePlace,
  sealedFiles,
  submissionComparison,
} from '../engine/run-files.ts';
export { runFolder } from '../engine/run-folder.ts';
export { Store } from '../engine/store/store.ts';
export { listTranscripts, readTranscript } from '../engine/transcripts/read-transcripts.ts';
export { poolChoices } from './actions/agent-words.ts';
export { approvalDetail } from './actions/approval-words.ts';
export { budgetChoices, budgetRows, readBound, scopeWords } from './actions/budget-words.ts';
export { impactDetail } from './actions/impact-words.ts';
export { needsWords, progressWords } from './native/status-words.ts';
export { deskRun } from './runs/desk-run.ts';

/** For the log, which is English whatever the editor speaks. */
export const happening = (event: RunEvent): Happening | null => inEnglish(() => tell(event));

/** A function of a module that is loaded when it is first called. */
const late =
  <In extends readonly unknown[], Out>(load: () => Promise<(...given: In) => Out>) =>
  async (...given: In): Promise<Awaited<Out>> =>
    await (
      await load()
    )(...given);

export const notePlace = late(
  async () => (await import('../engine/insights/note-place.ts')).notePlace,
);
export const isCheckedOut = late(
  async () => (await import('../engine/store/contains-commit.ts')).isCheckedOut,
);
export const openDraft = late(
  async () => (await import('../engine/draft/contract-draft.ts')).openDraft,
);
export const readDraft = late(
  async () => (await import('../engine/draft/contract-draft.ts')).readDraft,
);
export const rebaseDraft = late(
  async () => (await import('../engine/draft/contract-draft.ts')).rebaseDraft,
);
export const removeDraft = late(
  async () => (await import('../engine/draft/contract-draft.ts')).removeDraft,
);
export const stageDraft = late(
  async () => (await import('../engine/draft/contract-draft.ts')).stageDraft,
);
export const unstageDraft = late(
  async () => (await import('../engine/draft/contract-draft.ts')).unstageDraft,
);
export const bringCommand = late(async () => (await import('../engine/person.ts')).bringCommand);
export const buildCommand = late(
  async () => (await import('../engine/build-command.ts')).buildCommand,
);
/** Slash commands for Claude Code, laid into a folder. */
export const claudePlugin = async () => await import('../engine/claude-plugin/lay-plugin.ts');
export const checkPlan = late(async () => (await import('../engine/check-plan.ts')).checkPlan);
export const checkAgain = late(async () => (await import('../engine/check-again.ts')).checkAgain);
export const comparedRuns = late(
  async () => (await import('./compare/compared-runs.ts')).comparedRuns,
);
export const completePlan = late(
  async () => (await import('./plan/complete-plan.ts')).completePlan,
);
export const describePlan = late(
  async () => (await import('./plan/complete-plan.ts')).describePlan,
);
export const describeName = late(
  async () => (await import('./plan/describe-name.ts')).describeName,
);
export const followsFrom = late(
  async () => (await import('./actions/follows-from.ts')).followsFrom,
);
export const findPlanning = late(
  async () => (await import('../engine/architect/planning-folder.ts')).findPlanning,
);
export const knownAgents = async () => (await import('../core/plan/rule-pools.ts')).knownAgents;
/** Names of a plan, where they are given and used. */
export const planOutlines = async () => await import('./plan/plan-outline.ts');
/** Reads a plan of a workspace folder again and again. */
export const livePlan = async (workspace: string) =>
  new (await import('../engine/live-plan.ts')).LivePlan(workspace);
export const loadPlan = late(async () => (await import('../engine/plan/load.ts')).loadPlan);
export const modelChoices = late(
  async () => (await import('./actions/model-choices.ts')).modelChoices,
);
export const openEditorModel = late(
  async () => (await import('./agents/editor-models.ts')).openEditorModel,
);
export const planGoal = late(
  async () => (await import('../engine/architect/plan-goal.ts')).planGoal,
);
export const planNames = late(async () => (await import('./plan/plan-names.ts')).planNames);
export const preparePullRequest = late(
  async () => (await import('../engine/pull-request/prepare.ts')).preparePullRequest,
);
export const openPullRequest = late(
  async () => (await import('../engine/pull-request/open.ts')).openPullRequest,
);
export const proposedWords = late(
  async () => (await import('./actions/planning-words.ts')).proposedWords,
);
export const refusalWords = late(
  async () => (await import('./actions/planning-words.ts')).refusalWords,
);
export const exportRun = late(
  async () => (await import('../engine/export/export-run.ts')).exportRun,
);
export const openRecord = late(
  async () => (await import('../engine/export/open-record.ts')).openRecord,
);
export const readReport = late(async () => (await import('../engine/run-record.ts')).readReport);
export const readRun = late(async () => (await import('../engine/run-record.ts')).readRun);
export const resumeRun = late(async () => (await import('../engine/start-run.ts')).resumeRun);
export const starterPlan = late(
  async () => (await import('./actions/starter-plan.ts')).starterPlan,
);
export const startRun = late(async () => (await import('../engine/start-run.ts')).startRun);
export const whyTold = async () => ({
  ...(await import('../core/projections/gate-status.ts')),
  ...(await import('../core/projections/why.ts')),
  ...(await import('../core/projections/why-words.ts')),
});
/** What models and the chat may do here. */
export const toolBench = async () => await import('../engine/tools/tools.ts');
export const verifyRun = late(async () => (await import('../engine/verify-run.ts')).verifyRun);
