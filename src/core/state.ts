import type { Accounts, Exhausted } from './accounts.ts';
import type { Amount } from './budget.ts';
import type { DemandQueue } from './collections/demand-queue.ts';
import type { RankSet } from './collections/rank-set.ts';
import type { SmallMap } from './collections/small-map.ts';
import type { Vector } from './collections/vector.ts';
import type { ConflictState } from './conflict.ts';
import type { Adoptable, BaseRecord, SandboxRecord } from './events/run-origin.ts';
import type { RunOutcome } from './events/run.ts';
import type { GateState, TierState } from './gate-state.ts';
import type { Graph } from './graph.ts';
import type { Exchange, HandoffState } from './handoff.ts';
import type { Digest, ModuleId, Order, RunId } from './ids.ts';
import type { ModuleState } from './module-state.ts';
import type { Plan } from './plan/plan.ts';
import type { TroubledProvider } from './provider-trouble.ts';
import type { Way } from './way.ts';

/**
 * A run at one moment: the fold of its journal. Values that did not change keep their identity
 * from one state to the next. Queues, counters and `unmet` are indices over the modules, kept so
 * that neither `decide` nor `evolve` ever looks at all of them.
 */
export interface RunState {
  readonly run: RunId;
  readonly plan: Plan;
  readonly graph: Graph;
  readonly base: BaseRecord;
  readonly sandbox: SandboxRecord;
  /** Sequence number of the last event; 0 before the first. */
  readonly way: Way;
  readonly seq: number;
  /** UTC milliseconds of the last event. */
  readonly at: number;
  readonly startedAt: number;
  readonly driver: number;
  readonly phase: RunPhase;
  /** Since when the run is paused; null where it is not. */
  readonly pausedAt: number | null;
  /** Milliseconds of all pauses that are over. */
  readonly pausedMs: number;

  readonly modules: Vector<ModuleState>;
  readonly tiers: Vector<TierState>;
  readonly gates: Vector<GateState>;
  /** By node: how many of its needs are not met. Inside a component an offer meets a need. */
  readonly unmet: Vector<number>;
  /** By module: how many of the modules that it needs directly have no draft of a contract yet. */
  readonly undrafted: Vector<number>;
  /**
   * By module: how many of its soft needs outside its component are not settled; of a module in a
   * component, its hard needs outside too.
   */
  readonly open: Vector<number>;
  /** By place in the graph's `components`. */
  readonly components: Vector<ComponentState>;
  /** By place in the graph's `feedback`. */
  readonly feedback: Vector<FeedbackState>;
  /** Nodes that are not settled; at 0 the run can be delivered. */
  readonly unsettled: number;

  /** Ready modules that wait for a builder, by rank. */
  readonly toGenerate: DemandQueue;
  /** Submissions and stale seals that wait for a reviewer, by rank. */
  readonly toEvaluate: DemandQueue;
  /** Those of them that are judged by their checks alone: nobody is asked, so no budget pays. */
  readonly toCheck: DemandQueue;
  /** Modules that wait for a planner's new version of their contract, by rank. */
  readonly toAmend: RankSet;
  /** Contracts whose tests can be listed and are not being listed yet, by module. */
  readonly toVerify: RankSet;
  /** Modules whose dispute waits for an arbiter, by rank. */
  readonly toArbitrate: RankSet;
  /** Tiers and gates whose needs are settled and that are not being judged yet, by node. */
  readonly toJudge: RankSet;
  /** Tiers and gates that are no longer blocked, though the conflict about it is open, by node. */
  readonly toClose: RankSet;
  /** All conflicts of the run, by their numbers. */
  readonly conflicts: Vector<ConflictState>;
  /** How many of them were put to an arbiter. */
  readonly arbitrations: number;
  /** How many agents or gates are at work, by pool. */
  readonly atWork: AtWork;
  /** Everything that has been ordered and not come back, of whatever kind. */
  readonly inFlight: number;
  /** Modules, gates and deliveries that wait for a person. */
  readonly needPerson: number;
  readonly sealed: number;
  readonly abandoned: number;

  /** All handoffs, by number; closed ones stay. */
  readonly handoffs: Vector<HandoffState>;
  /** By module: its handoffs as places in `handoffs`. */
  readonly exchanges: Vector<Exchange>;
  /** Handoffs of which more is to come. */
  readonly openHandoffs: number;
  /** Units of each resource that are held, in the order of the plan. */
  readonly held: readonly number[];
  /** By node: the class of demand that its work in flight holds; none where it holds nothing. */
  readonly holders: SmallMap<number, number>;
  /**
   * By node that waits in a line: how often, since it was first there, modules behind it took so much
   * of what it demands that it could not begin. A few at a time, in the order in which that first befell them.
   */
  readonly overtaken: SmallMap<number, number>;

  /** What the work in flight has reserved, by the order that it is for; as many as there are places. */
  readonly reservations: SmallMap<Order, Amount>;
  /** The sum of the reservations. */
  readonly reserved: Amount;
  /** Settled. */
  readonly spent: Amount;
  /** What pools and phases have spent and reserved of it. */
  readonly accounts: Accounts;
  /** Shared budgets that are used up: what they pay for waits until a person raises them. */
  readonly exhausted: readonly Exhausted[];
  /** Providers that serve nobody now, or not one of the pools; at most two for each pool. */
  readonly troubled: readonly TroubledProvider[];
  /** The latest orders whose late signs of life were noted, so that each is noted once; bounded. */
  readonly noted: readonly Order[];
  /** Seals of an earlier run that stand in for generation where their input is the same. */
  readonly adoptable: ReadonlyMap<ModuleId, Adoptable>;
}

/** How many places of each pool are taken. */
export interface AtWork {
  readonly planners: number;
  readonly builders: number;
  readonly reviewers: number;
}

/**
 *     checking ──go──► building ──all settled──► delivering ──► finished ──reopened──► building
 *       │  ▲              │                          │              ▲
 *       ▼  │              └── nothing is left to do ────────────────┤
 *     lacking             └──cancel──► cancelling ──all ended───────┘
 */
export type RunPhase =
  | {
      readonly at: 'checking';
      readonly order: Order;
      /** What is known so far, in the order in which it came. */
      readonly checked: readonly CheckedPrerequisite[];
    }
  /** Prerequisites do not hold; a person may mend that and resume, and all are checked again. */
  | {
      readonly at: 'lacking';
      readonly since: number;
      readonly checked: readonly CheckedPrerequisite[];
    }
  | { readonly at: 'building' }
  | { readonly at: 'delivering'; readonly order: Order }
  /** Delivery did not work; a person may mend its cause and resume. */
  | { readonly at: 'undelivered'; readonly since: number; readonly message: string }
  | { readonly at: 'cancelling'; readonly reason: string }
  | {
      readonly at: 'finished';
      readonly outcome: RunOutcome;
      readonly reason: string;
      readonly since: number;
      readonly order: Order;
      readonly postmortem: Digest | null;
    };

/** A prerequisite that was checked; `says` tells what is missing, and is empty where it holds. */
export interface CheckedPrerequisite {
  readonly name: string;
  readonly passed: boolean;
  readonly says: string;
}

/** What keeps the members of a component from being confirmed against each other. */
export interface ComponentState {
  /** Members that have nothing to be judged against. */
  readonly lacking: number;
  /** Members of which a need outside the component is not settled. */
  readonly waiting: number;
}

/** What the two sides of a feedback pair have told each other. */
export interface FeedbackState {
  readonly fromA: Channel;
  readonly fromB: Channel;
}

/** One direction of a feedback pair. */
export interface Channel {
  /** The giving side has handed in at least once. */
  readonly spoke: boolean;
  /** How often findings were given, and how many of them the other side has been handed. */
  readonly given: number;
  readonly taken: number;
  /** Of all that was not taken yet. */
  readonly findings: readonly string[];
  /** There were still findings after the last round. */
  readonly unconverged: boolean;
}

/** Nothing goes on before a person has mended what all of it waits for. */
export const awaitsPerson = (
  phase: RunPhase,
): phase is Extract<RunPhase, { at: 'lacking' | 'undelivered' }> =>
  phase.at === 'lacking' || phase.at === 'undelivered';

/** Over for good: the loop may end. */
export const isOver = (state: RunState): boolean =>
  state.phase.at === 'finished' && state.phase.postmortem !== null;
