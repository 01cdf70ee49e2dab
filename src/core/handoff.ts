import type { Vector } from './collections/vector.ts';
import type { AttemptOf } from './events/recorded.ts';
import type { ModuleId, TreeId } from './ids.ts';
import type { RunState } from './state.ts';

/**
 * Something that one module gives another, before or at its seal. Nothing waits for it: sender and
 * receiver keep working, and no work is held back for it.
 *
 *     requested ─► accepted ─► delivered ─► received
 *         │            │ └─ in part, and again ─┘
 *         └────────────┴─► withdrawn: the sender or the receiver is gone
 */
export interface HandoffState {
  /** Number of the event that requested it. */
  readonly id: number;
  readonly from: ModuleId;
  readonly to: ModuleId;
  readonly items: readonly string[];
  readonly planned: boolean;
  readonly by: AttemptOf | null;
  readonly requestedAt: number;
  /** null: no builder of the sender was at work since. */
  readonly acceptedAt: number | null;
  /** As it was when it was accepted. */
  readonly etaMinutes: number | null;
  /** How many partial deliveries there were. */
  readonly partials: number;
  /** When it was delivered in full; from then on it is closed. */
  readonly deliveredAt: number | null;
  /** When the full delivery was received. */
  readonly receivedAt: number | null;
  readonly withdrawn: { readonly at: number; readonly reason: string } | null;
  /** What was delivered last. */
  readonly content: HandoffContent | null;
  /** The content was not received yet. */
  readonly fresh: boolean;
  /** For how long builders did nothing but wait for it. */
  readonly waitedMs: number;
}

export interface HandoffContent {
  readonly items: readonly string[];
  readonly note: string;
  readonly tree: TreeId | null;
  readonly partial: boolean;
}

/** The handoffs of one module, as places in the run's list. */
export interface Exchange {
  /** Open ones that it is to give. */
  readonly gives: readonly number[];
  /** Open ones that it is to get. */
  readonly awaits: readonly number[];
  /** Those whose content it has not received yet. */
  readonly comes: readonly number[];
  /** Those whose content it received; the newest only. */
  readonly has: readonly number[];
  /** How many its builders asked for or began to give. */
  readonly begun: number;
}

export const noExchange: Exchange = { gives: [], awaits: [], comes: [], has: [], begun: 0 };

/** Bounds on what agents may ask for: beyond them a request is refused, never dropped. */
export const handoffLimits = {
  /** Open ones of a run; planned ones are not refused. */
  open: 200,
  /** That one module's builders may begin in a run. */
  begun: 100,
  partials: 20,
  items: 20,
  itemChars: 200,
  /** Received ones that a module's builders are told of; older ones are passed over. */
  kept: 50,
} as const;

export const isOpen = ({ deliveredAt, withdrawn }: HandoffState): boolean =>
  deliveredAt === null && withdrawn === null;

/** The place of a handoff by its number; -1 where there is none. Numbers grow with the places. */
export function handoffPlace(handoffs: Vector<HandoffState>, id: number): number {
  let [low, high] = [0, handoffs.length - 1];
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = handoffs.get(middle).id;
    if (found === id) return middle;
    if (found < id) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** The handoffs at these places. */
export function handoffsAt(
  { handoffs }: Pick<RunState, 'handoffs'>,
  places: readonly number[],
): HandoffState[] {
  return places.map((place) => handoffs.get(place));
}
