import { refOf } from '../graph.ts';
import type { NodeRef } from '../ids.ts';
import type { Doing } from './doing.ts';
import type { Replayed, Span } from './timeline.ts';

/** A stretch of the chain that decided when a run ended. */
export interface PathStep {
  readonly node: NodeRef;
  readonly doing: Exclude<Doing, 'waiting' | 'done'>;
  readonly attempt: number;
  /** On the run's own clock. */
  readonly fromMs: number;
  readonly ms: number;
}

/** Where a run went on for ever, its last stretches tell enough. */
const mostHops = 2_000;

/**
 * The chain that decided the end, from the first stretch to the last: what was settled last, what that
 * had waited for, and so on. Where a module was put in question again, it leads on through whatever
 * judged it so. A stretch is work, or waiting for a place, a reviewer or a person: waiting for
 * another node is told by that node's own stretches.
 */
export function measuredPath({ state, timeline }: Replayed): PathStep[] {
  const { graph } = state;
  const lanes = Array.from({ length: graph.streamBase }, (_, node) => timeline.lanes.get(node));
  // What it began on, and what it was confirmed against.
  const awaited = (node: number): readonly number[] => [
    ...(graph.needs[node] ?? []),
    ...(graph.soft[node] ?? []),
  ];
  const steps: PathStep[] = [];
  let at = lastEnd(lanes);
  for (let hops = 0; at !== null && hops < mostHops; hops++) {
    const { node, index } = at;
    const span: Span | undefined = lanes[node]?.[index];
    if (span === undefined) break;
    if (span.doing === 'waiting') {
      const provider: Place | null = settledBefore(lanes, awaited(node), span.to);
      if (provider !== null) {
        at = provider;
        continue;
      }
    } else if (span.doing === 'done') {
      // Settled, and put in question again: by who judged just then, if anybody did.
      const judge = judgedUntil(lanes, span.to, node);
      if (judge !== null) {
        at = judge;
        continue;
      }
    } else if (span.to !== null) {
      const { doing, attempt, fromMs, ms } = span;
      if (ms > 0) steps.push({ node: refOf(graph, node), doing, attempt, fromMs, ms });
    }
    at = index === 0 ? null : { node, index: index - 1 };
  }
  return steps.reverse();
}

interface Place {
  readonly node: number;
  readonly index: number;
}

/** The last stretch before whatever was settled last; of what goes on, what last began. */
function lastEnd(lanes: readonly (readonly Span[])[]): Place | null {
  let last: (Place & { readonly from: number }) | null = null;
  lanes.forEach((lane, node) => {
    const index = lane.length - 1;
    const span = lane[index];
    if (span === undefined || index === 0 || (last !== null && span.from < last.from)) return;
    last = { node, index: index - 1, from: span.from };
  });
  return last;
}

/** The need that was settled last before a moment: the one that was waited for longest. */
function settledBefore(
  lanes: readonly (readonly Span[])[],
  needs: readonly number[],
  moment: number | null,
): Place | null {
  let best: (Place & { readonly from: number }) | null = null;
  for (const node of needs) {
    const lane = lanes[node] ?? [];
    for (let index = lane.length - 1; index > 0; index--) {
      const span = lane[index];
      if (span?.doing !== 'done' || (moment !== null && span.from > moment)) continue;
      if (best === null || span.from > best.from)
        best = { node, index: index - 1, from: span.from };
      break;
    }
  }
  return best;
}

function judgedUntil(
  lanes: readonly (readonly Span[])[],
  moment: number | null,
  but: number,
): Place | null {
  for (let node = lanes.length - 1; node >= 0; node--) {
    if (node === but || moment === null) continue;
    const index = (lanes[node] ?? []).findIndex(
      ({ doing, to, ms }) => doing === 'judging' && to === moment && ms > 0,
    );
    if (index !== -1) return { node, index };
  }
  return null;
}
