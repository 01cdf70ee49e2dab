import { zeroAmount, type Amount } from '../budget.ts';
import type { ConflictKind, IfUpheld } from '../conflict.ts';
import type { EscalationReason } from '../events/module.ts';
import type { Digest, NodeRef, Order, TreeId } from '../ids.ts';
import type { Plan } from '../plan/plan.ts';
import type { Scope } from '../scopes.ts';
import type { CheckResult, Verdict } from '../verdict.ts';
import { reachOf, type Reach } from './plan-reach.ts';

/**
 * What the events of a run say, kept a second time and in another way than the state keeps it: slow
 * and plain, with the plan as its only help. The laws are held against it, never against indices.
 */
export interface Ledger {
  /** No call can spend more than was reserved for it. */
  readonly metered: boolean;
  plan: Plan;
  reach: ReadonlyMap<NodeRef, Reach>;
  readonly modules: Map<NodeRef, ModuleLedger>;
  /** Tiers and gates. */
  readonly gates: Map<NodeRef, GateLedger>;
  /** Open ones, by their numbers. */
  readonly conflicts: Map<number, ConflictLedger>;
  /** Work that was ordered and has not ended, by its order. */
  readonly live: Map<Order, LiveWork>;
  readonly reserved: Map<Order, Reserved>;
  /** Settled, by the pool, phase or module that paid. */
  readonly paid: Map<Scope, Amount>;
  /** What work of a driver that died had reserved: it counts in full before anybody goes on. */
  inherited: Set<Order>;
  spent: Amount;
  /** Time of the last event, and of all that passed while somebody drove the run and it went on. */
  at: number;
  activeMs: number;
  paused: boolean;
  /** What the run waits to be told: an amendment after a reopening. */
  owedAmendment: NodeRef | null;
  readonly handoffs: Map<number, HandoffLedger>;
  readonly openHandoffs: Set<number>;
  /** What was delivered in full last, by sender and receiver. */
  readonly handedOver: Map<string, TreeId | null>;
  /** Senders and receivers between which a seal is still to be handed over. */
  readonly owedHandoffs: Set<string>;
  /** Providers that serve nobody: left alone, to be tried, or tried by the work of this order. */
  readonly troubled: Map<string, 'left alone' | 'to be tried' | Order>;
  cancelled: boolean;
  delivered: boolean;
  /** Its last delivery did not work, and nobody has had it go on since. */
  undelivered: boolean;
  /** Whether they held, by name, since they were last begun to be checked. */
  readonly prerequisites: Map<string, boolean>;
  prerequisiteFailed: boolean;
  /** A person must mend a prerequisite. */
  lacking: boolean;
  /** Work may start. */
  go: boolean;
  /** Since the start or the last reopening. */
  finished: number;
  postmortems: number;
}

/** What an order may still cost, and all that pay for it. */
export interface Reserved {
  readonly amount: Amount;
  readonly scopes: readonly Scope[];
}

export interface LiveWork {
  /** `check`: judged again by its checks alone, which no agent sees. */
  readonly kind: 'build' | 'judge' | 'check' | 'plan' | 'list' | 'compose';
  readonly ref: NodeRef;
}

export interface ConflictLedger {
  readonly kind: ConflictKind;
  readonly about: NodeRef | null;
  ifUpheld: IfUpheld;
}

export interface ModuleLedger {
  version: number;
  contract: TreeId | null;
  /** The tests of this version are listed; null where they are not. */
  tests: number | null;
  /** Its planner's draft of this version decides nothing. */
  refused: boolean;
  builder: Builder | null;
  planner: Order | null;
  lister: Order | null;
  judging: Judging | null;
  /** Handed in, and neither judged nor superseded. */
  submission: { readonly tree: TreeId; readonly problems: number } | null;
  /** Passed its gate and not sealed since. */
  passed: Passed | null;
  /** The last that was judged and did not pass; null once another is handed in. */
  heldBack: HeldBack | null;
  /** What is to be judged by its checks alone, because a dispute about it was decided so. */
  ruled: TreeId | null;
  /** The dispute about it that is open. */
  dispute: number | null;
  arbiter: Order | null;
  seal: LedgerSeal | null;
  /** Its contract was put in question, or a person was asked, since it was last sealed. */
  questioned: boolean;
  abandoned: boolean;
  escalated: EscalationReason | null;
  /** A planner is to mend that its budget is used up, and it has no fresh one yet. */
  awaitsGrant: boolean;
  /** Its provider served nobody, so that its next builder takes up the same attempt. */
  unserved: boolean;
  attempt: number;
  epoch: number;
  spent: Amount;
  grants: number;
}

/** What passed its gate; `confirmed`: against all that it is sealed on. */
export interface Passed {
  readonly tree: TreeId;
  readonly version: number;
  readonly confirmed: boolean;
  readonly against: readonly string[];
}

export interface HeldBack {
  readonly tree: TreeId;
  readonly problems: number;
  /** Every check passed when it was judged. */
  readonly checked: boolean;
}

export interface Builder {
  readonly order: Order;
  readonly attempt: number;
  readonly epoch: number;
  /** A newer contract stands: what it hands in does not count. */
  outdated: boolean;
}

export interface Judging {
  readonly order: Order;
  readonly again: boolean;
  readonly tree: TreeId | null;
  readonly version: number;
  /** What stood for each module below when it began. */
  readonly against: readonly string[];
  /** The contract of each module below when it began; it stands behind a stub. */
  readonly contracts: ReadonlyMap<NodeRef, TreeId | null>;
  readonly checks: CheckResult[];
  verdict: Verdict | null;
}

export interface LedgerSeal {
  /** Number of the event: sealing the same digest anew is another seal. */
  readonly event: number;
  readonly digest: Digest;
  readonly tree: TreeId;
  readonly version: number;
  readonly against: readonly string[];
}

export interface HandoffLedger {
  readonly from: NodeRef;
  readonly to: NodeRef;
  /** Whether what was delivered last is a part; null where nothing lies there to be received. */
  fresh: { readonly partial: boolean } | null;
}

export interface GateLedger {
  judging: Judging | null;
  passed: { readonly against: readonly string[] } | null;
  asked: { readonly submission: Digest; readonly against: readonly string[] } | null;
}

export function newLedger(plan: Plan, metered: boolean): Ledger {
  const reach = reachOf(plan);
  const modules = new Map<NodeRef, ModuleLedger>();
  const gates = new Map<NodeRef, GateLedger>();
  for (const ref of reach.keys()) {
    if (ref.startsWith('module:')) modules.set(ref, newModule());
    else if (!ref.startsWith('stream:')) gates.set(ref, newGate());
  }
  return {
    metered,
    plan,
    reach,
    modules,
    gates,
    conflicts: new Map(),
    live: new Map(),
    reserved: new Map(),
    paid: new Map(),
    inherited: new Set(),
    spent: zeroAmount,
    at: 0,
    activeMs: 0,
    paused: false,
    owedAmendment: null,
    handoffs: new Map(),
    openHandoffs: new Set(),
    handedOver: new Map(),
    owedHandoffs: new Set(),
    troubled: new Map(),
    cancelled: false,
    delivered: false,
    undelivered: false,
    prerequisites: new Map(),
    prerequisiteFailed: false,
    lacking: false,
    go: false,
    finished: 0,
    postmortems: 0,
  };
}

export const newGate = (): GateLedger => ({ judging: null, passed: null, asked: null });

export const newModule = (): ModuleLedger => ({
  version: 0,
  contract: null,
  tests: null,
  refused: false,
  builder: null,
  planner: null,
  lister: null,
  judging: null,
  submission: null,
  passed: null,
  heldBack: null,
  ruled: null,
  dispute: null,
  arbiter: null,
  seal: null,
  questioned: false,
  abandoned: false,
  escalated: null,
  awaitsGrant: false,
  unserved: false,
  attempt: 0,
  epoch: 0,
  spent: zeroAmount,
  grants: 1,
});

export function moduleEntry(ledger: Ledger, ref: NodeRef): ModuleLedger {
  return known(ledger.modules.get(ref), ref);
}

export function gateEntry(ledger: Ledger, ref: NodeRef): GateLedger {
  return known(ledger.gates.get(ref), ref);
}

export function reachEntry(ledger: Ledger, ref: NodeRef): Reach {
  return known(ledger.reach.get(ref), ref);
}

function known<T>(value: T | undefined, ref: NodeRef): T {
  if (value === undefined) throw new Error(`the plan has no ${ref}`);
  return value;
}
