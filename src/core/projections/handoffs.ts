import { isOpen, type HandoffState } from '../handoff.ts';
import type { ModuleId } from '../ids.ts';
import { t } from '../language.ts';
import { moduleNode } from '../lookup.ts';
import type { RunState } from '../state.ts';
import { isSettled } from '../module-state.ts';
import { goOnWith } from './go-on-with.ts';
import { leftByWord } from './left-minutes.ts';
import { oneLine } from './safe-text.ts';
import { duration, roughly } from './words.ts';

/** Where a handoff is in its life. */
type HandoffStatus =
  | 'requested'
  | 'accepted'
  /** a part was delivered, more is to come */
  | 'partial'
  | 'delivered'
  | 'received'
  | 'withdrawn';

/** A handoff as the command line, the report and the board all show it. */
export interface HandoffRow {
  readonly id: number;
  readonly from: ModuleId;
  readonly to: ModuleId;
  readonly items: readonly string[];
  readonly status: HandoffStatus;
  readonly planned: boolean;
  /** Since it was requested; for one that is over, until it was. */
  readonly ageMs: number;
  /** Until it is delivered in full, by the sender's estimate; null where it is over or nobody knows. */
  readonly etaMinutes: number | null;
  /** From the request to the full delivery; null before. */
  readonly latencyMs: number | null;
  /** How long builders did nothing but wait for it. */
  readonly waitedMs: number;
  readonly partials: number;
  /** What the receiver goes on with meanwhile; empty where it is over. */
  readonly meanwhile: readonly string[];
  /** Why it was withdrawn; '' where it was not. */
  readonly reason: string;
}

function handoffStatus(handoff: HandoffState): HandoffStatus {
  if (handoff.withdrawn !== null) return 'withdrawn';
  if (handoff.receivedAt !== null) return 'received';
  if (handoff.deliveredAt !== null) return 'delivered';
  if (handoff.partials > 0) return 'partial';
  return handoff.acceptedAt === null ? 'requested' : 'accepted';
}

/** All handoffs of a run, oldest first. */
export function handoffRows(state: RunState, at: number): HandoffRow[] {
  const left = new Map<number, number | null>();
  return state.handoffs.toArray().map((handoff) => row(state, handoff, at, left));
}

/** Those that a module is to give or to get, gave or got; oldest first. */
export function moduleHandoffs(state: RunState, node: number, at: number): HandoffRow[] {
  const { id } = state.modules.get(node);
  const left = new Map<number, number | null>();
  return state.handoffs
    .toArray()
    .filter(({ from, to }) => from === id || to === id)
    .map((handoff) => row(state, handoff, at, left));
}

/** Minutes until a handoff is delivered in full; null where nobody can tell. */
export function handoffEta(state: RunState, handoff: HandoffState): number | null {
  return isOpen(handoff) ? minutesUntil(state, moduleNode(state, handoff.from), new Map()) : null;
}

/** Something is still to come. */
export const isPending = ({ status }: HandoffRow): boolean =>
  status === 'requested' || status === 'accepted' || status === 'partial';

/** `requested 3 min ago, in about 8 min` */
export function handoffWords(row: HandoffRow): string {
  const { status, ageMs, etaMinutes, latencyMs, partials } = row;
  const age = duration(ageMs);
  const expected = (words: string): string =>
    etaMinutes === null ? words : t('{0}, in about {1}', words, roughly(etaMinutes * 60_000));
  switch (status) {
    case 'requested':
      return expected(t('requested {0} ago', age));
    case 'accepted':
      return expected(t('accepted, requested {0} ago', age));
    case 'partial':
      return expected(
        partials === 1
          ? t('a part delivered, requested {0} ago', age)
          : t('{0} parts delivered, requested {1} ago', partials, age),
      );
    case 'delivered':
      return t('delivered after {0}, not taken by a builder', duration(latencyMs ?? 0));
    case 'received':
      return t('received, delivered after {0}', duration(latencyMs ?? 0));
    case 'withdrawn':
      return t('withdrawn: {0}', oneLine(row.reason));
  }
}

/** It has no builder who could go on with anything. */
const hasEnded = (state: RunState, module: ModuleId): boolean =>
  isSettled(state.modules.get(moduleNode(state, module)));

function row(
  state: RunState,
  handoff: HandoffState,
  at: number,
  left: Map<number, number | null>,
): HandoffRow {
  const { id, from, to, items, planned, partials, waitedMs, requestedAt } = handoff;
  const open = isOpen(handoff);
  const over = handoff.receivedAt ?? handoff.withdrawn?.at ?? null;
  const finished = state.phase.at === 'finished';
  return {
    id,
    from,
    to,
    items: items.map((item) => oneLine(item)),
    status: handoffStatus(handoff),
    planned,
    ageMs: Math.max(0, (over ?? (finished ? state.at : at)) - requestedAt),
    etaMinutes: open ? rounded(minutesUntil(state, moduleNode(state, from), left)) : null,
    latencyMs: handoff.deliveredAt === null ? null : handoff.deliveredAt - requestedAt,
    waitedMs,
    partials,
    meanwhile: open && !hasEnded(state, to) ? goOnWith(state, handoff) : [],
    reason: handoff.withdrawn?.reason ?? '',
  };
}

const rounded = (minutes: number | null): number | null =>
  minutes === null ? null : Math.round(minutes * 10) / 10;

/** What a module and the longest chain of what it waits for still need; null where nobody can tell. */
function minutesUntil(
  state: RunState,
  node: number,
  left: Map<number, number | null>,
): number | null {
  const known = left.get(node);
  if (known !== undefined) return known;
  // A module that is soft on itself through others counts once.
  left.set(node, 0);
  const minutes = untilBelow(state, node, left);
  left.set(node, minutes);
  return minutes;
}

function untilBelow(
  state: RunState,
  node: number,
  left: Map<number, number | null>,
): number | null {
  const module = node < state.graph.modules ? state.modules.get(node) : null;
  if (module?.life.at === 'escalated' || module?.life.at === 'abandoned') return null;
  if (state.phase.at === 'cancelling' || state.phase.at === 'finished') return null;
  let below = 0;
  if (module === null || !isSettled(module)) {
    for (const need of state.graph.needs[node] ?? []) {
      const minutes = minutesUntil(state, need, left);
      if (minutes === null) return null;
      below = Math.max(below, minutes);
    }
  }
  return below + (module === null ? 0 : leftByWord(state, node));
}
