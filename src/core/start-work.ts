import { exhaustedAmong, moduleScope, timeLeftMs } from './accounts.ts';
import { adoptSeals } from './adopt-seals.ts';
import { attemptAllowance, exhaustedBy, planningAllowance, reviewAllowance } from './allowance.ts';
import type { Amount } from './budget.ts';
import { mayTake, nextIn } from './claims.ts';
import { conflictOf } from './conflict.ts';
import { plannersVersion } from './contract-version.ts';
import { takesReviewer } from './count-work.ts';
import {
  exhaustClock,
  integration,
  ofModule,
  reservable,
  reserve,
  type Payable,
} from './decide-budget.ts';
import { closeLeftBehind } from './decide-conflict.ts';
import { takeExhaustionStep } from './decide-exhaustion.ts';
import { takeFeedback } from './decide-feedback.ts';
import { tryProvider } from './decide-provider.ts';
import type { Deciding } from './deciding.ts';
import { followHandoffs, withdrawAll } from './follow-handoffs.ts';
import { gatePlan, kindOf, modulePlan, refOf } from './graph.ts';
import { builderHold, runHold } from './hold.ts';
import type { Order } from './ids.ts';
import { asksReviewer } from './module-state.ts';
import { awaitedProvider, restingProviders } from './provider-trouble.ts';
import type { RunState } from './state.ts';

/**
 * Ends every decision: starts all work that has a place and no hold, ready modules by the longest
 * remaining path, and ends the run where nothing is left to do. Costs what it starts.
 */
export function startWork(deciding: Deciding): void {
  closeLeftBehind(deciding);
  checkTime(deciding);
  if (runHold(deciding.state) === null && deciding.state.phase.at === 'building') {
    while (startRound(deciding) && runHold(deciding.state) === null);
  }
  followHandoffs(deciding);
  conclude(deciding);
}

/**
 * Starts what can be started, once round. True where somebody claims less than before: a module
 * without a budget left may be up for another contract now, and where a shared budget was found to be
 * used up, what it pays for keeps nothing from the others.
 */
function startRound(deciding: Deciding): boolean {
  const { exhausted, troubled } = deciding.state;
  verifyContracts(deciding);
  adoptSeals(deciding);
  // Most of them need no agent, which tells nothing of a provider that is to be tried: others do first.
  const last = troubled.length > 0;
  if (!last) judge(deciding);
  evaluate(deciding);
  arbitrate(deciding);
  amend(deciding);
  const outcome = generate(deciding);
  if (last) judge(deciding);
  return outcome === 'more' || deciding.state.exhausted !== exhausted;
}

function checkTime(deciding: Deciding): void {
  const { state } = deciding;
  if (state.phase.at !== 'building' || exhaustedAmong(state, ['run']) !== null) return;
  if (timeLeftMs(state, deciding.at) > 0) return;
  exhaustClock(deciding);
}

function verifyContracts(deciding: Deciding): void {
  const { toVerify } = deciding.state;
  for (let node = toVerify.first(); node !== -1; node = toVerify.next(node + 1)) {
    const { graph } = deciding.state;
    if (!mayTake(deciding.state, graph.demands.list[node] ?? 0, node)) continue;
    const module = deciding.state.modules.get(node);
    const { version } = module.contract;
    deciding.emit({ type: 'verification-started', module: module.id, version });
  }
}

/**
 * Tiers and gates, before submissions: they are few, and much waits for them. What a person is to
 * approve is composed also where the others wait for a place or for budget.
 */
function judge(deciding: Deciding): void {
  const { toJudge } = deciding.state;
  for (let node = toJudge.first(); node !== -1; node = toJudge.next(node + 1)) {
    const { state } = deciding;
    if (!mayTake(state, state.graph.demands.judge[node] ?? 0, node)) continue;
    if (!takesReviewer(state, node)) startJudging(deciding, node);
    else if (freeReviewer(state) && awaitedProvider(state, 'reviewers') === null) {
      const work = integration(state, refOf(state.graph, node));
      const amount = reservable(deciding, work);
      if (amount === null) continue;
      begin(deciding, startJudging(deciding, node), work, amount);
    }
  }
}

function startJudging(deciding: Deciding, node: number): Order {
  const { plan, graph, tiers } = deciding.state;
  if (kindOf(graph, node) === 'gate') {
    return deciding.emit({ type: 'gate-started', gate: gatePlan(plan, graph, node).id });
  }
  const tier = tiers.get(node - graph.tierBase).id;
  return deciding.emit({ type: 'integration-started', tier });
}

/**
 * Where the budget, or its provider, keeps what a reviewer is to see waiting, what is judged by its checks
 * alone goes on.
 */
function evaluate(deciding: Deciding): void {
  let unpaid = false;
  for (;;) {
    const { state } = deciding;
    const held = unpaid || awaitedProvider(state, 'reviewers') !== null;
    const queue = held ? state.toCheck : state.toEvaluate;
    const node = freeReviewer(state) ? nextIn(state, queue) : -1;
    if (node === -1) return;
    const module = state.modules.get(node);
    const { life, contract, attempt, epoch } = module;
    if (life.at !== 'submitted') return;
    const { budget } = modulePlan(state.plan, node);
    const asks = asksReviewer(life.submission);
    const work = ofModule(module.id, 'reviewer', reviewAllowance(module, budget));
    const amount = asks ? reservable(deciding, work) : null;
    if (asks && amount === null) {
      unpaid = true;
      continue;
    }
    const order = deciding.emit({
      type: 'evaluation-started',
      module: module.id,
      attempt: life.submission.rejudged?.attempt ?? attempt,
      epoch: life.submission.rejudged?.epoch ?? epoch,
      version: contract.version,
      tree: life.submission.tree,
      again: life.submission.again,
      confirms: life.submission.confirms,
    });
    if (amount !== null) begin(deciding, order, work, amount);
  }
}

/** Before amendments: a submission waits, and maybe a builder's time is lost. */
function arbitrate(deciding: Deciding): void {
  for (;;) {
    const { state } = deciding;
    const rank = state.toArbitrate.first();
    if (rank === -1 || !freePlanner(state)) return;
    const node = state.graph.byRank[rank] ?? 0;
    const { id: module, life } = state.modules.get(node);
    if (life.at !== 'disputed') return;
    const wanted = planningAllowance(modulePlan(state.plan, node).budget);
    const work = ofModule(module, 'planner', wanted);
    const amount = reservable(deciding, work);
    if (amount === null) return;
    const { conflict, epoch } = life;
    const before = conflictOf(state, conflict).arbitration;
    const arbitration = before === 0 ? state.arbitrations + 1 : before;
    const started = { conflict, module, arbitration, epoch };
    const order = deciding.emit({ type: 'arbitration-started', ...started });
    begin(deciding, order, work, amount);
  }
}

function amend(deciding: Deciding): void {
  for (;;) {
    const { state } = deciding;
    const rank = state.toAmend.first();
    if (rank === -1 || !freePlanner(state)) return;
    const node = state.graph.byRank[rank] ?? 0;
    const { id, life, contract } = state.modules.get(node);
    if (life.at !== 'amending') return;
    const work = ofModule(id, 'planner', planningAllowance(modulePlan(state.plan, node).budget));
    const amount = reservable(deciding, work);
    if (amount === null) return;
    const { epoch } = life;
    const version = plannersVersion(contract);
    const order = deciding.emit({ type: 'amendment-started', module: id, version, epoch });
    begin(deciding, order, work, amount);
  }
}

/** `more`: a module left the queue without being built, so that others may begin. */
function generate(deciding: Deciding): 'more' | 'done' {
  let outcome: 'more' | 'done' = 'done';
  for (;;) {
    const { state } = deciding;
    if (state.atWork.builders >= state.plan.pools.builders.max) return outcome;
    if (state.toGenerate.size === 0 || builderHold(state) !== null) return outcome;
    const node = nextIn(state, state.toGenerate);
    if (node === -1) return outcome;
    const module = state.modules.get(node);
    const { budget } = modulePlan(state.plan, node);
    const what = exhaustedBy(module, budget);
    if (what !== null) {
      const scope = moduleScope(module.id);
      deciding.emit({ type: 'budget-exhausted', module: module.id, scope, what, least: null });
      takeExhaustionStep(deciding, node, what);
      outcome = 'more';
      continue;
    }
    const work = ofModule(module.id, 'builder', attemptAllowance(module, budget));
    const amount = reservable(deciding, work);
    if (amount === null) return outcome;
    takeFeedback(deciding, node);
    const { replaces } = module;
    const order = deciding.emit({
      type: 'generation-started',
      module: module.id,
      attempt: replaces ? module.attempt : module.attempt + 1,
      epoch: replaces ? module.epoch + 1 : 1,
      version: module.contract.version,
    });
    begin(deciding, order, work, amount);
  }
}

const freeReviewer = (state: RunState): boolean =>
  state.atWork.reviewers < state.plan.pools.reviewers.max;

const freePlanner = (state: RunState): boolean =>
  state.atWork.planners < state.plan.pools.planners.max &&
  awaitedProvider(state, 'planners') === null;

/** Pays for work that has begun; where its provider was in trouble, it is what tries it. */
function begin(deciding: Deciding, order: Order, work: Payable, amount: Amount): void {
  reserve(deciding, order, work, amount);
  tryProvider(deciding, order, work);
}

/** The run's end: cancelled and quiet, all settled, or stuck with nobody to ask. */
function conclude(deciding: Deciding): void {
  const { state } = deciding;
  if (state.inFlight > restingProviders(state)) return;
  if (state.phase.at === 'cancelling') {
    deciding.emit({ type: 'run-finished', outcome: 'cancelled', reason: state.phase.reason });
  } else if (state.phase.at === 'building') {
    if (state.unsettled === 0) {
      if (state.pausedAt === null) deciding.emit({ type: 'delivery-started' });
    } else if (state.abandoned > 0 && state.needPerson === 0 && isQuiet(state)) {
      const reason = 'what is left depends on modules that were abandoned';
      withdrawAll(deciding, 'the run ended');
      deciding.emit({ type: 'run-finished', outcome: 'failed', reason });
    }
  }
}

/** Nothing waits for a place. */
const isQuiet = (state: RunState): boolean =>
  state.toGenerate.size +
    state.toEvaluate.size +
    state.toAmend.size +
    state.toArbitrate.size +
    state.toVerify.size +
    state.toJudge.size ===
  0;
