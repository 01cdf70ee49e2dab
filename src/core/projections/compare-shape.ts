import type { RunOutcome } from '../events/run.ts';
import type { Digest, ModuleId, NodeRef, RunId, TreeId } from '../ids.ts';
import type { PoolKind } from '../plan/plan.ts';
import type { Way } from '../way.ts';
import type { ModuleKind } from './module-status.ts';
import type { MoneyKnowledge } from './money-known.ts';

/** The two runs of a comparison, in the order in which they were named. */
export type Side = 'A' | 'B';

/** Something of both runs. */
export type Both<T> = readonly [a: T, b: T];

/** Two runs side by side: of the same plan, or of two that have modules of the same name. */
export interface Comparison {
  readonly runs: Both<ComparedRun>;
  /** In the order of the first run's plan, then what the second one has alone. */
  readonly modules: readonly ComparedModule[];
  /** What must be known before anything is concluded from the figures. */
  readonly caveats: readonly Caveat[];
}

/** What a run, or one module of it, took. Times are milliseconds on the run's own clock. */
export interface ComparedWork {
  readonly attempts: number;
  /** Submissions that their module's gate did not let pass. */
  readonly refused: number;
  /** Versions of contracts after the first. */
  readonly amendments: number;
  /** Seals that were opened again. */
  readonly reopenings: number;
  /** Those that integration found are among the defects instead. */
  readonly conflicts: number;
  /** Failures of what had passed alone. */
  readonly defects: number;
  readonly tokens: number;
  readonly microUsd: number;
  readonly money: MoneyKnowledge;
}

export interface ComparedRun extends ComparedWork {
  readonly run: RunId;
  readonly artifact: string;
  readonly way: Way;
  /** null: it goes on. */
  readonly outcome: RunOutcome | null;
  /** UTC milliseconds. */
  readonly startedAt: number;
  readonly elapsedMs: number;
  /** Without the times in which it waited for nothing but a person. */
  readonly activeMs: number;
  /** The same work, one piece after the other. */
  readonly sequentialMs: number;
  /** null where too little was done to tell. */
  readonly speedup: number | null;
  readonly sealed: number;
  readonly modules: number;
  /** How many agents of each kind may work at once. */
  readonly places: Readonly<Record<PoolKind, number>>;
  readonly found: readonly ComparedDefect[];
}

/** What integration found, and whom it was held against. */
export interface ComparedDefect {
  readonly gate: NodeRef;
  readonly check: string;
  readonly blamed: ModuleId;
  readonly atMs: number;
  readonly reason: string;
}

export interface ComparedModule {
  readonly module: ModuleId;
  /** null: this run's plan does not have it. */
  readonly parts: Both<ComparedPart | null>;
}

/** A module as one of the two runs has it. */
export interface ComparedPart extends ComparedWork {
  readonly kind: ModuleKind;
  /** Built, or its contract written. */
  readonly workingMs: number;
  /** For what it needs, a place, a resource, a reviewer or a person. */
  readonly waitingMs: number;
  readonly reviewMs: number;
  readonly seal: ComparedSeal | null;
}

export interface ComparedSeal {
  readonly digest: Digest;
  /** The same files have the same tree, in whichever run. */
  readonly tree: TreeId;
  readonly version: number;
  /** It was sealed in an earlier run: nobody worked on it in this one. */
  readonly takenOver: boolean;
}

/** Parts of a plan that two runs may differ in. */
export type PlanPart =
  'modules' | 'tiers' | 'gates' | 'streams' | 'handoffs' | 'resources' | 'budgets' | 'surroundings';

/** Why two figures may not say what they seem to say. */
export type Caveat =
  /** They build different things: modules of the same name may have nothing else in common. */
  | { readonly about: 'artifact'; readonly names: Both<string> }
  /** `changed`: modules that both have, and not alike. */
  | {
      readonly about: 'plan';
      readonly parts: readonly PlanPart[];
      readonly changed: readonly ModuleId[];
      readonly alone: Both<number>;
    }
  | { readonly about: 'base' }
  /** Its figures are those of now. */
  | { readonly about: 'unfinished'; readonly side: Side }
  /** Not all of the work was done. */
  | {
      readonly about: 'outcome';
      readonly side: Side;
      readonly outcome: Exclude<RunOutcome, 'complete'>;
    }
  | { readonly about: 'agents'; readonly pool: PoolKind; readonly names: Both<string> }
  | { readonly about: 'taken-over'; readonly side: Side; readonly seals: number }
  | {
      readonly about: 'money';
      readonly side: Side;
      readonly known: Exclude<MoneyKnowledge, 'known'>;
    };
