import type { Amount } from '../budget.ts';
import type { GenerationEnd } from '../events/attempt.ts';
import type { ModuleId, TreeId } from '../ids.ts';
import type { Evidence } from '../verdict.ts';
import type { OfModule } from './asked.ts';

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

/** Of a builder. */
export type BuilderResult = RecordProgress | RecordSubmission | RecordGenerationEnd | RecordRest;
