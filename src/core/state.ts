import type { Accounts, Exhausted } from './accounts.ts';
import type { Amount } from './budget.ts';
import type { DemandQueue } from './collections/demand-queue.ts';
import type { RankSet } from './collections/rank-set.ts';
import type { SmallMap } from './collections/small-map.ts';
import type { Vector } from './collections/vector.ts';
import type { ConflictRule, ConflictState, Rejudged } from './conflict.ts';
import type {
  Adoptable,
  AmendmentSource,
  BaseRecord,
  BudgetExhausted,
  EscalationReason,
  RunOutcome,
  SandboxRecord,
} from './events.ts';
import type { Graph } from './graph.ts';
import type { Exchange, HandoffState } from './handoff.ts';
import type { Digest, GateId, ModuleId, Order, RunId, TierId, TreeId } from './ids.ts';
import type { Plan } from './plan/plan.ts';
import type { TroubledProvider } from './provider-trouble.ts';
import type { Evidence } from './verdict.ts';

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
  /** Providers of the pools that serve nobody now; at most one for each pool. */
  readonly troubled: readonly TroubledProvider[];
  /** The latest orders whose late signs of life were noted, so that each is noted once; bounded. */
  readonly noted: readonly Order[];
  /** Seals of an earlier run that stand in for generation where their input is the same. */
  readonly adoptable: ReadonlyMap<ModuleId, Adoptable>;
}

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

export interface ModuleState {
  readonly id: ModuleId;
  readonly contract: ContractState;
  readonly life: ModuleLife;
  /** Of the latest generation; 0 before the first. */
  readonly attempt: number;
  /** Of the latest generation's agent. */
  readonly epoch: number;
  /** How often this attempt's agent was replaced because it failed or stalled. */
  readonly restarts: number;
  /** The next builder takes up this attempt, one epoch on, instead of a new one. */
  readonly replaces: boolean;
  /** Submissions judged under this version of the contract. */
  readonly judged: number;
  /** How often it failed to be confirmed under this version of the contract. */
  readonly confirmations: number;
  /** null before the first and after a reopening. */
  readonly seal: Seal | null;
  /** The seal before the module was reopened. */
  readonly formerSeal: Seal | null;
  /** Why the last submission did not pass: the next builder reads it. */
  readonly evidence: readonly Evidence[];
  /** What conflicts were decided since the last seal: the next builder reads it too. */
  readonly notices: readonly Evidence[];
  /** The last judgement that was no PASS, for as long as a builder may dispute it. */
  readonly judgement: JudgedSubmission | null;
  /** The open conflict in which this module is disputed; null where there is none. */
  readonly conflict: number | null;
  /** Files that the next builder begins with. */
  readonly seed: TreeId | null;
  readonly spent: Amount;
  /** What of it is whole reservations of agents whose end was lost. */
  readonly inFull: Amount;
  /** How many fresh budgets the module was given; 1 from the start. */
  readonly grants: number;
  /** How many steps of `onExhausted` were taken. */
  readonly steps: number;
}

export interface ContractState {
  /** 0: a planner has yet to write the first one. */
  readonly version: number;
  readonly tree: TreeId;
  /** null while its tests are being listed. */
  readonly listing: Digest | null;
  readonly tests: number;
  readonly history: readonly ContractVersion[];
  /** How many drafts of this version were refused, of a planner. */
  readonly refusals: number;
  /** What is held against the last draft: its next author reads it. */
  readonly refused: readonly Evidence[];
}

/** A version as people look it up. */
export interface ContractVersion {
  readonly version: number;
  readonly tree: TreeId;
  readonly reason: string;
  readonly source: AmendmentSource;
  readonly at: number;
}

export interface Seal {
  readonly digest: Digest;
  readonly tree: TreeId;
  readonly version: number;
  readonly attempt: number;
  /** What its builder said of it; empty where it was taken over. */
  readonly summary: string;
}

/**
 *                             ┌──────── disputed ◄──────┐
 *                             │     or revised, amended │
 *                                           ┌──── passed ◄────┐  judged on a stub, or its set is
 *                                           ▼  to be confirmed │  not complete: then again submitted
 *     waiting ─► ready ─► generating ─► submitted ─► evaluating ─► sealed
 *        ▲         ▲          │             ▲           │            │
 *        │         ├─ resting ┘             │           │            │ a need is unsettled:
 *        │         └──────── revision ──────┼───────────┤            │ stale, then again
 *        │                                  └───────────┼────────────┘ submitted
 *     verifying ◄─ amending ◄──── exhausted, blamed ────┴─► escalated, abandoned
 *        ▲                                                      │
 *        └───────────── a person's amendment ───────────────────┘
 */
export type ModuleLife =
  | { readonly at: 'waiting' }
  | { readonly at: 'ready'; readonly since: number }
  | Generating
  /** A failing provider asked for a pause. */
  | { readonly at: 'resting'; readonly order: Order; readonly ms: number }
  | { readonly at: 'submitted'; readonly submission: Submission; readonly since: number }
  | {
      readonly at: 'evaluating';
      readonly order: Order;
      readonly submission: Submission;
      readonly since: number;
      /** What it judges no longer stands; its verdict will not count. */
      readonly outdated: boolean;
      /** All that it is judged against stands for good, so that a PASS confirms it. */
      readonly final: boolean;
      /** The checks that are finished and did not pass, by name. */
      readonly failed: readonly string[];
    }
  | Disputed
  | Passed
  /** `stale`: something below changed; it is judged again as soon as that is settled. */
  | { readonly at: 'sealed'; readonly stale: boolean }
  | Amending
  | {
      readonly at: 'verifying';
      /** null until the listing was ordered; it waits for drafts of what the module needs. */
      readonly order: Order | null;
      /** A newer contract stands: the listing is being ended, and holds what it holds until then. */
      readonly outdated: boolean;
    }
  | {
      readonly at: 'escalated';
      readonly reason: EscalationReason;
      /** What of its budget is used up, where that is the reason and it is known. */
      readonly what?: BudgetExhausted['what'];
      readonly message: string;
      readonly since: number;
    }
  | { readonly at: 'abandoned'; readonly reason: string };

/** Passed its gate, not sealed: on a stub, or as one of a set; waits and costs nothing. */
export interface Passed {
  readonly at: 'passed';
  readonly submission: Submission;
  /** The seal that is ready for it; null until it is confirmed against what stands now. */
  readonly seal: Digest | null;
  readonly since: number;
}

export interface Generating {
  readonly at: 'generating';
  readonly order: Order;
  readonly since: number;
  readonly says: string;
  readonly fraction: number | null;
  /** The version it builds for. */
  readonly version: number;
  /** It was told to end; what it still submits is at best a seed. */
  readonly ending: boolean;
}

/** A planner is to write a new version; `order` is null while it waits for a place. */
export interface Amending {
  readonly at: 'amending';
  readonly order: Order | null;
  readonly source: AmendmentSource;
  readonly reason: string;
  readonly epoch: number;
  /** A person amended it meanwhile: what the planner hands in does not count. */
  readonly superseded: boolean;
}

/** A dispute waits for an arbiter, or is before one; the submission is that of the judgement. */
export interface Disputed {
  readonly at: 'disputed';
  readonly conflict: number;
  /** null while it waits for a place. */
  readonly order: Order | null;
  /** Of the arbiter; 1 for the first. */
  readonly epoch: number;
  readonly since: number;
}

export interface Submission {
  readonly tree: TreeId;
  readonly summary: string;
  readonly problems: readonly Evidence[];
  /** True where it is the seal's own implementation, judged again. */
  readonly again: boolean;
  /** True where it has passed and is judged against the real thing. */
  readonly confirms: boolean;
  /** Why it is judged once more although it was judged before; null where no dispute led here. */
  readonly rejudged: Rejudged | null;
}

/**
 * Whether a reviewer's word is part of judging it. A seal and what has passed were reviewed before, and
 * where a dispute was decided against the reviewers, they are not asked once more.
 */
export const asksReviewer = ({ again, confirms, rejudged }: Submission): boolean =>
  !again && !confirms && rejudged?.by !== 'ruling';

/** A submission that did not pass, and what a dispute of that has to know. */
export interface JudgedSubmission {
  readonly tree: TreeId;
  readonly summary: string;
  readonly problems: readonly Evidence[];
  readonly attempt: number;
  readonly epoch: number;
  /** The assembled tree that its checks judged; null where the journal does not say. */
  readonly subject: TreeId | null;
  /** The checks that did not pass, by name. */
  readonly failed: readonly string[];
  /** Whether an attempt was used up by it. */
  readonly counted: boolean;
  /** Whose word upheld it last; null before the first dispute. */
  readonly upheldBy: ConflictRule | null;
}

export interface TierState {
  readonly id: TierId;
  /** The open conflict about its checks; null where there is none. */
  readonly conflict: number | null;
  readonly life: TierLife;
  /** How often it was judged. */
  readonly judged: number;
}

export type TierLife =
  | { readonly at: 'waiting' }
  | { readonly at: 'ready' }
  | Judging
  | { readonly at: 'integrated'; readonly tree: TreeId }
  /** Failed with nobody to blame; a person must look. */
  | { readonly at: 'blocked'; readonly message: string; readonly since: number };

/** `outdated`: what it judges no longer stands; its verdict will not count. */
export interface Judging {
  readonly at: 'judging';
  readonly order: Order;
  readonly since: number;
  readonly outdated: boolean;
}

export interface GateState {
  readonly id: GateId;
  /** The open conflict about its checks; null where there is none. */
  readonly conflict: number | null;
  readonly life: GateLife;
  readonly judged: number;
}

export type GateLife =
  | { readonly at: 'waiting' }
  | { readonly at: 'ready' }
  | Judging
  | { readonly at: 'passed'; readonly tree: TreeId }
  | { readonly at: 'blocked'; readonly message: string; readonly since: number }
  | { readonly at: 'asked'; readonly submission: Digest; readonly since: number }
  | { readonly at: 'approved'; readonly submission: Digest; readonly by: string }
  /** A person said no: reopen what must change, or cancel. */
  | {
      readonly at: 'refused';
      readonly submission: Digest;
      readonly by: string;
      readonly note: string;
      readonly since: number;
    };

/** What the other modules of a component are judged against: what passed last; null where nothing did. */
export function offerOf({ life, seal }: ModuleState): TreeId | null {
  switch (life.at) {
    case 'passed':
      return life.submission.tree;
    case 'sealed':
      return seal?.tree ?? null;
    case 'submitted':
    case 'evaluating':
      return life.submission.again || life.submission.confirms ? life.submission.tree : null;
    case 'disputed':
    case 'waiting':
    case 'ready':
    case 'generating':
    case 'resting':
    case 'amending':
    case 'verifying':
    case 'escalated':
    case 'abandoned':
      return null;
  }
}

/** A passed seal that nothing below has put in question. */
export const isSettled = (module: ModuleState): boolean =>
  module.life.at === 'sealed' && !module.life.stale;

/** Nothing goes on before a person has mended what all of it waits for. */
export const awaitsPerson = (
  phase: RunPhase,
): phase is Extract<RunPhase, { at: 'lacking' | 'undelivered' }> =>
  phase.at === 'lacking' || phase.at === 'undelivered';

/** Over for good: the loop may end. */
export const isOver = (state: RunState): boolean =>
  state.phase.at === 'finished' && state.phase.postmortem !== null;
