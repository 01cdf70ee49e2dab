import type { Amount } from './budget.ts';
import type { Ruling } from './conflict.ts';
import type { Effect } from './effects.ts';
import type {
  Adoptable,
  BaseRecord,
  AgentUsed,
  ContractWritten,
  GenerationEnd,
  PrerequisiteChecked,
  SandboxRecord,
} from './events.ts';
import type { Digest, GateId, ModuleId, NodeRef, Order, RunId, TreeId } from './ids.ts';
import type { Plan, PoolKind } from './plan/plan.ts';
import type { ProviderTrouble } from './provider-trouble.ts';
import type { SplitPart } from './plan/split-plan.ts';
import type { Scope } from './scopes.ts';
import type { CheckResult, Evidence, Verdict } from './verdict.ts';

/** What every command brings with it, because the core has no clock. */
interface Asked {
  /** UTC milliseconds. */
  readonly at: number;
}

/** What comes back from an effect; fenced by the order that asked for it. */
interface Reported extends Asked {
  readonly order: Order;
}

interface OfModule extends Reported {
  readonly module: ModuleId;
}

// What the engine asks for

export interface StartRun extends Asked {
  readonly type: 'start-run';
  readonly run: RunId;
  readonly plan: Plan;
  readonly base: BaseRecord;
  readonly sandbox: SandboxRecord;
  /** Version 1 of every contract that there is; in plan order. */
  readonly contracts: readonly FirstContract[];
  /** Seals of earlier runs that were made from the same input. */
  readonly adoptable: readonly Adoptable[];
}

export interface FirstContract extends Pick<ContractWritten, 'module' | 'contract' | 'tests'> {
  /** null: its tests are listed in the run, with stubs that are yet to be written. */
  readonly listing: Digest | null;
  /** The run whose planner wrote it from the same input; left out where it lies in the base. */
  readonly from?: RunId;
}

export interface StartDriver extends Asked {
  readonly type: 'start-driver';
  readonly driver: number;
  readonly host: string;
  readonly pid: number;
  /** The provider that makes the agents of all pools from here on; left out: as before. */
  readonly agents?: string;
}

/** The run's minutes may be used up. */
export interface CheckBudget extends Asked {
  readonly type: 'check-budget';
}

// What people ask for

export interface PauseRun extends Asked {
  readonly type: 'pause-run';
  readonly by: string;
}

export interface ResumeRun extends Asked {
  readonly type: 'resume-run';
  readonly by: string;
}

export interface CancelRun extends Asked {
  readonly type: 'cancel-run';
  readonly by: string;
  readonly reason: string;
}

export interface ApproveGate extends Asked {
  readonly type: 'approve-gate';
  readonly gate: GateId;
  readonly submission: Digest;
  readonly by: string;
  readonly note: string;
}

export interface RejectGate extends Asked {
  readonly type: 'reject-gate';
  readonly gate: GateId;
  readonly submission: Digest;
  readonly by: string;
  readonly note: string;
}

/** Reopens a sealed module with an amended contract. */
export interface ReopenModule extends Asked {
  readonly type: 'reopen-module';
  readonly module: ModuleId;
  readonly contract: TreeId;
  readonly reason: string;
  readonly by: string;
}

/** Amends the contract of a module that is not sealed. */
export interface AmendContract extends Asked {
  readonly type: 'amend-contract';
  readonly module: ModuleId;
  readonly contract: TreeId;
  readonly reason: string;
  readonly by: string;
}

/** Raises (or lowers) what the run, a pool, a phase or a module may use, what is spent included. */
export interface ChangeBudget extends Asked {
  readonly type: 'change-budget';
  readonly scope: Scope;
  readonly budget: BudgetChange;
  readonly by: string;
}

/** New bounds of a budget; what is null stays as it is. */
export interface BudgetChange {
  readonly tokens: number | null;
  readonly minutes: number | null;
  readonly microUsd: number | null;
  readonly turns: number | null;
  /** Of a module: submissions that may be judged under one version of its contract. */
  readonly attempts: number | null;
}

/** Decides a dispute that no arbiter decided, or that a person would rather decide. */
export interface ResolveConflict extends Asked {
  readonly type: 'resolve-conflict';
  readonly conflict: number;
  readonly decision: Ruling;
  readonly reason: string;
  readonly by: string;
}

/** Has a provider that serves nobody tried now; whoever else it would wait for is not asked. */
export interface RetryProvider extends Asked {
  readonly type: 'retry-provider';
  /** null: all that are waited for. */
  readonly provider: string | null;
  readonly by: string;
}

/** Takes the agents of a pool from another provider from here on; those at work go on. */
export interface SwitchAgents extends Asked {
  readonly type: 'switch-agents';
  readonly pool: PoolKind;
  /** As `pools.<pool>.agent` names it. */
  readonly agent: string;
  readonly by: string;
}

// What effects bring back

/** What became of one prerequisite, while others are still being checked. */
export interface RecordPrerequisite extends Reported {
  readonly type: 'record-prerequisite';
  readonly result: PrerequisiteResult;
}

/** What became of all of them; those that were told before stay as they were told. */
export interface RecordPrerequisites extends Reported {
  readonly type: 'record-prerequisites';
  readonly results: readonly PrerequisiteResult[];
}

export type PrerequisiteResult = Pick<PrerequisiteChecked, 'name' | 'passed' | 'evidence'>;

export interface RecordProgress extends OfModule {
  readonly type: 'record-progress';
  readonly says: string;
  readonly fraction: number | null;
  readonly spent: Amount;
}

export interface RecordSubmission extends OfModule {
  readonly type: 'record-submission';
  readonly tree: TreeId;
  readonly summary: string;
  readonly problems: readonly Evidence[];
  /** What its builder found that concerns the other side of a feedback pair. */
  readonly findings: readonly Findings[];
  /** Files that it holds in paths which others own; they were not taken. */
  readonly trespasses: readonly Trespass[];
  readonly spent: Amount;
}

/** At most one page for each module that they are for. */
export interface Findings {
  readonly to: ModuleId;
  readonly items: readonly string[];
}

export interface Trespass {
  readonly owner: ModuleId;
  /** Root-relative; the first of them. */
  readonly files: readonly string[];
}

/** A builder ended without a submission. */
export interface RecordGenerationEnd extends OfModule {
  readonly type: 'record-generation-end';
  readonly outcome: GenerationEnd;
  readonly message: string;
  readonly seed: TreeId | null;
  readonly what: keyof Amount | null;
  readonly restMs: number;
  /** null: not known, so the reservation counts in full. */
  readonly spent: Amount | null;
}

export interface RecordRest extends OfModule {
  readonly type: 'record-rest';
}

/** A module's gate was run: its checks, and what a reviewer made of them. */
export interface RecordEvaluation extends OfModule {
  readonly type: 'record-evaluation';
  /** The assembled tree that was judged. */
  readonly subject: TreeId;
  readonly checks: readonly CheckResult[];
  /** null: there is a reviewer for this module, but it gave no answer. */
  readonly review: Review | null;
  /** What further reviewers made of the same submission, each on its own. */
  readonly others: readonly Review[];
  /** Written to the store before this command, where the verdict can be PASS; else null. */
  readonly seal: Digest | null;
  readonly spent: Amount;
}

export interface Review {
  /** PASS where no reviewer spoke. */
  readonly verdict: Verdict;
  readonly summary: string;
  readonly evidence: readonly Evidence[];
  /** Why the contract's tests are held to be wrong, and which; null where they are not. */
  readonly testsWrong: TestsWrong | null;
}

export interface TestsWrong {
  readonly reason: string;
  /** Full names; empty where it is about all of them. */
  readonly tests: readonly string[];
}

/** A tier or an end-to-end gate was run. */
export interface RecordIntegration extends Reported {
  readonly type: 'record-integration';
  /** `tier:…` or `gate:…` */
  readonly gate: NodeRef;
  readonly tree: TreeId;
  readonly checks: readonly CheckResult[];
  /** One for each failing check; empty where nobody can be blamed. */
  readonly blames: readonly Blame[];
  readonly spent: Amount;
}

export interface Blame {
  readonly check: string;
  readonly between: readonly ModuleId[];
  readonly blamed: ModuleId;
  readonly how: 'declared' | 'stubs' | 'integrator';
  readonly reason: string;
}

/** What an approval gate is about, composed and digested. */
export interface RecordSubject extends Reported {
  readonly type: 'record-subject';
  readonly gate: GateId;
  readonly submission: Digest;
}

export interface RecordAmendment extends OfModule {
  readonly type: 'record-amendment';
  readonly contract: TreeId;
  readonly reason: string;
  readonly spent: Amount;
}

export interface RecordAmendmentFailure extends OfModule {
  readonly type: 'record-amendment-failure';
  readonly code: string;
  readonly message: string;
  readonly retryable: boolean;
  /** What the next planner should know of it. */
  readonly evidence?: readonly Evidence[];
  readonly spent: Amount;
}

/** A planner cut a module into parts, and wrote a contract for each. */
export interface RecordSplit extends OfModule {
  readonly type: 'record-split';
  readonly parts: readonly SplitPart[];
  /** In the order of the parts. */
  readonly contracts: readonly { readonly contract: TreeId; readonly seed: TreeId | null }[];
  readonly reason: string;
  readonly spent: Amount;
}

/** An arbiter decided a dispute. */
export interface RecordArbitration extends OfModule {
  readonly type: 'record-arbitration';
  readonly conflict: number;
  readonly decision: Ruling;
  readonly reason: string;
  readonly spent: Amount;
}

export interface RecordArbitrationFailure extends OfModule {
  readonly type: 'record-arbitration-failure';
  readonly conflict: number;
  readonly code: string;
  readonly message: string;
  readonly retryable: boolean;
  readonly spent: Amount;
}

export interface RecordVerification extends OfModule {
  readonly type: 'record-verification';
  readonly result:
    | { readonly ok: true; readonly listing: Digest; readonly tests: number }
    | { readonly ok: false; readonly code: string; readonly evidence: readonly Evidence[] };
}

export interface RecordDelivery extends Reported {
  readonly type: 'record-delivery';
  readonly result:
    | {
        readonly ok: true;
        readonly kind: 'branch' | 'folder';
        readonly name: string;
        readonly commit: string | null;
      }
    | { readonly ok: false; readonly message: string };
}

export interface RecordPostmortem extends Reported {
  readonly type: 'record-postmortem';
  readonly digest: Digest;
}

/** A builder at work gives others something before its seal. */
export interface RecordHandoff extends OfModule {
  readonly type: 'record-handoff';
  /** null: whoever asked for one of the items. */
  readonly to: ModuleId | null;
  readonly items: readonly string[];
  /** More of it comes later, with the seal at the latest. */
  readonly partial: boolean;
  readonly note: string;
  readonly tree: TreeId | null;
}

/** A builder at work asks another module for all it needs of it, and goes on. */
export interface RecordRequest extends OfModule {
  readonly type: 'record-request';
  readonly from: ModuleId;
  readonly items: readonly string[];
}

/** A builder at work took what was delivered last, or waited for it in vain. */
export interface RecordReceipt extends OfModule {
  readonly type: 'record-receipt';
  readonly handoff: number;
  readonly waitedMs: number;
}

/** What an agent's calls came to so far; told while it works and when it ends. */
export interface RecordUsage extends Reported, Pick<AgentUsed, 'agent' | 'for' | 'role' | 'lines'> {
  readonly type: 'record-usage';
}

/** An agent was not served, for reasons of its provider: its work is to be done again. */
export interface RecordUnserved extends Reported {
  readonly type: 'record-unserved';
  readonly effect: Extract<
    Effect,
    { type: 'generate' | 'evaluate' | 'amend' | 'split' | 'arbitrate' | 'integrate' | 'run-gate' }
  >;
  /** As the pool of the work named it when it began. */
  readonly provider: string;
  readonly code: ProviderTrouble;
  readonly message: string;
  /** How long the provider asks to be left alone; 0 where it does not say. */
  readonly restMs: number;
  /** What a builder has written until then, for the next one to begin with; null: nothing. */
  readonly seed: TreeId | null;
  readonly spent: Amount;
}

/** The time is over for which a provider was to be left alone. */
export interface RecordProviderWait extends Reported {
  readonly type: 'record-provider-wait';
  readonly provider: string;
}

/** What an agent still sends after its attempt was ended or replaced. */
export interface RecordLate extends Reported {
  readonly type: 'record-late';
  /** null for work on a tier or a gate. */
  readonly module: ModuleId | null;
  readonly what: string;
  /** null: not known. */
  readonly spent: Amount | null;
}

/** An effect was ended early, on an `abort` or because the run is cancelled. */
export interface RecordAbort extends Reported {
  readonly type: 'record-abort';
  readonly effect: Effect;
}

/** What a person may ask for, from whichever process. */
export type PersonCommand =
  | PauseRun
  | ResumeRun
  | CancelRun
  | ApproveGate
  | RejectGate
  | ReopenModule
  | AmendContract
  | ChangeBudget
  | ResolveConflict
  | RetryProvider
  | SwitchAgents;

export type EffectResult =
  | RecordPrerequisite
  | RecordPrerequisites
  | RecordProgress
  | RecordSubmission
  | RecordGenerationEnd
  | RecordRest
  | RecordEvaluation
  | RecordIntegration
  | RecordSubject
  | RecordAmendment
  | RecordAmendmentFailure
  | RecordSplit
  | RecordArbitration
  | RecordArbitrationFailure
  | RecordVerification
  | RecordDelivery
  | RecordPostmortem
  | RecordUsage
  | RecordUnserved
  | RecordProviderWait
  | RecordLate
  | RecordHandoff
  | RecordRequest
  | RecordReceipt
  | RecordAbort;

export type Command = StartRun | StartDriver | CheckBudget | PersonCommand | EffectResult;

/** Why a command was not carried out: nothing has changed. */
export interface Refusal {
  readonly code: RefusalCode;
  /** What is the matter and what to do, in one sentence each. */
  readonly message: string;
}

export type RefusalCode =
  | 'run-over'
  | 'run-cancelling'
  | 'already-started'
  | 'already-paused'
  | 'not-paused'
  | 'unknown-gate'
  | 'not-an-approval'
  | 'nothing-to-approve'
  | 'other-subject'
  | 'unknown-module'
  | 'not-sealed'
  | 'is-sealed'
  | 'same-contract'
  | 'same-budget'
  | 'same-agents'
  /** what it names is no contract in the store */
  | 'no-contract'
  /** the process that drives the run cannot make such agents */
  | 'no-agents'
  /** no provider is waited for, or it is being tried already */
  | 'not-waiting'
  | 'unknown-conflict'
  | 'conflict-resolved'
  /** something else than a word decides it: a check that is being run, a module to be reopened */
  | 'not-to-decide'
  | 'not-possible'
  | 'run-busy'
  | 'stale-driver'
  | 'own-handoff'
  | 'no-sender'
  | 'too-late'
  | 'bad-items'
  | 'too-many-handoffs'
  | 'nobody-asked'
  /** the process that was asked drives the run no longer */
  | 'not-driven';
