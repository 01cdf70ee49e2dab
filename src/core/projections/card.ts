import { addAmounts, type Amount } from '../budget.ts';
import { modulePlan, type Graph } from '../graph.ts';
import type { ModuleId } from '../ids.ts';
import { poolKinds } from '../plan/plan.ts';
import type { RunState } from '../state.ts';
import type { ModuleState } from '../module-state.ts';
import type { CheckResult, Verdict } from '../verdict.ts';
import { shapeOf, type CardShape } from './card-shape.ts';
import { percentOf, secondHalf, wordsOf } from './card-words.ts';
import type { Chronicle } from './chronicle.ts';
import { isEnding } from './gate-status.ts';
import { poolWords, resourceWords } from './hold-words.ts';
import { moduleMoney, type MoneyKnowledge } from './money-known.ts';
import { moduleStatus } from './module-status.ts';
import { confirmedBy, isNodeSettled } from './node-words.ts';
import { heardAt } from './silence.ts';
import type { Spending } from './spending.ts';
import type { Span } from './timeline.ts';
import type { VerdictRow } from './verdict-rows.ts';

/** A module as the board draws it: what stands on its stone. */
export interface Card {
  readonly id: ModuleId;
  readonly shape: CardShape;
  /** The state in a word or two; names what is waited for. */
  readonly word: string;
  /** What its agent says, what holds it, or how long it took; '' where there is nothing to add. */
  readonly detail: string;
  /** 0 … 100 of what is going on now; null where nothing is, or nobody tells. */
  readonly percent: number | null;
  /** Of its latest judging under this version of its contract; null before. */
  readonly verdict: Verdict | null;
  readonly passed: number;
  readonly tests: number;
  /** 0 before the first. */
  readonly attempt: number;
  readonly version: number;
  /** Its contract is not the first one. */
  readonly amended: boolean;
  /** A seal of an earlier version stays behind. */
  readonly ghost: boolean;
  readonly needsYou: { readonly since: number | null; readonly says: string } | null;
  /** Its stream's title. */
  readonly stream: string;
  readonly kind: 'code' | 'document';
  /** What its agent at work has spent so far included. */
  readonly spent: Amount;
  /** How much of its money is known. */
  readonly money: MoneyKnowledge;
  readonly waitsFor: readonly string[];
  /** Since when it is like this, UTC milliseconds; null where that is not known. */
  readonly sinceMs: number | null;
  /** When its builder at work was last heard of, UTC milliseconds; null where none is. */
  readonly heardMs: number | null;
}

/**
 * The card of a module. The same object as long as nothing on it changes, so that who shows it can
 * compare by identity, and 1,000 cards are not drawn again because one has moved. Where nothing that
 * it is made of has changed it is not even made: that is what keeps a board of 1,000 at 30 a second.
 */
export function card(chronicle: Chronicle, node: number): Card {
  const { state, history, timeline } = chronicle;
  let known = lastCards.get(state.graph);
  if (known === undefined) lastCards.set(state.graph, (known = []));
  const sources: Sources = {
    module: state.modules.get(node),
    latest: history.latest.get(node),
    checks: history.checks.get(node),
    spending: history.spending.get(node),
    lane: timeline.lanes.get(node),
    unsettled: unsettledNeeds(state, node),
    undrafted: state.undrafted.get(node),
    unconfirmed: unconfirmedWords(state, node),
    holds: waitsForPlace(state.modules.get(node)) ? holdsOf(state) : state.phase.at,
    resource: state.plan.resources.length === 0 ? null : resourceWords(state, node),
  };
  const last = known[node];
  if (last !== undefined && isSameSources(last.sources, sources)) return last.card;
  const made = makeCard(chronicle, node);
  const shown = last !== undefined && isSame(last.card, made) ? last.card : made;
  known[node] = { sources, card: shown };
  return shown;
}

/**
 * Which modules' cards may be others than in `before`; null: any of them. Goes only through what the
 * two do not share. A card that says what a module that passed waits for is not among them.
 */
export function touchedCards(now: Chronicle, before: Chronicle): ReadonlySet<number> | null {
  const [state, last] = [now.state, before.state];
  if (state.graph !== last.graph || state.plan !== last.plan) return null;
  if (state.plan.resources.length > 0 || holdsOf(state) !== holdsOf(last)) return null;
  const { graph } = state;
  const touched = new Set<number>();
  const itself = (node: number): void => {
    if (node < graph.modules) touched.add(node);
  };
  /** Others look at whether it is settled. */
  const andWhatNeeds = (node: number): void => {
    itself(node);
    for (const dependent of graph.dependents[node] ?? []) itself(dependent);
  };
  state.modules.changedSince(last.modules, andWhatNeeds);
  state.tiers.changedSince(last.tiers, (tier) => andWhatNeeds(graph.tierBase + tier));
  state.gates.changedSince(last.gates, (gate) => andWhatNeeds(graph.gateBase + gate));
  state.unmet.changedSince(last.unmet, andWhatNeeds);
  state.undrafted.changedSince(last.undrafted, itself);
  now.history.latest.changedSince(before.history.latest, itself);
  now.history.checks.changedSince(before.history.checks, itself);
  now.history.spending.changedSince(before.history.spending, itself);
  now.timeline.lanes.changedSince(before.timeline.lanes, itself);
  return touched;
}

/** All that a card is made of, besides the plan. */
interface Sources {
  readonly module: ModuleState;
  readonly latest: VerdictRow | null;
  readonly checks: readonly CheckResult[];
  readonly spending: Spending;
  readonly lane: readonly Span[];
  /** Which of its needs are not settled, a bit each. */
  readonly unsettled: number;
  /** How many contracts its tests wait for. */
  readonly undrafted: number;
  /** What a module that passed waits for. */
  readonly unconfirmed: string;
  readonly holds: string;
  /** The resource that it waits for, as it is said. */
  readonly resource: string | null;
}

function isSameSources(a: Sources, b: Sources): boolean {
  return (
    a.module === b.module &&
    a.latest === b.latest &&
    a.checks === b.checks &&
    a.spending === b.spending &&
    a.lane === b.lane &&
    a.unsettled === b.unsettled &&
    a.undrafted === b.undrafted &&
    a.unconfirmed === b.unconfirmed &&
    a.holds === b.holds &&
    a.resource === b.resource
  );
}

/** By run (its graph stays the same object) and module: what {@link card} gave last. */
const lastCards = new WeakMap<Graph, { readonly sources: Sources; readonly card: Card }[]>();

const unconfirmedWords = (state: RunState, node: number): string =>
  state.modules.get(node).life.at === 'passed' ? confirmedBy(state, node).join() : '';

/** NaN, which is never the same, where there are more needs than bits. */
function unsettledNeeds(state: RunState, node: number): number {
  if (state.unmet.get(node) === 0) return 0;
  const needs = state.graph.needs[node] ?? [];
  if (needs.length > 31) return Number.NaN;
  let mask = 0;
  needs.forEach((need, bit) => {
    if (!isNodeSettled(state, need)) mask |= 1 << bit;
  });
  return mask;
}

function waitsForPlace({ life }: ModuleState): boolean {
  if (life.at === 'amending' || life.at === 'disputed') return life.order === null;
  return life.at === 'ready' || life.at === 'submitted';
}

/** What holds ready work, as it stands beside modules; the same for all modules of a state. */
function holdsOf(state: RunState): string {
  const known = holds.get(state);
  if (known !== undefined) return known;
  const pools = poolKinds.map((p) => poolWords(state, p));
  // Nobody pays for what is judged by its checks alone: no budget holds that.
  const said = [state.phase.at, ...pools, poolWords(state, 'reviewers', [])].join();
  holds.set(state, said);
  return said;
}

const holds = new WeakMap<RunState, string>();

function makeCard(chronicle: Chronicle, node: number): Card {
  const { state, history } = chronicle;
  const module = state.modules.get(node);
  const { kind, stream } = modulePlan(state.plan, node);
  const status = moduleStatus(state, node);
  const latest = history.latest.get(node);
  const shape = shapeOf(module, status, latest?.verdict ?? null);
  const spending = history.spending.get(node);
  return {
    id: module.id,
    shape,
    ...wordsOf(chronicle, node, shape, status),
    percent: percentOf(chronicle, node, shape, status),
    verdict: latest?.verdict ?? null,
    passed: latest?.passed ?? 0,
    tests: latest?.tests ?? module.contract.tests,
    attempt: module.attempt,
    version: module.contract.version,
    amended: module.contract.version > 1,
    ghost: module.formerSeal !== null && module.seal === null,
    needsYou:
      status.kind === 'needs-you' && !isEnding(state)
        ? { since: status.since, says: secondHalf(status.text) }
        : null,
    stream: state.plan.streams.find(({ id }) => id === stream)?.title ?? stream,
    kind,
    spent: addAmounts(module.spent, spending.running),
    money: moduleMoney(chronicle, node, module.spent, spending),
    waitsFor: status.waitsFor,
    sinceMs: status.since,
    heardMs: heardAt(chronicle, node),
  };
}

/** The id, stream and kind of a module never change. */
function isSame(a: Card, b: Card): boolean {
  return (
    a.shape === b.shape &&
    a.word === b.word &&
    a.detail === b.detail &&
    a.percent === b.percent &&
    a.verdict === b.verdict &&
    a.passed === b.passed &&
    a.tests === b.tests &&
    a.attempt === b.attempt &&
    a.version === b.version &&
    a.ghost === b.ghost &&
    a.sinceMs === b.sinceMs &&
    a.heardMs === b.heardMs &&
    a.needsYou?.since === b.needsYou?.since &&
    a.needsYou?.says === b.needsYou?.says &&
    a.waitsFor.length === b.waitsFor.length &&
    a.waitsFor.every((name, i) => name === b.waitsFor[i]) &&
    a.money === b.money &&
    a.spent.tokens === b.spent.tokens &&
    a.spent.microUsd === b.spent.microUsd &&
    a.spent.turns === b.spent.turns &&
    a.spent.ms === b.spent.ms
  );
}
