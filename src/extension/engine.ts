/**
 * What the extension takes from the engine. This is the entry of a bundle of its own, which the
 * extension imports when the first run, plan or command needs it: see `engine-door.ts`.
 */
export { checkPlan } from '../engine/check-plan.ts';
export { systemClock } from '../engine/clock.ts';
export {
  openDraft,
  readDraft,
  rebaseDraft,
  removeDraft,
  stageDraft,
  unstageDraft,
} from '../engine/draft/contract-draft.ts';
export { listDrafts } from '../engine/draft/draft-folder.ts';
export { readHolder } from '../engine/journal/acquire-lock.ts';
export { Follower } from '../engine/journal/follow.ts';
export { bringCommand, buildCommand } from '../engine/person.ts';
export {
  approvalComparison,
  compareContract,
  comparedFiles,
  compareSubmission,
  contractTests,
  contractTreeOf,
  evidencePlace,
  submissionComparison,
} from '../engine/run-files.ts';
export { runFolder } from '../engine/run-folder.ts';
export { readReport } from '../engine/run-record.ts';
export { resumeRun, startRun } from '../engine/start-run.ts';
export { Store } from '../engine/store/store.ts';
