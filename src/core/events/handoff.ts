import type { ModuleId, TreeId } from '../ids.ts';
import type { AttemptOf, Recorded } from './recorded.ts';

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

/** What builders give each other. */
export type HandoffEvent =
  | HandoffRequested
  | HandoffAccepted
  | HandoffDelivered
  | HandoffReceived
  | HandoffAwaited
  | HandoffWithdrawn;
