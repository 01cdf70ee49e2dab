import type { Amount } from '../../core/budget.ts';
import type { ConflictState, Ruling } from '../../core/conflict.ts';
import type { ModuleId, NodeRef, RunId, TreeId } from '../../core/ids.ts';
import type { Assessment } from '../../core/plan/assessment.ts';
import type { CheckPlan, ContractPlan } from '../../core/plan/plan.ts';
import type { CheckResult, Evidence } from '../../core/verdict.ts';
import type { PatchLine } from '../store/patch.ts';
import type { AgentId } from './agent-id.ts';
import type { AskedHandoff, ReceivedHandoff } from './handoff.ts';

/** All that an agent learns: its input is this and what lies in the folder, nothing else (law 7). */
export type AgentTask =
  | BuilderTask
  | EvaluatorTask
  | IntegratorTask
  | ContractAuthorTask
  | SplitterTask
  | ArbiterTask
  | ScoutTask
  | PreconditionTask
  | ArchitectTask;

interface Task {
  readonly run: RunId;
  readonly agent: AgentId;
  /** 1 for the task's first agent; one more each time an agent of it crashed, stalled or failed. */
  readonly epoch: number;
  /** What this agent may use up; reserved before it starts. */
  readonly allowance: Amount;
}

/** All that is asked for while a run goes on. */
interface RunTask extends Task {
  /** The plan's sources of truth, the same for every agent of a run; they lie in the folder too. */
  readonly sources: readonly SourceText[];
}

/** Of a task that is about one module. */
interface ModuleTask extends RunTask {
  /** Notes of earlier runs that concern it, the most telling first; left out: none, or nobody reads them. */
  readonly insights?: readonly InsightText[];
}

/** A task whose agent is given notes of earlier runs, where its provider's agents read any. */
export type NotedTask = BuilderTask | EvaluatorTask | ContractAuthorTask | SplitterTask;

/** A note of earlier runs, cleaned and bounded; still nobody's instruction. */
export interface InsightText {
  /** Its name in the folder of notes. */
  readonly file: string;
  readonly text: string;
}

/** A file that every agent may read and none may change. */
export interface SourceText {
  /** Root-relative. */
  readonly path: string;
  readonly text: string;
  /** True where the file goes on. */
  readonly cut: boolean;
}

/** Writes a module: a generator from the contract alone, a reviser from its judged predecessor. */
export interface BuilderTask extends ModuleTask {
  readonly role: 'generator' | 'reviser';
  readonly module: ModuleId;
  /** 1-based. */
  readonly attempt: number;
  readonly contract: ContractText;
  /** Where the contract's files lie; to be read only. */
  readonly paths: ContractPaths;
  /** By which the module is judged. */
  readonly commands: readonly CheckCommand[];
  /** Absolute work folder; this agent's alone. */
  readonly folder: string;
  /** Root-relative globs; what lies elsewhere is not taken, and is held against the submission. */
  readonly owns: readonly string[];
  /** Why the attempt before did not pass; empty for the first. */
  readonly evidence: readonly Evidence[];
  /** What other modules gave this one so far, oldest first; more may come while it works. */
  readonly handoffs: readonly ReceivedHandoff[];
  /** What others want of this module; more may come while it works. */
  readonly asked: readonly AskedHandoff[];
  /** Who its findings are for: the other sides of its feedback pairs. */
  readonly partners: readonly ModuleId[];
}

/** Judges a submission: may be stricter than its checks, never milder (law 3). */
export interface EvaluatorTask extends ModuleTask {
  readonly role: 'evaluator';
  readonly module: ModuleId;
  readonly attempt: number;
  readonly contract: ContractText;
  readonly paths: ContractPaths;
  /** The assembled tree that the checks judged. */
  readonly subject: TreeId;
  /** Absolute folder that holds the subject; to be read only. */
  readonly folder: string;
  /** Which of the module's reviewers this is: 1 for the first. None sees what another says. */
  readonly reviewer: number;
  readonly checks: readonly CheckResult[];
  /** What the builder says that it did: claims, to be held against the rest. */
  readonly summary: string;
  readonly changed: ChangedFiles;
}

/** What a builder made of the files that it was given. */
export interface ChangedFiles {
  readonly files: readonly ChangedFile[];
  /** How many there are beyond those. */
  readonly more: number;
}

export interface ChangedFile {
  /** Root-relative. */
  readonly path: string;
  readonly how: 'added' | 'modified' | 'removed';
  /** The difference; of a new file all that it holds. */
  readonly lines: readonly PatchLine[];
  /** True where `lines` is not all of it. */
  readonly cut: boolean;
}

/** Attributes a failed cross-module check to one module. */
export interface IntegratorTask extends RunTask {
  readonly role: 'integrator';
  /** The tier or end-to-end gate that failed. */
  readonly gate: NodeRef;
  /** How often this gate has been judged, this time included. */
  readonly attempt: number;
  readonly check: CheckResult;
  /** The modules to choose from; empty where the check spans all. */
  readonly between: readonly ModuleId[];
  readonly evidence: readonly Evidence[];
  /** Of the modules to choose from, as they stand. */
  readonly contracts: readonly NamedContract[];
  /** Absolute folder that holds what the check was run on; to be read only. */
  readonly folder: string;
}

/** A module and what it promises. */
export interface NamedContract {
  readonly module: ModuleId;
  readonly contract: ContractText;
}

/** Writes a version of a module's contract in its folder; the first one where the plan has none. */
export interface ContractAuthorTask extends ModuleTask {
  readonly role: 'contract-author';
  readonly module: ModuleId;
  /** The version to write. */
  readonly version: number;
  /** How often this version was asked for, this time included. */
  readonly draft: number;
  /** What the module is for, in the plan's words. */
  readonly purpose: string;
  /** Root-relative globs: what a builder will write. */
  readonly owns: readonly string[];
  /** Where the contract's files lie; what lies elsewhere is not taken, and is held against it. */
  readonly paths: ContractPaths;
  /** By which the tests will be run. */
  readonly checks: readonly CheckCommand[];
  /** What the module may build on. */
  readonly needs: readonly NeededContract[];
  /** Why a new one is needed. */
  readonly reason: string;
  /** What is held against the last draft first, then why a new version is needed. */
  readonly evidence: readonly Evidence[];
  /**
   * Absolute folder that holds the current contract, tests and stub, to be changed in place. For a
   * first version the base lies around them, with the contracts and stubs of what is needed.
   */
  readonly folder: string;
}

/** Cuts a module that is too large into parts, and writes a contract for each. */
export interface SplitterTask extends ModuleTask {
  readonly role: 'architect';
  readonly work: 'split';
  readonly module: ModuleId;
  readonly purpose: string;
  readonly contract: ContractText;
  /** Root-relative globs: the parts share them out among each other. */
  readonly owns: readonly string[];
  readonly checks: readonly CheckCommand[];
  /** Why it is to be split. */
  readonly reason: string;
  readonly evidence: readonly Evidence[];
  /**
   * Absolute folder that holds what a builder of the module would begin with. The contract of a part
   * goes to `contracts/<part>.md`, `tests/<part>/` and `stubs/<part>/`; what lies elsewhere is not taken.
   */
  readonly folder: string;
}

type ContractPaths = Pick<ContractPlan, 'file' | 'tests' | 'stub'>;
type CheckCommand = Pick<CheckPlan, 'name' | 'run' | 'report'>;

/** The contract of a module that another needs; its stub lies in the folder. */
export interface NeededContract extends NamedContract {
  /** Root-relative globs. */
  readonly stub: readonly string[];
}

/** Decides a dispute; it has neither written nor judged anything of it. */
export interface ArbiterTask extends RunTask {
  readonly role: 'arbiter';
  readonly module: ModuleId;
  /** Which of the run's arbitrations this is; 1 for the first. */
  readonly arbitration: number;
  readonly conflict: Pick<ConflictState, 'id' | 'kind' | 'parties' | 'about' | 'evidence'>;
  /** What it may say of it. */
  readonly rulings: readonly Ruling[];
  readonly contract: ContractText;
  /** Of the submission that is disputed; '' where there is none. */
  readonly summary: string;
  /** Absolute folder that holds the submission in its place; to be read only. */
  readonly folder: string;
}

/** All that is asked for before there is a run, which `run` only names. */
interface PlanningTask extends Task {
  /** What a person wants, in its own words. */
  readonly goal: string;
  /** Absolute folder that holds the workspace's files as they are; to be read only. */
  readonly folder: string;
}

/** Looks into one question before a goal is planned; others do so side by side, unheard. */
export interface ScoutTask extends PlanningTask {
  readonly role: 'scout';
  /** Which of the scouts this is; 1 for the first. */
  readonly scout: number;
  readonly question: string;
}

/** What an architect is given of what is known about a goal. */
interface InformedTask extends PlanningTask {
  readonly role: 'architect';
  /** How often this work was asked for, this time included. */
  readonly draft: number;
  readonly findings: readonly Finding[];
  /** What was asked, and what a person answered. */
  readonly answers: readonly AnsweredQuestion[];
  /** Whether it may ask; there is one round of questions. */
  readonly mayAsk: boolean;
}

/** Says whether a goal can be built side by side, and what it would be cut into. */
export interface PreconditionTask extends InformedTask {
  readonly work: 'precondition';
}

/** Proposes a plan for a goal that the preconditions hold for. */
export interface ArchitectTask extends InformedTask {
  readonly work: 'plan';
  readonly assessment: Assessment;
  /** The proposal before this one, and what was held against it; null for the first. */
  readonly refused: RefusedProposal | null;
}

/** A question about the workspace, and a page of what a scout found. */
export interface Finding {
  readonly question: string;
  readonly says: string;
}

export interface AnsweredQuestion {
  readonly question: string;
  readonly answer: string;
}

export interface RefusedProposal {
  /** The plan file's text, with the lines that the problems name. */
  readonly planText: string;
  /** `line: what is wrong, and what to do`; bounded. */
  readonly problems: readonly string[];
}

export interface ContractText {
  readonly version: number;
  readonly text: string;
}
