import type { Draft } from './draft.ts';
import { changeHeld } from './held.ts';
import type { RunState } from './state.ts';
import type { GateLife, TierLife } from './gate-state.ts';
import { asksReviewer, type ModuleLife, type Submission } from './module-state.ts';

// Which queue a life puts its node in, whose place it takes, and what of the run it adds to.

/** What a module's life means for queues and counters; `by` is 1 on entering and -1 on leaving it. */
export function countModule(draft: Draft, node: number, life: ModuleLife, by: 1 | -1): void {
  const rank = draft.graph.rank[node] ?? 0;
  switch (life.at) {
    case 'ready':
      draft.toGenerate = by === 1 ? draft.toGenerate.add(rank) : draft.toGenerate.delete(rank);
      break;
    case 'submitted':
      if (by === -1) leaveReview(draft, node);
      else if (draft.unmet.get(node) === 0) joinReview(draft, node, life.submission);
      break;
    case 'generating':
      draft.atWork = { ...draft.atWork, builders: draft.atWork.builders + by };
      draft.inFlight += by;
      break;
    case 'evaluating':
      draft.atWork = { ...draft.atWork, reviewers: draft.atWork.reviewers + by };
      draft.inFlight += by;
      break;
    case 'amending':
      if (life.order === null) {
        draft.toAmend = by === 1 ? draft.toAmend.add(rank) : draft.toAmend.delete(rank);
      } else {
        draft.atWork = { ...draft.atWork, planners: draft.atWork.planners + by };
        draft.inFlight += by;
      }
      break;
    case 'disputed':
      if (life.order === null) {
        draft.toArbitrate = by === 1 ? draft.toArbitrate.add(rank) : draft.toArbitrate.delete(rank);
      } else {
        draft.atWork = { ...draft.atWork, planners: draft.atWork.planners + by };
        draft.inFlight += by;
      }
      break;
    case 'verifying':
      if (life.order === null) {
        if (by === -1) draft.toVerify = draft.toVerify.delete(node);
        else if (draft.undrafted.get(node) === 0) draft.toVerify = draft.toVerify.add(node);
      } else draft.inFlight += by;
      break;
    case 'resting':
      draft.inFlight += by;
      break;
    case 'escalated':
      draft.needPerson += by;
      break;
    case 'abandoned':
      draft.abandoned += by;
      break;
    case 'waiting':
    case 'passed':
    case 'sealed':
      break;
  }
}

/** A submission waits for a reviewer, or for its checks alone. */
export function joinReview(draft: Draft, node: number, submission: Submission): void {
  const rank = draft.graph.rank[node] ?? 0;
  draft.toEvaluate = draft.toEvaluate.add(rank);
  if (!asksReviewer(submission)) draft.toCheck = draft.toCheck.add(rank);
}

export function leaveReview(draft: Draft, node: number): void {
  const rank = draft.graph.rank[node] ?? 0;
  draft.toEvaluate = draft.toEvaluate.delete(rank);
  draft.toCheck = draft.toCheck.delete(rank);
}

export function countJudging(
  draft: Draft,
  node: number,
  life: TierLife | GateLife,
  by: 1 | -1,
): void {
  switch (life.at) {
    case 'ready':
      draft.toJudge = by === 1 ? draft.toJudge.add(node) : draft.toJudge.delete(node);
      break;
    case 'judging':
      draft.inFlight += by;
      if (takesReviewer(draft, node)) {
        draft.atWork = { ...draft.atWork, reviewers: draft.atWork.reviewers + by };
      }
      break;
    case 'blocked':
    case 'asked':
    case 'refused':
      draft.needPerson += by;
      break;
    case 'waiting':
    case 'integrated':
    case 'passed':
    case 'approved':
      break;
  }
}

/** Holds nothing. */
const nothing = { at: 'waiting' } as const;

/** Counts all lives anew, where queues and counters begin with nothing. */
export function recount(draft: Draft): void {
  const { graph } = draft;
  for (let node = 0; node < graph.streamBase; node++) {
    if (node < graph.modules) {
      const { life } = draft.modules.get(node);
      countModule(draft, node, life, 1);
      changeHeld(draft, node, nothing, life);
      continue;
    }
    const { life } =
      node < graph.gateBase
        ? draft.tiers.get(node - graph.tierBase)
        : draft.gates.get(node - graph.gateBase);
    countJudging(draft, node, life, 1);
    changeHeld(draft, node, nothing, life);
  }
}

/** Composing what a person is to approve needs no reviewer. */
export function takesReviewer(state: Pick<RunState, 'plan' | 'graph'>, node: number): boolean {
  return state.plan.gates[node - state.graph.gateBase]?.kind !== 'approval';
}
