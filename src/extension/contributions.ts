/** What package.json contributes, typed once; `test/extension/contributions.test.ts` holds it against this. */

export const commands = {
  runExample: 'ashlar.runExample',
  runPlan: 'ashlar.runPlan',
  runPlanSequentially: 'ashlar.runPlanSequentially',
  checkPlan: 'ashlar.checkPlan',
  previewPlan: 'ashlar.previewPlan',
  openPlan: 'ashlar.openPlan',
  createPlan: 'ashlar.createPlan',
  planGoal: 'ashlar.planGoal',
  openBoard: 'ashlar.openBoard',
  chooseRun: 'ashlar.chooseRun',
  approveGate: 'ashlar.approveGate',
  rejectGate: 'ashlar.rejectGate',
  approveSubmission: 'ashlar.approveSubmission',
  rejectSubmission: 'ashlar.rejectSubmission',
  reopenModule: 'ashlar.reopenModule',
  amendContract: 'ashlar.amendContract',
  requestRevision: 'ashlar.requestRevision',
  confirmAmendment: 'ashlar.confirmAmendment',
  discardAmendment: 'ashlar.discardAmendment',
  pauseRun: 'ashlar.pauseRun',
  resumeRun: 'ashlar.resumeRun',
  cancelRun: 'ashlar.cancelRun',
  raiseBudget: 'ashlar.raiseBudget',
  switchAgents: 'ashlar.switchAgents',
  retryProvider: 'ashlar.retryProvider',
  decideDispute: 'ashlar.decideDispute',
  why: 'ashlar.why',
  openContract: 'ashlar.openContract',
  openTranscript: 'ashlar.openTranscript',
  compareSubmissions: 'ashlar.compareSubmissions',
  openSealed: 'ashlar.openSealed',
  openPostmortem: 'ashlar.openPostmortem',
  compareRuns: 'ashlar.compareRuns',
  verifyRun: 'ashlar.verifyRun',
  preparePullRequest: 'ashlar.preparePullRequest',
  installClaudeCommands: 'ashlar.installClaudeCommands',
  exportRun: 'ashlar.exportRun',
  openRecord: 'ashlar.openRecord',
  setKey: 'ashlar.setKey',
  removeKey: 'ashlar.removeKey',
  chooseLanguageModel: 'ashlar.chooseLanguageModel',
  previousEvent: 'ashlar.previousEvent',
  nextEvent: 'ashlar.nextEvent',
  previousVerdict: 'ashlar.previousVerdict',
  nextVerdict: 'ashlar.nextVerdict',
  previousFailure: 'ashlar.previousFailure',
  nextFailure: 'ashlar.nextFailure',
  previousAmendment: 'ashlar.previousAmendment',
  nextAmendment: 'ashlar.nextAmendment',
  playOrStop: 'ashlar.playOrStop',
  backToLive: 'ashlar.backToLive',
  showOutput: 'ashlar.showOutput',
  openWalkthrough: 'ashlar.openWalkthrough',
} as const;

export type CommandId = (typeof commands)[keyof typeof commands];

export const views = {
  container: 'ashlar',
  runBoard: 'ashlar.runBoard',
} as const;

/** Of the board's editor tabs; the serializer is registered for it. */
export const boardViewType = 'ashlar.board';

/** A board of a file, which is never mistaken for one of a run that goes on. */
export const recordViewType = 'ashlar.record';

/** Of the tabs that preview plans; the serializer is registered for it too. */
export const previewViewType = 'ashlar.planPreview';

/** Of the tabs that set two runs side by side; they have a serializer too. */
export const comparisonViewType = 'ashlar.comparison';

/** Context keys, set by `src/extension/native/context-keys.ts` alone, about the current run. */
export const contextKeys = {
  hasRun: 'ashlar.hasRun',
  /** Not over: it is driven, waits for a person, or was interrupted. */
  runOpen: 'ashlar.runOpen',
  runDriven: 'ashlar.runDriven',
  runForeign: 'ashlar.runForeign',
  runPaused: 'ashlar.runPaused',
  waitsForApproval: 'ashlar.waitsForApproval',
  canReopen: 'ashlar.canReopen',
  canAmend: 'ashlar.canAmend',
  hasDraft: 'ashlar.hasDraft',
  /** The run is one of the example: the walkthrough ends with it. */
  exampleStarted: 'ashlar.exampleStarted',
} as const;

/** Set by `src/extension/documents/shown-gate.ts` alone, about the active editor. */
export const editorKeys = {
  /** It compares exactly what a gate asks a person about now. */
  gateDiff: 'ashlar.gateDiff',
} as const;

export const settings = {
  section: 'ashlar',
  /** `prefer` | `require` | `off` */
  sandbox: 'sandbox',
  /** `work-tree` | `HEAD` */
  base: 'base',
  /** `ask` | `always` */
  resumeInterruptedRuns: 'resumeInterruptedRuns',
  /** Number ≥ 0.1: how many times as fast as real scripted agents play. */
  scriptedAgentSpeed: 'scriptedAgentSpeed',
  /** `vendor/id` of a language model of the editor; empty: none is chosen. */
  languageModel: 'languageModel',
  /** Where models of Anthropic are asked instead; empty: at their own provider. Of the machine alone. */
  baseUrl: 'baseUrl',
  /** The folder that holds the Agent SDK; empty: none is named. Of the machine alone. */
  claudeSdk: 'claudeSdk',
  /** The program of Claude Code; empty: the one that comes with the SDK. Of the machine alone. */
  claudeExecutable: 'claudeExecutable',
  openBoardOnStart: 'openBoardOnStart',
  notifyWhenNeeded: 'notifyWhenNeeded',
} as const;

export const chatParticipant = 'ashlar.chat';

export const mcpProvider = 'ashlar.mcp';

/** Tools for models of the editor, as the engine has them; each is `ashlar_` and its name. */
export const languageModelTools = [
  ...(['status', 'verdicts', 'why', 'report'] as const),
  ...(['check_plan', 'plan', 'run', 'resume', 'pr', 'approve', 'reject'] as const),
] as const;

/** Threads beside what was handed in; a reply is a request for a revision. */
export const commentController = 'ashlar.verdicts';

/** Read-only documents of a run: contracts, submissions, postmortems. */
export const documentScheme = 'ashlar';

export const planLanguageSelector = { pattern: '**/*.plan.{yaml,yml}' } as const;

export const walkthrough = 'ashlar.ashlar#start';
