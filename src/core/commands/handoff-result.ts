import type { ModuleId, TreeId } from '../ids.ts';
import type { OfModule } from './asked.ts';

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

/** Of what builders give each other. */
export type HandoffResult = RecordHandoff | RecordRequest | RecordReceipt;
