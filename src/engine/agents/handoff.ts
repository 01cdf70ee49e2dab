import type { ModuleId } from '../../core/ids.ts';

/** What a builder gives others before its seal. */
export interface HandoffGiven {
  /** null: whoever asked for one of the items. */
  readonly to: ModuleId | null;
  readonly items: readonly string[];
  /** More comes later, with the seal at the latest. */
  readonly partial: boolean;
  /** At most a page. */
  readonly note: string;
  /** Root-relative paths of files or folders in the builder's work folder; links are not taken. */
  readonly files: readonly string[];
}

/** What a builder needs of another module: all of it at once. */
export interface HandoffWanted {
  readonly from: ModuleId;
  readonly items: readonly string[];
}

/** It is on its way; nobody needs to wait for it. */
export interface HandoffOrdered {
  readonly ok: true;
  readonly handoff: number;
  /** Until it is there in full; null where nobody can tell. */
  readonly etaMinutes: number | null;
  /** What the builder can go on with inside its own module. */
  readonly goOnWith: readonly string[];
}

/** Nothing was done, and what to do instead. */
export interface HandoffRefused {
  readonly ok: false;
  readonly message: string;
}

/**
 * What another module gave, or the contract and stub of one that was amended meanwhile. It informs, and
 * is never part of a submission.
 */
export interface ReceivedHandoff {
  readonly handoff: number;
  readonly from: ModuleId;
  readonly items: readonly string[];
  readonly partial: boolean;
  readonly note: string;
  /** Absolute folder outside the work folder, to be read only; null where the note says it all. */
  readonly folder: string | null;
}

/** What others wait for from this module. */
export interface AskedHandoff {
  readonly handoff: number;
  readonly to: ModuleId;
  readonly items: readonly string[];
}

/** Where an attempt's handoffs go to and come from. */
export interface HandoffDesk {
  /** null: done. */
  give(given: HandoffGiven): Promise<HandoffRefused | null>;
  request(wanted: HandoffWanted): Promise<HandoffOrdered | HandoffRefused>;
  asked(): readonly AskedHandoff[];
  /** Resolves when content of it lies ready, when nothing more can come of it, or on `signal`. */
  arrives(handoff: number, signal: AbortSignal): Promise<void>;
  /** Takes what lies ready, of one handoff or of all (null), and notes how long it was waited for. */
  take(handoff: number | null, waitedMs: number): Promise<readonly ReceivedHandoff[]>;
}
