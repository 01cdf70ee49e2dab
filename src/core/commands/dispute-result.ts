import type { Amount } from '../budget.ts';
import type { Ruling } from '../conflict.ts';
import type { OfModule } from './asked.ts';

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

/** Of an arbiter. */
export type DisputeResult = RecordArbitration | RecordArbitrationFailure;
