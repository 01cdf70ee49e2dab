import { noAccounts } from './accounts.ts';
import { zeroAmount } from './budget.ts';
import { newComposed, newModule, standings } from './begin-run.ts';
import { evolveBudget } from './evolve-budget.ts';
import { evolveConflict } from './evolve-conflict.ts';
import { evolveGate } from './evolve-gate.ts';
import { evolveHandoff } from './evolve-handoff.ts';
import { evolveModule } from './evolve-module.ts';
import type { RunEvent } from './events.ts';
import type { RunStarted } from './events/run.ts';
import { RankSet } from './collections/rank-set.ts';
import type { ConflictState } from './conflict.ts';
import { SmallMap } from './collections/small-map.ts';
import { Vector } from './collections/vector.ts';
import { evolveFeedback } from './evolve-feedback.ts';
import { graphOf } from './graph.ts';
import { noExchange } from './handoff.ts';
import { buildQueue, reviewQueue } from './held.ts';
import { order } from './ids.ts';
import { draftOf, type Draft } from './draft.ts';
import { evolvePrerequisites, isIdle, restartIdle } from './evolve-prerequisites.ts';
import { evolveProvider, forgetTrouble } from './evolve-provider.ts';
import { evolveSplit } from './evolve-split.ts';
import { needsMet } from './settle.ts';
import { awaitsPerson, type RunState } from './state.ts';

/**
 * Folds one event into a run. The first event must be `run-started`; events come without gaps.
 * Costs the same however many modules the plan has, but for what depends on the one concerned.
 *
 * Throws where the events are not a run's: journals are verified before they are folded.
 */
export function evolve(state: RunState | null, event: RunEvent): RunState {
  return fold(state, [event]);
}

/** What {@link evolve} gives one event after the other, with one copy of the state for all. */
export function fold(state: RunState | null, events: readonly [RunEvent, ...RunEvent[]]): RunState;
export function fold(state: RunState | null, events: readonly RunEvent[]): RunState | null;
export function fold(state: RunState | null, events: readonly RunEvent[]): RunState | null {
  let draft: Draft | null = state === null ? null : draftOf(state);
  for (const event of events) draft = advance(draft, event);
  return draft;
}

/** Folds an event into a draft that nobody else holds; makes the draft for the first event. */
export function advance(draft: Draft | null, event: RunEvent): Draft {
  if (draft === null) {
    if (event.type !== 'run-started') throw new Error(`a run cannot begin with ${event.type}`);
    return begin(event);
  }
  if (event.seq !== draft.seq + 1) {
    throw new Error(`event ${event.seq} cannot follow event ${draft.seq}`);
  }
  const before = draft.at;
  draft.seq = event.seq;
  draft.at = event.at;
  apply(draft, event, before);
  return draft;
}

/** `before`: the time of the event before this one. */
function apply(draft: Draft, event: RunEvent, before: number): void {
  switch (event.type) {
    case 'run-started':
      throw new Error('a run starts once');
    case 'driver-started':
      draft.driver = event.driver;
      // Nobody worked since the last driver's last event; other idle time is counted where it ends.
      if (draft.pausedAt === null && !isIdle(draft.phase)) draft.pausedMs += event.at - before;
      // All of them are checked anew.
      if (draft.phase.at === 'checking') draft.phase = { ...draft.phase, checked: [] };
      break;
    case 'prerequisite-checked':
    case 'prerequisites-missing':
    case 'prerequisites-check-started':
      evolvePrerequisites(draft, event);
      break;
    case 'insights-given':
    case 'agent-used':
    case 'delivered':
    case 'check-unstable':
      break;
    case 'check-finished':
      if (event.gate.startsWith('module:')) evolveModule(draft, event);
      break;
    case 'conflict-detected':
    case 'dispute-opened':
    case 'arbitration-started':
    case 'arbitration-failed':
    case 'conflict-resolved':
      evolveConflict(draft, event);
      break;
    case 'go-given':
      draft.inFlight--;
      draft.phase = { at: 'building' };
      break;
    case 'run-paused':
      draft.pausedAt = event.at;
      break;
    case 'run-resumed':
      restartIdle(draft, event.at);
      endPause(draft, event.at);
      if (draft.phase.at === 'undelivered') {
        draft.needPerson--;
        draft.phase = { at: 'building' };
      }
      break;
    case 'run-cancelled':
      restartIdle(draft, event.at);
      if (awaitsPerson(draft.phase)) draft.needPerson--;
      if (draft.phase.at === 'checking') draft.inFlight--;
      draft.phase = { at: 'cancelling', reason: event.reason };
      break;
    case 'module-split':
      evolveSplit(draft, event);
      break;
    case 'delivery-started':
      draft.inFlight++;
      draft.phase = { at: 'delivering', order: order(event.seq) };
      break;
    case 'delivery-failed':
      draft.inFlight--;
      draft.needPerson++;
      draft.phase = { at: 'undelivered', since: event.at, message: event.message };
      break;
    case 'run-finished':
      // What the phase before had at work is done; the postmortem is ordered.
      if (draft.phase.at === 'checking' || draft.phase.at === 'delivering') draft.inFlight--;
      endPause(draft, event.at);
      forgetTrouble(draft);
      draft.inFlight++;
      draft.phase = {
        at: 'finished',
        outcome: event.outcome,
        reason: event.reason,
        since: event.at,
        order: order(event.seq),
        postmortem: null,
      };
      break;
    case 'postmortem-written':
      draft.inFlight--;
      if (draft.phase.at === 'finished') {
        draft.phase = { ...draft.phase, postmortem: event.digest };
      }
      break;
    case 'run-reopened':
      restartIdle(draft, event.at);
      if (draft.phase.at === 'finished') draft.pausedMs += event.at - draft.phase.since;
      if (draft.phase.at === 'undelivered') draft.needPerson--;
      draft.phase = { at: 'building' };
      break;
    case 'provider-failed':
    case 'provider-wait-ended':
    case 'provider-tried':
    case 'provider-answered':
    case 'agents-switched':
      evolveProvider(draft, event);
      break;
    case 'plan-changed':
    case 'budget-reserved':
    case 'budget-spent':
    case 'budget-exhausted':
      evolveBudget(draft, event);
      break;
    case 'late-result-rejected':
      if (!draft.noted.includes(event.order)) {
        draft.noted = [...draft.noted.slice(1 - mostNoted), event.order];
      }
      break;
    case 'verdict-given':
      if (event.gate.startsWith('module:')) evolveModule(draft, event);
      break;
    case 'contract-written':
    case 'contract-refused':
    case 'contract-amended':
    case 'verification-started':
    case 'verification-ended':
    case 'amendment-requested':
    case 'amendment-started':
    case 'amendment-failed':
    case 'generation-started':
    case 'progress-reported':
    case 'generation-ended':
    case 'rest-ended':
    case 'submission-received':
    case 'evaluation-started':
    case 'evaluation-ended':
    case 'module-passed':
    case 'confirmation-failed':
    case 'module-sealed':
    case 'seal-adopted':
    case 'module-reopened':
    case 'module-escalated':
    case 'module-abandoned':
    case 'module-resumed':
      evolveModule(draft, event);
      break;
    case 'feedback-given':
    case 'feedback-taken':
      evolveFeedback(draft, event);
      break;
    case 'integration-started':
    case 'integration-ended':
    case 'integration-failed':
    case 'tier-integrated':
    case 'gate-started':
    case 'gate-passed':
    case 'gate-blocked':
    case 'approval-requested':
    case 'approval-given':
    case 'approval-refused':
      evolveGate(draft, event);
      break;
    case 'handoff-requested':
    case 'handoff-accepted':
    case 'handoff-delivered':
    case 'handoff-received':
    case 'handoff-awaited':
    case 'handoff-withdrawn':
      evolveHandoff(draft, event);
      break;
  }
}

/** How many orders are remembered whose late signs of life were noted. */
const mostNoted = 32;

function endPause(draft: Draft, at: number): void {
  draft.pausedMs += at - (draft.pausedAt ?? at);
  draft.pausedAt = null;
}

function begin(event: RunStarted): Draft {
  const { plan } = event;
  const graph = graphOf(plan);
  const draft: Draft = {
    run: event.run,
    plan,
    graph,
    base: event.base,
    sandbox: event.sandbox,
    way: event.way,
    seq: event.seq,
    at: event.at,
    startedAt: event.at,
    driver: 0,
    phase: { at: 'checking', order: order(event.seq), checked: [] },
    pausedAt: null,
    pausedMs: 0,
    modules: Vector.from(plan.modules.map(({ id, contract }) => newModule(id, contract))),
    tiers: Vector.from(plan.tiers.map(({ id }) => newComposed(id))),
    gates: Vector.from(plan.gates.map(({ id }) => newComposed(id))),
    unmet: Vector.from(graph.needs.map((on) => on.length)),
    undrafted: Vector.from(graph.drafts.map((on) => on.length)),
    ...standings(graph),
    unsettled: graph.refs.length,
    toGenerate: buildQueue(graph),
    toEvaluate: reviewQueue(graph),
    toCheck: reviewQueue(graph),
    toAmend: RankSet.empty(plan.modules.length),
    toVerify: RankSet.empty(plan.modules.length),
    toArbitrate: RankSet.empty(plan.modules.length),
    toJudge: RankSet.empty(graph.refs.length),
    toClose: RankSet.empty(graph.refs.length),
    conflicts: Vector.from<ConflictState>([]),
    arbitrations: 0,
    atWork: { planners: 0, builders: 0, reviewers: 0 },
    inFlight: 1,
    needPerson: 0,
    sealed: 0,
    abandoned: 0,
    handoffs: Vector.from([]),
    exchanges: Vector.from(plan.modules.map(() => noExchange)),
    openHandoffs: 0,
    held: plan.resources.map(() => 0),
    holders: SmallMap.from([]),
    overtaken: SmallMap.from([]),
    reservations: SmallMap.from([]),
    reserved: zeroAmount,
    spent: zeroAmount,
    accounts: noAccounts(),
    exhausted: [],
    troubled: [],
    noted: [],
    adoptable: new Map(event.adoptable.map((each) => [each.module, each])),
  };
  plan.modules.forEach(({ contract }, node) => {
    if (contract.author === 'planner') draft.toAmend = draft.toAmend.add(graph.rank[node] ?? 0);
  });
  // Modules become ready with their contracts; a tier, gate or stream may need nothing at all.
  for (let node = graph.tierBase; node < graph.refs.length; node++) {
    if (graph.needs[node]?.length === 0) needsMet(draft, node);
  }
  return draft;
}
