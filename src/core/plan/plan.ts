import type { GateId, ModuleId, NodeRef, StreamId, TierId } from '../ids.ts';

/**
 * A plan as the engine runs it: every default resolved, lists in the order of the file, sizes in
 * plain units. The file's own shape is in `schema.ts`; `run-started` carries this one.
 */
export interface Plan {
  readonly ashlar: 1;
  readonly artifact: Artifact;
  readonly preconditions: Preconditions;
  /** Set-up of what checks and builders need; null where the base alone suffices. */
  readonly environment: Environment | null;
  readonly prerequisites: readonly Prerequisite[];
  readonly pools: Readonly<Record<PoolKind, Pool>>;
  readonly budget: RunBudget;
  /** An attempt without progress for this long is ended and replaced. */
  readonly stallMinutes: number;
  readonly streams: readonly StreamPlan[];
  readonly modules: readonly ModulePlan[];
  readonly tiers: readonly TierPlan[];
  readonly gates: readonly GatePlan[];
}

export interface Artifact {
  readonly name: string;
  readonly kind: string;
  readonly purpose: string;
  /** Root-relative files that every agent may read and none may change. */
  readonly sourceOfTruth: readonly string[];
  readonly success: string;
}

/** Why building in parallel fits this artifact, in the author's words. */
export interface Preconditions {
  readonly modules: string;
  readonly interfaces: string;
  readonly workPerModule: string;
}

export interface Environment {
  readonly setup: string;
  /** Root-relative files whose content decides whether set-up runs again. */
  readonly inputs: readonly string[];
  /** Root-relative folders that set-up leaves; given read-only to every work folder. */
  readonly provides: readonly string[];
  readonly network: boolean;
}

export interface Prerequisite {
  readonly name: string;
  readonly run: string;
}

export type PoolKind = 'planners' | 'builders' | 'reviewers';

export interface Pool {
  /** How many agents of this pool may work at once; at least 1. */
  readonly max: number;
  /** Which agent provider makes them. */
  readonly agent: string;
}

export interface RunBudget {
  readonly tokens: number;
  readonly minutes: number;
  readonly microUsd: number;
}

export interface ModuleBudget {
  readonly turns: number;
  readonly tokens: number;
  readonly minutes: number;
  readonly microUsd: number;
  /** Submissions that may be judged under one version of the contract. */
  readonly attempts: number;
}

export interface StreamPlan {
  readonly id: StreamId;
  readonly title: string;
  /** A name for people, not a limit. */
  readonly lead: string | null;
}

/** What happens, in this order, when a module's budget is used up. */
export type ExhaustionStep = 'reframe' | 'escalate';

export interface ModulePlan {
  readonly id: ModuleId;
  readonly kind: 'code' | 'document';
  readonly purpose: string;
  readonly stream: StreamId;
  /** Root-relative globs; no two modules' globs match the same path. */
  readonly owns: readonly string[];
  readonly contract: ContractPlan;
  readonly needs: readonly Dependency[];
  readonly checks: readonly CheckPlan[];
  readonly estimate: { readonly minutes: number; readonly review: number };
  readonly budget: ModuleBudget;
  readonly onExhausted: readonly ExhaustionStep[];
}

export interface ContractPlan {
  /** Root-relative Markdown file. */
  readonly file: string;
  /** Root-relative globs of the tests that decide. */
  readonly tests: readonly string[];
  /** Root-relative globs below a stub folder: `stubs/lexer/**` holds root-relative paths. */
  readonly stub: readonly string[];
}

/** Only hard dependencies are scheduled yet; the other kinds join this union. */
export interface Dependency {
  readonly kind: 'hard';
  readonly on: NodeRef;
}

/** How a check tells its tests apart; `exit` tells nothing but passed or failed. */
export type ReportFormat = 'node' | 'tap' | 'junit' | 'exit';

export interface CheckPlan {
  readonly name: string;
  /** A command line for the shell, run at the root of the assembled tree. */
  readonly run: string;
  readonly report: ReportFormat;
  /** Root-relative path of the JUnit file; empty for other formats. */
  readonly reportFile: string;
  /** The modules a cross-module check is between; empty where it spans all. */
  readonly between: readonly ModuleId[];
  readonly timeoutMs: number;
  readonly sandbox: CheckSandbox;
}

export interface CheckSandbox {
  readonly network: boolean;
  /** Absolute folders that may be read besides tool chains and the tree. */
  readonly read: readonly string[];
  /** Names of environment variables that are passed through. */
  readonly env: readonly string[];
}

export interface TierPlan {
  readonly id: TierId;
  readonly includes: readonly TierId[];
  readonly modules: readonly ModuleId[];
  readonly checks: readonly CheckPlan[];
}

export type GatePlan = EndToEndGatePlan | ApprovalGatePlan;

/** A gate whose checks judge the composed artifact. */
export interface EndToEndGatePlan {
  readonly kind: 'end-to-end';
  readonly id: GateId;
  readonly requires: readonly NodeRef[];
  readonly checks: readonly CheckPlan[];
}

/** A gate that a person decides. */
export interface ApprovalGatePlan {
  readonly kind: 'approval';
  readonly id: GateId;
  readonly requires: readonly NodeRef[];
}
