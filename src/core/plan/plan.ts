import type {
  Digest,
  GateId,
  ModuleId,
  NodeRef,
  ResourceId,
  StreamId,
  TierId,
  TreeId,
} from '../ids.ts';

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
  /** What is to be known of models beside what the list of models holds. */
  readonly models: readonly ModelPlan[];
  readonly budget: RunBudget;
  /** An attempt without progress for this long is ended and replaced. */
  readonly stallMinutes: number;
  readonly resources: readonly ResourcePlan[];
  readonly streams: readonly StreamPlan[];
  readonly modules: readonly ModulePlan[];
  /** What modules are known to give each other before the run begins; others arise. */
  readonly handoffs: readonly HandoffPlan[];
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

/** Something that must hold before anything starts. Told apart by the field that names what is asked. */
export type Prerequisite =
  | CommandPrerequisite
  | VariablePrerequisite
  | ProgramPrerequisite
  | ServicePrerequisite
  | McpPrerequisite;

interface AnyPrerequisite {
  readonly name: string;
  /** null: as long as its kind is given. */
  readonly timeoutMs: number | null;
  /** What a person can do where it is missing; null: what its kind suggests. */
  readonly remedy: string | null;
}

/** A command that exits with 0. */
export interface CommandPrerequisite extends AnyPrerequisite {
  readonly run: string;
}

/** An environment variable that is set and not empty. Its value is never recorded. */
export interface VariablePrerequisite extends AnyPrerequisite {
  readonly env: string;
  /** What its value must look like, `*` standing for anything; null: like anything. */
  readonly pattern: string | null;
}

/** A program on the search path. */
export interface ProgramPrerequisite extends AnyPrerequisite {
  readonly program: string;
  /** All of these must hold of what it says to `--version`: `>=24 <26`; null: any version. */
  readonly version: string | null;
}

/** `host:port`, where something accepts connections, or a URL that is answered. */
export interface ServicePrerequisite extends AnyPrerequisite {
  readonly service: string;
}

/** A server of the Model Context Protocol: a command that speaks it on stdio, or a URL. */
export interface McpPrerequisite extends AnyPrerequisite {
  readonly mcp: string;
  /** Names of environment variables that a command is given. */
  readonly pass: readonly string[];
}

export type PoolKind = 'planners' | 'builders' | 'reviewers';

export const poolKinds: readonly PoolKind[] = ['planners', 'builders', 'reviewers'];

/** What agents of each pool do while a run goes on. */
export const poolRoles = {
  planners: ['contract-author', 'architect', 'arbiter'],
  builders: ['generator', 'reviser'],
  reviewers: ['evaluator', 'integrator'],
} as const satisfies Readonly<Record<PoolKind, readonly string[]>>;

export type PoolRole = (typeof poolRoles)[PoolKind][number];

/** Names of definitions; a role that is left out has none. */
export type RoleDefinitions = Readonly<Partial<Record<PoolRole, string>>>;

export interface Pool {
  /** How many agents of this pool may work at once; at least 1. */
  readonly max: number;
  /** Which agent provider makes them. */
  readonly agent: string;
  /** The model that they are, as their provider calls it; null: the one that it takes for this pool. */
  readonly model: string | null;
  /** The user's definition of an agent of Claude Code that adds to what they are told, or some do; null: none. */
  readonly definition: string | RoleDefinitions | null;
  /** What all agents of this pool together may use; null where only the run's budget bounds them. */
  readonly budget: ScopeBudget | null;
}

/** What a plan says of a model; null: as the list of models has it. */
export interface ModelPlan {
  /** As its provider calls it. */
  readonly id: string;
  readonly contextTokens: number | null;
  readonly outputTokens: number | null;
  readonly prices: TokenPrices | null;
}

/** Micro-dollars a token, which is dollars a million tokens. */
export interface TokenPrices {
  /** Read for the first time, and not kept. */
  readonly input: number;
  /** Read for the first time, and kept in the cache. */
  readonly cacheWrite: number;
  readonly cacheRead: number;
  readonly output: number;
}

/** Phases in which agents are paid; a postmortem costs nothing. */
export type PaidPhase = 'plan' | 'build' | 'integrate' | 'end-to-end';

export interface RunBudget {
  readonly tokens: number;
  readonly minutes: number;
  readonly microUsd: number;
  /** null: turns are bounded by modules, pools and phases alone. */
  readonly turns: number | null;
  readonly phases: Readonly<Record<PaidPhase, ScopeBudget | null>>;
}

/** The bounds of a pool or a phase; null where a unit is not bounded. Minutes are the agents' own. */
export interface ScopeBudget {
  readonly tokens: number | null;
  readonly microUsd: number | null;
  readonly turns: number | null;
  readonly minutes: number | null;
}

export interface ModuleBudget {
  readonly turns: number;
  readonly tokens: number;
  readonly minutes: number;
  readonly microUsd: number;
  /** Submissions that may be judged under one version of the contract. */
  readonly attempts: number;
}

/** Something that several need and at most `capacity` units of which are held at once. */
export interface ResourcePlan {
  readonly id: ResourceId;
  readonly capacity: number;
}

/** Units of a resource that are held while the work goes on; at least 1, at most its capacity. */
export interface ResourceUse {
  readonly resource: ResourceId;
  readonly amount: number;
}

/** A planned handoff: requested when the run begins, delivered at the seal at the latest. */
export interface HandoffPlan {
  readonly from: ModuleId;
  readonly to: ModuleId;
  /** Never empty; what people call the things that are handed over. */
  readonly items: readonly string[];
}

export interface StreamPlan {
  readonly id: StreamId;
  readonly title: string;
  /** A name for people, not a limit. */
  readonly lead: string | null;
}

/** What happens, in this order, when a module's budget is used up. */
export type ExhaustionStep = 'reframe' | 'split' | 'escalate';

export interface ModulePlan {
  readonly id: ModuleId;
  readonly kind: 'code' | 'document';
  readonly purpose: string;
  readonly stream: StreamId;
  /** Root-relative globs; no two modules' globs match the same path. */
  readonly owns: readonly string[];
  readonly contract: ContractPlan;
  readonly needs: readonly Dependency[];
  /** Held while it is built and while it is judged. */
  readonly resources: readonly ResourceUse[];
  readonly checks: readonly CheckPlan[];
  /** How many reviewers judge each submission; the strictest stands until arbitrated. */
  readonly reviewers: number;
  readonly estimate: Estimate;
  readonly budget: ModuleBudget;
  readonly onExhausted: readonly ExhaustionStep[];
}

/** How long a module takes to build and to judge, in minutes. */
export interface Estimate {
  readonly minutes: number;
  readonly review: number;
  /** `history`: the median of earlier runs of the same plan. */
  readonly source: 'plan' | 'history';
  /** How many earlier runs it is from; 0 where the plan says it. */
  readonly runs: number;
}

export interface ContractPlan {
  /** `planner`: no contract lies in the base; a planner writes version 1, at these paths. */
  readonly author: 'plan' | 'planner';
  /** Root-relative Markdown file. */
  readonly file: string;
  /** Root-relative globs of the tests that decide. */
  readonly tests: readonly string[];
  /** Root-relative globs below a stub folder: `stubs/lexer/**` holds root-relative paths. */
  readonly stub: readonly string[];
}

/** Resources have no order and are no edge: they stand in `resources`. */
export type Dependency = HardDependency | SoftDependency | FeedbackDependency;

/** Starts when the provider is sealed, integrated or passed. */
export interface HardDependency {
  readonly kind: 'hard';
  readonly on: NodeRef;
}

/** Starts on the provider's stub; is judged again against the real thing before it is sealed. */
export interface SoftDependency {
  readonly kind: 'soft';
  readonly on: NodeRef;
}

/** Neither waits to begin: the findings of each go to the other's next turn. */
export interface FeedbackDependency {
  readonly kind: 'feedback';
  /** A module. */
  readonly on: NodeRef;
  /** How often each side's findings are taken to the other, at most. */
  readonly rounds: number;
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
  /** Held while its gate is judged. */
  readonly resources: readonly ResourceUse[];
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
  /** Held while it is integrated. */
  readonly resources: readonly ResourceUse[];
  readonly checks: readonly CheckPlan[];
  /** Of a module that was split, its parts are tested together by it; left out for all other tiers. */
  readonly keeps?: KeptTests;
}

/** The contract of a module that is gone, whose tests stay in force. */
export interface KeptTests {
  readonly contract: TreeId;
  /** The exact list of them; null where they were never listed. */
  readonly listing: Digest | null;
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
