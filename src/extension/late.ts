/**
 * What is carried out when somebody asks for it, and is not needed before. This is the entry of a bundle
 * of its own, which `late-door.ts` loads; it has a copy of what it shares with others, the language too.
 */
export { setLanguage } from '../core/language.ts';
export { approveTold } from './actions/approve-told.ts';
export {
  compareApproval,
  compareSubmission,
  compareSubmissions,
} from './actions/compare-submissions.ts';
export { decideDispute } from './actions/decide-dispute.ts';
export { exportRun } from './actions/export-run.ts';
export { openInsight } from './actions/open-insight.ts';
export { hasEnded } from './actions/has-ended.ts';
export { openRecord, reopenRecord } from './actions/open-record.ts';
export { openContract, openTranscript, transcriptFromPalette } from './actions/open-documents.ts';
export { openSealed } from './actions/open-sealed.ts';
export { installClaudeCommands } from './actions/install-claude-commands.ts';
export { planGoal } from './actions/plan-goal.ts';
export { preparePullRequest } from './actions/prepare-pull-request.ts';
export { raiseBudget } from './actions/raise-budget.ts';
export { verifyRun } from './actions/verify-run.ts';
export { whyFromPalette } from './actions/why.ts';
export { compareFromPalette, restoreComparison } from './compare/compare-runs.ts';
export { answerChat } from './assist/chat.ts';
export { mcpServers } from './assist/mcp-servers.ts';
export {
  planDefinition,
  planReferences,
  planSymbols,
  prepareRename,
  renameInPlan,
} from './plan/name-providers.ts';
export { previewPlan, restorePreview } from './plan/plan-previews.ts';
export { invokeTool, prepareTool } from './assist/tool-calls.ts';
export { openDocuments } from './documents/run-documents.ts';
export { contractLenses } from './documents/contract-lenses.ts';
export { requestRevision } from './verdicts/request-revision.ts';
export { showVerdicts } from './verdicts/show-verdicts.ts';
