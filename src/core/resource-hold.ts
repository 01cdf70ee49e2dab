import { claimedBy } from './claims.ts';
import { demandOf, isFree, wantedBy } from './held.ts';
import type { ResourceId } from './ids.ts';
import type { RunState } from './state.ts';

/** Why a node that is ready does not begin: something that it demands is not free (law 9). */
export interface ResourceHold {
  /** What there is too little of, in the order of the plan; never empty. */
  readonly resources: readonly ResourceId[];
  /** The nodes that hold some of it; empty where it is kept for another. */
  readonly holders: readonly number[];
  /** Where enough is free: the node that it is kept for, because it was overtaken too often. */
  readonly keptFor: number | null;
}

/** null where the node does not wait for a resource. Looks at what is at work, not at all nodes. */
export function resourceHold(state: RunState, node: number): ResourceHold | null {
  const wanted = wantedBy(state, node);
  const short = wanted === 0 ? null : shortFor(state, wanted, node);
  if (short === null) return null;
  const { missing, keptFor } = short;
  const holders: number[] = [];
  for (const [holder, held] of keptFor === null ? state.holders : []) {
    if (demandOf(state, held).some(({ resource }) => missing.has(resource))) holders.push(holder);
  }
  return { resources: named(state, missing), holders, keptFor };
}

/** What keeps anything at all waiting that has all else; looks at each class of demand once. */
export function scarceResources(state: RunState): readonly ResourceId[] {
  if (state.plan.resources.length === 0) return [];
  const { toGenerate, toEvaluate, toVerify, toJudge } = state;
  const scarce = new Set<number>();
  const look = (wanted: number, node: number): void => {
    for (const resource of shortFor(state, wanted, node)?.missing ?? []) scarce.add(resource);
  };
  for (const each of [...toGenerate.classes, ...toEvaluate.classes]) look(each, -1);
  for (const node of [...toVerify, ...toJudge]) look(wantedBy(state, node), node);
  return named(state, scarce);
}

interface Short {
  readonly missing: ReadonlySet<number>;
  readonly keptFor: number | null;
}

function shortFor(state: RunState, wanted: number, node: number): Short | null {
  const { capacities } = state.graph.demands;
  const demand = demandOf(state, wanted);
  if (!isFree(state, wanted)) {
    const short = demand.filter(
      ({ resource, amount }) => (state.held[resource] ?? 0) + amount > (capacities[resource] ?? 0),
    );
    return { missing: new Set(short.map(({ resource }) => resource)), keptFor: null };
  }
  const keptFor = claimedBy(state, wanted, node);
  if (keptFor === -1) return null;
  const kept = new Set(demandOf(state, wantedBy(state, keptFor)).map(({ resource }) => resource));
  const shared = demand.filter(({ resource }) => kept.has(resource));
  return { missing: new Set(shared.map(({ resource }) => resource)), keptFor };
}

const named = ({ plan }: RunState, numbers: ReadonlySet<number>): ResourceId[] =>
  plan.resources.filter((_, resource) => numbers.has(resource)).map(({ id }) => id);
