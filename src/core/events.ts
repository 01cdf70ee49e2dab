import type { Amount } from './budget.ts';
import type { ConflictDecision, ConflictKind, ConflictRule, IfUpheld } from './conflict.ts';
import type { Digest, GateId, ModuleId, NodeRef, Order, RunId, TierId, TreeId } from './ids.ts';
import type { Plan, PoolKind } from './plan/plan.ts';
import type { ProviderTrouble } from './provider-trouble.ts';
import type { Scope } from './scopes.ts';
import type { UsageLine } from './usage.ts';
import type { CheckResult, Evidence, Verdict } from './verdict.ts';

/** What every event carries besides its own fields; the journal adds `v`, `prev`, `decision`, `end`. */
interface Recorded {
  /** 1 for the first event of a run, then without gaps. */
  readonly seq: number;
  /** UTC milliseconds, never decreasing within a run. */
  readonly at: number;
}

/** Where work on a module was done: which attempt, and which replacement of its agent. */
export interface AttemptOf {
  readonly module: ModuleId;
  /** 1-based; a revision is a new attempt. */
  readonly attempt: number;
  /** 1-based; a crash, a stall or a provider's failure is the same attempt, one epoch on. */
  readonly epoch: number;
}

// The run

/** A fit plan was started; prerequisites are being checked. */
export interface RunStarted extends Recorded {
  readonly type: 'run-started';
  readonly run: RunId;
  readonly plan: Plan;
  readonly base: BaseRecord;
  /** How checks are kept apart from the machine: what was asked for, and what the system offers. */
  readonly sandbox: SandboxRecord;
  /** Seals of an earlier run that stand in for generation where their input is the same. */
  readonly adoptable: readonly Adoptable[];
}

export interface Adoptable {
  readonly module: ModuleId;
  readonly from: RunId;
  readonly seal: Digest;
  readonly tree: TreeId;
  /** Amendments between version 1 and the sealed one, oldest first; the last one is the seal's. */
  readonly amendments: readonly AdoptedAmendment[];
}

export interface AdoptedAmendment {
  readonly contract: TreeId;
  readonly listing: Digest;
  readonly tests: number;
  readonly reason: string;
}

/** What a run builds on: the user's files, copied into the store. */
export interface BaseRecord {
  readonly tree: TreeId;
  /** A parentless commit of the tree, in the store. */
  readonly commit: string;
  /** The commit that the user's HEAD named; null without a repository or before its first commit. */
  readonly head: string | null;
  readonly branch: string | null;
  readonly repository: 'none' | 'top' | 'inside';
  /** The workspace's folder in the user's repository: '' at its top, else `packages/app/`. */
  readonly prefix: string;
  readonly dirty: boolean;
  /** The first of the paths that differ from `head`. */
  readonly dirtyPaths: readonly string[];
  readonly dirtyCount: number;
  /** Blob of the differences between `head` and the base. */
  readonly changes: string;
  readonly files: number;
  readonly bytes: number;
  readonly submodules: readonly string[];
  readonly lfs: readonly string[];
}

export interface SandboxRecord {
  readonly mode: 'require' | 'prefer' | 'off';
  readonly kind: 'bwrap' | 'none';
}

/** A process took the run over; what its predecessor had at work is lost or done again. */
export interface DriverStarted extends Recorded {
  readonly type: 'driver-started';
  readonly driver: number;
  readonly host: string;
  readonly pid: number;
}

export interface PrerequisiteChecked extends Recorded {
  readonly type: 'prerequisite-checked';
  readonly name: string;
  readonly passed: boolean;
  readonly evidence: readonly Evidence[];
}

/** The check of the prerequisites is over and not all hold: nothing starts until a person mends that. */
export interface PrerequisitesMissing extends Recorded {
  readonly type: 'prerequisites-missing';
  readonly names: readonly string[];
}

/** All prerequisites are being checked anew. */
export interface PrerequisitesCheckStarted extends Recorded {
  readonly type: 'prerequisites-check-started';
}

/** Every prerequisite passed: work may start. */
export interface GoGiven extends Recorded {
  readonly type: 'go-given';
}

export interface RunPaused extends Recorded {
  readonly type: 'run-paused';
  readonly by: string;
}

export interface RunResumed extends Recorded {
  readonly type: 'run-resumed';
  readonly by: string;
}

/** A person ended the run; what is at work is being aborted. Final. */
export interface RunCancelled extends Recorded {
  readonly type: 'run-cancelled';
  readonly by: string;
  readonly reason: string;
}

export interface PlanChanged extends Recorded {
  readonly type: 'plan-changed';
  readonly plan: Plan;
  readonly reason: string;
  readonly by: string;
}

export interface DeliveryStarted extends Recorded {
  readonly type: 'delivery-started';
}

/** The result lies where the user can take it. */
export interface Delivered extends Recorded {
  readonly type: 'delivered';
  readonly kind: 'branch' | 'folder';
  /** The branch's name, or the folder's path from the workspace. */
  readonly name: string;
  readonly commit: string | null;
}

export interface DeliveryFailed extends Recorded {
  readonly type: 'delivery-failed';
  readonly message: string;
}

export type RunOutcome = 'complete' | 'failed' | 'cancelled';

export interface RunFinished extends Recorded {
  readonly type: 'run-finished';
  readonly outcome: RunOutcome;
  readonly reason: string;
}

/** A run that was over, or could not be delivered, goes on because a person reopened a module. */
export interface RunReopened extends Recorded {
  readonly type: 'run-reopened';
  readonly by: string;
  readonly reason: string;
}

export interface PostmortemWritten extends Recorded {
  readonly type: 'postmortem-written';
  readonly digest: Digest;
}

// Contracts

/** A version of a contract stands: its tests are listed, and it is not vacuous. */
export interface ContractWritten extends Recorded {
  readonly type: 'contract-written';
  readonly module: ModuleId;
  readonly version: number;
  readonly contract: TreeId;
  /** The exact list of tests, in the store. */
  readonly listing: Digest;
  readonly tests: number;
  /** Where a planner wrote the first version; left out for all others. */
  readonly source?: 'missing';
}

/** A version of a contract cannot decide anything; its planner, or else a person, must amend it. */
export interface ContractRefused extends Recorded {
  readonly type: 'contract-refused';
  readonly module: ModuleId;
  readonly version: number;
  readonly code: string;
  readonly evidence: readonly Evidence[];
  /** The planner that wrote it is asked for another draft of the same version. */
  readonly again?: boolean;
}

/** Who asked for a version. */
export type AmendmentSource =
  /** it lies in the base, and could not be tried before what the module needs was drafted */
  | 'plan'
  /** the plan left it to a planner to write the first one */
  | 'missing'
  | 'person'
  | 'integration'
  | 'exhaustion'
  /** a disputed verdict, or disputed tests, showed that it is at fault */
  | 'dispute'
  | 'earlier-run'
  /** a larger module's planner cut it into parts, of which this is one */
  | 'split';

export interface ContractAmended extends Recorded {
  readonly type: 'contract-amended';
  readonly module: ModuleId;
  readonly version: number;
  readonly contract: TreeId;
  readonly reason: string;
  readonly source: AmendmentSource;
  readonly by: string;
}

/** The tests of a new version are being listed. */
export interface VerificationStarted extends Recorded {
  readonly type: 'verification-started';
  readonly module: ModuleId;
  readonly version: number;
}

/** The contract itself is held to be wrong: a planner, or else a person, must write a new version. */
export interface AmendmentRequested extends Recorded {
  readonly type: 'amendment-requested';
  readonly module: ModuleId;
  readonly source: AmendmentSource;
  readonly reason: string;
  readonly evidence: readonly Evidence[];
}

/** A planner is asked for a new version. */
export interface AmendmentStarted extends Recorded {
  readonly type: 'amendment-started';
  readonly module: ModuleId;
  readonly version: number;
  readonly epoch: number;
}

/** A planner gave no new version. */
export interface AmendmentFailed extends Recorded {
  readonly type: 'amendment-failed';
  readonly module: ModuleId;
  readonly code: string;
  readonly message: string;
  readonly retryable: boolean;
  /** What the next planner should know of it. */
  readonly evidence?: readonly Evidence[];
  /** Its provider served nobody: it is not held against the planner. */
  readonly unserved?: true;
}

/** A part of a module that takes its place, with the first draft of its contract. */
export interface SplitContract {
  readonly module: ModuleId;
  readonly contract: TreeId;
  /** What the module left of the part's files; null where it left none. */
  readonly seed: TreeId | null;
}

/** A module that was too large is replaced by its parts; whatever needed it needs all of them. */
export interface ModuleSplit extends Recorded {
  readonly type: 'module-split';
  readonly module: ModuleId;
  readonly into: readonly ModuleId[];
  /** As it is from here on. */
  readonly plan: Plan;
  readonly contracts: readonly SplitContract[];
  readonly reason: string;
  readonly by: string;
}

// Attempts

export interface GenerationStarted extends Recorded, AttemptOf {
  readonly type: 'generation-started';
  readonly version: number;
}

export interface ProgressReported extends Recorded, AttemptOf {
  readonly type: 'progress-reported';
  readonly says: string;
  /** 0 … 1; null where the agent does not tell. */
  readonly fraction: number | null;
  readonly spent: Amount;
}

export type GenerationEnd =
  /** its process or its driver died */
  | 'lost'
  | 'stalled'
  /** the provider failed and may be asked again */
  | 'failed'
  /** its provider serves nobody now: the attempt waits for it, and is not used up */
  | 'unserved'
  | 'exhausted'
  /** the agent would not do it */
  | 'refused'
  /** the agent holds the verdict to be wrong and hands nothing in */
  | 'disputed'
  /** aborted: its contract was amended or the run cancelled */
  | 'aborted';

/** An attempt's agent ended without a submission. */
export interface GenerationEnded extends Recorded, AttemptOf {
  readonly type: 'generation-ended';
  readonly outcome: GenerationEnd;
  readonly message: string;
  /** What it left, to begin the next one with; null where nothing was kept. */
  readonly seed: TreeId | null;
  /** The agent may be replaced after this long. */
  readonly restMs: number;
}

/** A pause that a provider asked for is over. */
export interface RestEnded extends Recorded {
  readonly type: 'rest-ended';
  readonly module: ModuleId;
}

export interface SubmissionReceived extends Recorded, AttemptOf {
  readonly type: 'submission-received';
  readonly version: number;
  /** The owned paths, in the store. */
  readonly tree: TreeId;
  /** At most one page. */
  readonly summary: string;
  /** What was touched outside the owned paths, and the like. */
  readonly problems: readonly Evidence[];
}

/** An effect's result came when its order no longer stood; it changes nothing (law 12). */
export interface LateResultRejected extends Recorded {
  readonly type: 'late-result-rejected';
  readonly module: ModuleId | null;
  readonly order: Order;
  readonly what: string;
  /**
   * What its agent cost; null where it does not say. Nothing is added for it: the reservation was
   * settled with all that could still be spent. Missing in older journals.
   */
  readonly spent?: Amount | null;
}

// Judging

export interface EvaluationStarted extends Recorded, AttemptOf {
  readonly type: 'evaluation-started';
  readonly version: number;
  readonly tree: TreeId;
  /** True where a seal is judged again after something below it changed. */
  readonly again: boolean;
  /** True where a module that passed on a stub is judged against the real thing. */
  readonly confirms: boolean;
}

/** An evaluation ended without a verdict: what it judged no longer stands. */
export interface EvaluationEnded extends Recorded, AttemptOf {
  readonly type: 'evaluation-ended';
}

export interface CheckFinished extends Recorded {
  readonly type: 'check-finished';
  readonly gate: NodeRef;
  readonly result: CheckResult;
}

export interface VerdictGiven extends Recorded {
  readonly type: 'verdict-given';
  readonly gate: NodeRef;
  readonly verdict: Verdict;
  readonly summary: string;
  readonly evidence: readonly Evidence[];
  /** The assembled tree that was judged. Absent for tiers and gates, and in journals of before. */
  readonly subject?: TreeId;
}

/** The module passed; its seal and the ref to it are in the store. */
export interface ModuleSealed extends Recorded, AttemptOf {
  readonly type: 'module-sealed';
  readonly version: number;
  readonly seal: Digest;
  readonly tree: TreeId;
}

/** The module passed its gate but is not sealed yet: it waits to be confirmed, or for its set. */
export interface ModulePassed extends Recorded, AttemptOf {
  readonly type: 'module-passed';
  readonly version: number;
  readonly tree: TreeId;
  /** Its seal, in the store, where it was judged against what stands; null where on a stub. */
  readonly seal: Digest | null;
}

/** A module that had passed does not pass with the real thing; it is revised. */
export interface ConfirmationFailed extends Recorded {
  readonly type: 'confirmation-failed';
  readonly module: ModuleId;
  /** How often by now, under this version of its contract. */
  readonly round: number;
  readonly evidence: readonly Evidence[];
}

/** A submission was handed in: what its builder found that concerns the other side of a pair. */
export interface FeedbackGiven extends Recorded {
  readonly type: 'feedback-given';
  readonly from: ModuleId;
  readonly to: ModuleId;
  /**
   * 1-based; the last round's where nothing was found. Findings in what is sealed make no round: they
   * are only noted, and this is 0.
   */
  readonly round: number;
  /** Nothing found: this side has no more to say for now. */
  readonly findings: readonly string[];
  /** There are findings after the last round: they are not taken any more, a person decides. */
  readonly over: boolean;
}

/** Findings go into a module's next turn. */
export interface FeedbackTaken extends Recorded {
  readonly type: 'feedback-taken';
  readonly module: ModuleId;
  readonly from: ModuleId;
  readonly evidence: readonly Evidence[];
  /** Why a module that has passed takes no further turn for them and keeps its pass; absent where it does. */
  readonly unanswered?: string;
}

/** A seal of an earlier run, made from the same input, is taken over; nothing is generated. */
export interface SealAdopted extends Recorded {
  readonly type: 'seal-adopted';
  readonly module: ModuleId;
  readonly version: number;
  readonly seal: Digest;
  readonly tree: TreeId;
  readonly from: RunId;
}

export interface ModuleReopened extends Recorded {
  readonly type: 'module-reopened';
  readonly module: ModuleId;
  readonly cause: 'amendment' | 'rejudgement';
  readonly reason: string;
  readonly evidence: readonly Evidence[];
  readonly by: string;
}

export type EscalationReason =
  | 'exhausted'
  | 'agent-failing'
  | 'agent-refused'
  | 'contract-refused'
  | 'contract-needed'
  | 'check-unstable'
  | 'confirmation'
  | 'feedback'
  | 'integration'
  | 'disputed';

/** Agents cannot go on here: a person must amend the contract or cancel. */
export interface ModuleEscalated extends Recorded {
  readonly type: 'module-escalated';
  readonly module: ModuleId;
  readonly reason: EscalationReason;
  /** What of its budget is used up, where that is the reason; left out where it is not known. */
  readonly what?: BudgetExhausted['what'];
  readonly message: string;
  readonly evidence: readonly Evidence[];
}

export interface ModuleAbandoned extends Recorded {
  readonly type: 'module-abandoned';
  readonly module: ModuleId;
  readonly reason: string;
}

// Tiers and gates

export interface IntegrationStarted extends Recorded {
  readonly type: 'integration-started';
  readonly tier: TierId;
}

export interface TierIntegrated extends Recorded {
  readonly type: 'tier-integrated';
  readonly tier: TierId;
  /** The composed tree that passed. */
  readonly tree: TreeId;
}

/** A listing ended without a result. */
export interface VerificationEnded extends Recorded {
  readonly type: 'verification-ended';
  readonly module: ModuleId;
}

/** A tier's or gate's judging ended without a verdict: what it judged no longer stands. */
export interface IntegrationEnded extends Recorded {
  readonly type: 'integration-ended';
  readonly gate: NodeRef;
}

/** A check of composed modules failed and was attributed; `blamed` is the one that is reopened. */
export interface IntegrationFailed extends Recorded {
  readonly type: 'integration-failed';
  readonly gate: NodeRef;
  readonly check: string;
  readonly between: readonly ModuleId[];
  readonly blamed: ModuleId;
  readonly how: 'declared' | 'stubs' | 'integrator';
  readonly reason: string;
  readonly evidence: readonly Evidence[];
}

/** An end-to-end gate is run, or an approval's subject is composed. */
export interface GateStarted extends Recorded {
  readonly type: 'gate-started';
  readonly gate: GateId;
}

export interface GatePassed extends Recorded {
  readonly type: 'gate-passed';
  readonly gate: GateId;
  readonly tree: TreeId;
}

/** Composed modules could not be judged, or failed with nobody to blame: a person must look. */
export interface GateBlocked extends Recorded {
  readonly type: 'gate-blocked';
  readonly gate: NodeRef;
  readonly message: string;
  readonly evidence: readonly Evidence[];
}

export interface ApprovalRequested extends Recorded {
  readonly type: 'approval-requested';
  readonly gate: GateId;
  /** Digest of exactly what is to be approved. */
  readonly submission: Digest;
}

export interface ApprovalGiven extends Recorded {
  readonly type: 'approval-given';
  readonly gate: GateId;
  readonly submission: Digest;
  readonly by: string;
  readonly note: string;
}

export interface ApprovalRefused extends Recorded {
  readonly type: 'approval-refused';
  readonly gate: GateId;
  readonly submission: Digest;
  readonly by: string;
  readonly note: string;
}

/** The same tree gave two outcomes: the check is held to be wrong, not the builder. */
export interface CheckUnstable extends Recorded {
  readonly type: 'check-unstable';
  readonly gate: NodeRef;
  readonly check: string;
}

// Handoffs

/** What every event of a handoff says: which one, between whom, and what it is about. */
interface OfHandoff extends Recorded {
  /** Number of the event that requested it. */
  readonly handoff: number;
  readonly from: ModuleId;
  readonly to: ModuleId;
  /** What people call the things that are handed over; of a delivery, those that it brings. */
  readonly items: readonly string[];
}

/** A module is to give another something; both keep working. */
export interface HandoffRequested extends OfHandoff {
  readonly type: 'handoff-requested';
  /** The plan foresaw it; else a builder asked or gave, or a soft provider was sealed. */
  readonly planned: boolean;
  /** Whose builder asked for it or gave it unasked; null where no agent did. */
  readonly by: AttemptOf | null;
}

/** The sender's builder is at work and knows what it is asked for. */
export interface HandoffAccepted extends OfHandoff {
  readonly type: 'handoff-accepted';
  /** By the sender's estimate and what it says it has done; null where nobody can tell. */
  readonly etaMinutes: number | null;
}

/** Something lies ready for the receiver. */
export interface HandoffDelivered extends OfHandoff {
  readonly type: 'handoff-delivered';
  /** More comes, with the sender's seal at the latest: the handoff stays open. */
  readonly partial: boolean;
  /** At most one page. */
  readonly note: string;
  /** Files to be read beside the work, in the store; null where the note says it all. */
  readonly tree: TreeId | null;
  /** The handoff that brought the same to the module of which the receiver is a part; else left out. */
  readonly earlier?: number;
}

/** The receiver's builder or judge has what was delivered last. */
export interface HandoffReceived extends OfHandoff {
  readonly type: 'handoff-received';
  readonly partial: boolean;
  /** For how long its builder did nothing but wait for it. */
  readonly waitedMs: number;
}

/** A builder waited for it and went on without it. */
export interface HandoffAwaited extends OfHandoff {
  readonly type: 'handoff-awaited';
  readonly waitedMs: number;
}

/** Nothing more will come of it. */
export interface HandoffWithdrawn extends OfHandoff {
  readonly type: 'handoff-withdrawn';
  readonly reason: string;
}

// Conflicts

/** Two parties are at odds; what follows names the conflict by its number. */
export interface ConflictDetected extends Recorded {
  readonly type: 'conflict-detected';
  /** Of this event. */
  readonly conflict: number;
  readonly kind: ConflictKind;
  /** The module, tier or gate that it is about comes first. */
  readonly parties: readonly NodeRef[];
  readonly about: string;
  readonly evidence: readonly Evidence[];
}

/** A verdict or the tests behind it are disputed: the submission waits until that is decided. */
export interface DisputeOpened extends Recorded {
  readonly type: 'dispute-opened';
  readonly conflict: number;
  readonly module: ModuleId;
  readonly by: 'builder' | 'reviewer';
  readonly reason: string;
  /** The rule that is asked; `evidence`: the checks that failed are run again on that submission. */
  readonly rule: Exclude<ConflictRule, 'contract'>;
  readonly ifUpheld: IfUpheld;
}

/** An arbiter looks at a dispute. */
export interface ArbitrationStarted extends Recorded {
  readonly type: 'arbitration-started';
  readonly conflict: number;
  readonly module: ModuleId;
  /** Which of the run's arbitrations this is; 1 for the first. */
  readonly arbitration: number;
  readonly epoch: number;
}

/** An arbiter gave no answer. */
export interface ArbitrationFailed extends Recorded {
  readonly type: 'arbitration-failed';
  readonly conflict: number;
  readonly module: ModuleId;
  readonly code: string;
  readonly message: string;
  readonly retryable: boolean;
  /** Its provider served nobody: it is not held against the arbiter. */
  readonly unserved?: true;
}

export interface ConflictResolved extends Recorded {
  readonly type: 'conflict-resolved';
  readonly conflict: number;
  readonly rule: ConflictRule;
  readonly decided: ConflictDecision;
  readonly reason: string;
  readonly by: string;
}

// Budgets

export interface BudgetReserved extends Recorded {
  readonly type: 'budget-reserved';
  /** The event that ordered the work it is for. */
  readonly order: Order;
  /** `module:…` for its builders, reviewers and planners; `tier:…` or `gate:…` for integrators. */
  readonly for: NodeRef;
  readonly role: AgentRole;
  readonly amount: Amount;
}

/** Whose work is paid for; planners' and integrators' counts against the run alone. */
export type AgentRole = 'builder' | 'reviewer' | 'planner' | 'integrator';

/** Settles a reservation; where what was spent is not known, it counts in full. */
export interface BudgetSpent extends Recorded {
  readonly type: 'budget-spent';
  readonly order: Order;
  /** `module:…` for its builders, reviewers and planners; `tier:…` or `gate:…` for integrators. */
  readonly for: NodeRef;
  readonly role: AgentRole;
  readonly amount: Amount;
  readonly inFull: boolean;
}

export interface BudgetExhausted extends Recorded {
  readonly type: 'budget-exhausted';
  /** null: a shared one. */
  readonly module: ModuleId | null;
  /** Missing in older journals, where it is the module's, or else the run's. */
  readonly scope?: Scope;
  readonly what: keyof Amount | 'attempts';
  /** The bound with which the work that was refused could begin; null where it is not known. */
  readonly least?: number | null;
}

/** A module that a person was asked about goes on under the same contract. */
export interface ModuleResumed extends Recorded {
  readonly type: 'module-resumed';
  readonly module: ModuleId;
  readonly by: string;
  /** Whose contract was amended, for which it waited; left out where it was given more budget. */
  readonly after?: ModuleId;
}

// Agents and who makes them

/** What an agent does in one task. */
export type TaskRole =
  | 'scout'
  | 'generator'
  | 'reviser'
  | 'evaluator'
  | 'integrator'
  | 'contract-author'
  | 'architect'
  | 'arbiter';

/** What the calls of one agent came to: told while it works and when it ends, each time in full. */
export interface AgentUsed extends Recorded {
  readonly type: 'agent-used';
  readonly order: Order;
  /** Which of the agents that worked at this order, one after the other or side by side; from 1. */
  readonly agent: number;
  /** `module:…`, or `tier:…` or `gate:…` for integrators. */
  readonly for: NodeRef;
  readonly role: TaskRole;
  /** All of its calls so far, model by model: this takes the place of what was told before. */
  readonly lines: readonly UsageLine[];
}

/** A provider of agents serves nobody: what is to be done by it waits. */
export interface ProviderFailed extends Recorded {
  readonly type: 'provider-failed';
  readonly provider: string;
  readonly code: ProviderTrouble;
  readonly message: string;
  /** How often in a row by now. */
  readonly failures: number;
  /** It is tried again after this long; 0: when a person says so. */
  readonly restMs: number;
}

/** The wait for a provider is over: the next work for it finds out whether it serves again. */
export interface ProviderWaitEnded extends Recorded {
  readonly type: 'provider-wait-ended';
  readonly provider: string;
  /** Who would not wait; null: its time was over. */
  readonly by: string | null;
}

/** One piece of work tries whether a provider serves again; the rest waits for what comes of it. */
export interface ProviderTried extends Recorded {
  readonly type: 'provider-tried';
  readonly provider: string;
  readonly order: Order;
  readonly for: NodeRef;
}

/** A provider serves again. */
export interface ProviderAnswered extends Recorded {
  readonly type: 'provider-answered';
  readonly provider: string;
}

/** The agents of a pool come from another provider from here on. */
export interface AgentsSwitched extends Recorded {
  readonly type: 'agents-switched';
  readonly pool: PoolKind;
  readonly agent: string;
  readonly by: string;
}

export type RunEvent =
  | RunStarted
  | DriverStarted
  | PrerequisiteChecked
  | PrerequisitesMissing
  | PrerequisitesCheckStarted
  | GoGiven
  | RunPaused
  | RunResumed
  | RunCancelled
  | PlanChanged
  | DeliveryStarted
  | Delivered
  | DeliveryFailed
  | RunFinished
  | RunReopened
  | PostmortemWritten
  | ContractWritten
  | ContractRefused
  | ContractAmended
  | VerificationStarted
  | VerificationEnded
  | AmendmentRequested
  | AmendmentStarted
  | AmendmentFailed
  | ModuleSplit
  | GenerationStarted
  | ProgressReported
  | GenerationEnded
  | RestEnded
  | SubmissionReceived
  | LateResultRejected
  | EvaluationStarted
  | EvaluationEnded
  | CheckFinished
  | VerdictGiven
  | ModulePassed
  | ConfirmationFailed
  | FeedbackGiven
  | FeedbackTaken
  | ModuleSealed
  | SealAdopted
  | ModuleReopened
  | ModuleEscalated
  | ModuleAbandoned
  | IntegrationStarted
  | TierIntegrated
  | IntegrationEnded
  | IntegrationFailed
  | GateStarted
  | GatePassed
  | GateBlocked
  | ApprovalRequested
  | ApprovalGiven
  | ApprovalRefused
  | CheckUnstable
  | HandoffRequested
  | HandoffAccepted
  | HandoffDelivered
  | HandoffReceived
  | HandoffAwaited
  | HandoffWithdrawn
  | ConflictDetected
  | DisputeOpened
  | ArbitrationStarted
  | ArbitrationFailed
  | ConflictResolved
  | BudgetReserved
  | BudgetSpent
  | BudgetExhausted
  | ModuleResumed
  | AgentUsed
  | ProviderFailed
  | ProviderWaitEnded
  | ProviderTried
  | ProviderAnswered
  | AgentsSwitched;

/** An event before it has a place in the journal. */
export type EventBody = RunEvent extends infer E
  ? E extends RunEvent
    ? Omit<E, 'seq' | 'at'>
    : never
  : never;
