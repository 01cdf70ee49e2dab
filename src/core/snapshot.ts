import { RankSet } from './collections/rank-set.ts';
import { SmallMap } from './collections/small-map.ts';
import { Vector } from './collections/vector.ts';
import type { Amount } from './budget.ts';
import type { ConflictState } from './conflict.ts';
import type { Adoptable } from './events/run-origin.ts';
import { graphOf, type Graph } from './graph.ts';
import type { Exchange, HandoffState } from './handoff.ts';
import { buildQueue, reviewQueue } from './held.ts';
import type { Order } from './ids.ts';
import type { ComponentState, FeedbackState, RunState } from './state.ts';
import type { GateState, TierState } from './gate-state.ts';
import type { ModuleState } from './module-state.ts';
import { isRecord } from './is-record.ts';
import { ways } from './way.ts';

/** Of the snapshot's shape; to be raised with every change of {@link RunState} or what it holds. */
export const snapshotVersion = 7;

/** The collections of a state, as JSON holds them. */
interface Listed {
  readonly modules: readonly ModuleState[];
  readonly tiers: readonly TierState[];
  readonly gates: readonly GateState[];
  readonly unmet: readonly number[];
  readonly held: readonly number[];
  readonly undrafted: readonly number[];
  readonly open: readonly number[];
  readonly components: readonly ComponentState[];
  readonly feedback: readonly FeedbackState[];
  readonly toGenerate: readonly number[];
  readonly toEvaluate: readonly number[];
  readonly toCheck: readonly number[];
  readonly toAmend: readonly number[];
  readonly toVerify: readonly number[];
  readonly toArbitrate: readonly number[];
  readonly toJudge: readonly number[];
  readonly handoffs: readonly HandoffState[];
  readonly exchanges: readonly Exchange[];
  readonly holders: readonly (readonly [number, number])[];
  readonly overtaken: readonly (readonly [number, number])[];
  readonly toClose: readonly number[];
  readonly conflicts: readonly ConflictState[];
  readonly reservations: readonly (readonly [Order, Amount])[];
  readonly adoptable: readonly Adoptable[];
}

/** A state without its graph, which follows from the plan. */
type Snapshot = { readonly version: number } & Listed & Omit<RunState, keyof Listed | 'graph'>;

/** A run's state as plain JSON. */
export function toSnapshot(state: RunState): unknown {
  const { graph: _derived, ...rest } = state;
  const snapshot: Snapshot = {
    ...rest,
    version: snapshotVersion,
    modules: state.modules.toArray(),
    tiers: state.tiers.toArray(),
    gates: state.gates.toArray(),
    unmet: state.unmet.toArray(),
    undrafted: state.undrafted.toArray(),
    open: state.open.toArray(),
    components: state.components.toArray(),
    feedback: state.feedback.toArray(),
    toGenerate: [...state.toGenerate],
    toEvaluate: [...state.toEvaluate],
    toCheck: [...state.toCheck],
    toAmend: [...state.toAmend],
    toVerify: [...state.toVerify],
    toArbitrate: [...state.toArbitrate],
    toJudge: [...state.toJudge],
    handoffs: state.handoffs.toArray(),
    exchanges: state.exchanges.toArray(),
    holders: [...state.holders],
    overtaken: [...state.overtaken],
    toClose: [...state.toClose],
    conflicts: state.conflicts.toArray(),
    reservations: [...state.reservations],
    adoptable: [...state.adoptable.values()],
  };
  return snapshot;
}

/** The state that {@link toSnapshot} was given; null for what is not of our version and shape. */
export function fromSnapshot(value: unknown): RunState | null {
  if (!isSnapshot(value)) return null;
  try {
    return restore(value);
  } catch {
    return null; // a plan that does not hold together, or numbers beyond it
  }
}

function restore({ version: _version, ...rest }: Snapshot): RunState | null {
  const graph = graphOf(rest.plan);
  if (!fits(rest, rest.plan, graph)) return null;
  const { modules } = rest.plan;
  const ranks = (list: readonly number[]): RankSet => setOf(modules.length, list);
  return {
    ...rest,
    graph,
    modules: Vector.from(rest.modules),
    tiers: Vector.from(rest.tiers),
    gates: Vector.from(rest.gates),
    unmet: Vector.from(rest.unmet),
    undrafted: Vector.from(rest.undrafted),
    open: Vector.from(rest.open),
    components: Vector.from(rest.components),
    feedback: Vector.from(rest.feedback),
    toGenerate: filled(buildQueue(graph), rest.toGenerate),
    toEvaluate: filled(reviewQueue(graph), rest.toEvaluate),
    toCheck: filled(reviewQueue(graph), rest.toCheck),
    toAmend: ranks(rest.toAmend),
    toVerify: ranks(rest.toVerify),
    toArbitrate: ranks(rest.toArbitrate),
    toJudge: setOf(graph.refs.length, rest.toJudge),
    handoffs: Vector.from(rest.handoffs),
    exchanges: Vector.from(rest.exchanges),
    holders: SmallMap.from(rest.holders),
    overtaken: SmallMap.from(rest.overtaken),
    toClose: setOf(graph.refs.length, rest.toClose),
    conflicts: Vector.from(rest.conflicts),
    reservations: SmallMap.from(rest.reservations),
    adoptable: new Map(rest.adoptable.map((each) => [each.module, each])),
  };
}

/** Whether the lists are about the nodes of the plan, in its order. */
function fits(listed: Listed, plan: RunState['plan'], graph: Graph): boolean {
  const sameIds = (a: readonly { id: string }[], b: readonly { id: string }[]): boolean =>
    a.length === b.length && a.every(({ id }, i) => id === b[i]?.id);
  return (
    sameIds(listed.modules, plan.modules) &&
    sameIds(listed.tiers, plan.tiers) &&
    sameIds(listed.gates, plan.gates) &&
    listed.unmet.length === graph.refs.length &&
    listed.exchanges.length === plan.modules.length &&
    listed.held.length === plan.resources.length &&
    listed.undrafted.length === plan.modules.length &&
    listed.open.length === graph.modules &&
    listed.components.length === graph.components.length &&
    listed.feedback.length === graph.feedback.length
  );
}

const setOf = (capacity: number, members: readonly number[]): RankSet =>
  filled(RankSet.empty(capacity), members);

/** Throws on a member beyond the capacity. */
function filled<Set extends { add(member: number): Set }>(
  empty: Set,
  members: readonly number[],
): Set {
  let set = empty;
  for (const member of members) set = set.add(member);
  return set;
}

type Guard = (value: unknown) => boolean;

const isText: Guard = (value) => typeof value === 'string';
const isCount: Guard = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const isTime: Guard = (value) => typeof value === 'number' && Number.isFinite(value);
const listOf =
  (isItem: Guard): Guard =>
  (value) =>
    Array.isArray(value) && value.every(isItem);

const isNode: Guard = (value) => {
  if (!isRecord(value)) return false;
  const { id, life } = value as { readonly id: unknown; readonly life: unknown };
  return isText(id) && isRecord(life) && isText((life as { readonly at: unknown }).at);
};

/** Enough to tell another version's shape, and damage, from ours; a new field belongs here too. */
const shape: Readonly<Record<keyof Snapshot, Guard>> = {
  version: (value) => value === snapshotVersion,
  run: isText,
  plan: isRecord,
  base: isRecord,
  sandbox: isRecord,
  way: (value) => ways.some((way) => way === value),
  seq: isCount,
  at: isTime,
  startedAt: isTime,
  driver: isCount,
  phase: (value) => isRecord(value) && isText((value as { readonly at: unknown }).at),
  pausedAt: (value) => value === null || isTime(value),
  pausedMs: isTime,
  modules: listOf(isNode),
  tiers: listOf(isNode),
  gates: listOf(isNode),
  unmet: listOf(isCount),
  undrafted: listOf(isCount),
  open: listOf(isCount),
  components: listOf(isRecord),
  feedback: listOf(isRecord),
  unsettled: isCount,
  toGenerate: listOf(isCount),
  toEvaluate: listOf(isCount),
  toCheck: listOf(isCount),
  toAmend: listOf(isCount),
  toVerify: listOf(isCount),
  toArbitrate: listOf(isCount),
  toJudge: listOf(isCount),
  toClose: listOf(isCount),
  conflicts: listOf(isRecord),
  arbitrations: isCount,
  atWork: isRecord,
  inFlight: isCount,
  needPerson: isCount,
  sealed: isCount,
  abandoned: isCount,
  handoffs: listOf(isRecord),
  exchanges: listOf(isRecord),
  openHandoffs: isCount,
  held: listOf(isCount),
  holders: listOf(listOf(isCount)),
  overtaken: listOf(listOf(isCount)),
  reservations: listOf((entry) => listOf(() => true)(entry) && isCount((entry as unknown[])[0])),
  reserved: isRecord,
  spent: isRecord,
  accounts: isRecord,
  exhausted: listOf(isRecord),
  troubled: listOf(isRecord),
  noted: listOf(isCount),
  adoptable: listOf(isRecord),
};

function isSnapshot(value: unknown): value is Snapshot {
  if (!isRecord(value)) return false;
  const fields = value;
  const guards = Object.entries(shape);
  return (
    Object.keys(fields).length === guards.length &&
    guards.every(([name, isOurs]) => isOurs(fields[name]))
  );
}
