import type { Draft } from './draft.ts';
import { kindOf } from './graph.ts';
import { changeHeld, forgetUnlessQueued } from './held.ts';
import type {
  GateLife,
  GateState,
  ModuleLife,
  ModuleState,
  RunState,
  TierLife,
  TierState,
} from './state.ts';

/**
 * Puts a module's new state in place and keeps every index in step: queues, counters, and, where
 * the module became settled or stopped being so, whoever depends on it.
 */
export function putModule(draft: Draft, node: number, after: ModuleState): void {
  const before = draft.modules.get(node);
  draft.modules = draft.modules.set(node, after);
  if (before.contract.version === 0 && after.contract.version > 0) drafted(draft, node);
  if (before.life === after.life) return;
  count(draft, node, before.life, -1);
  count(draft, node, after.life, 1);
  changeHeld(draft, node, before.life, after.life);
  const was = before.life.at === 'sealed' && !before.life.stale;
  const is = after.life.at === 'sealed' && !after.life.stale;
  if (was && !is) {
    draft.sealed--;
    unsettle(draft, node);
  } else if (is && !was) {
    draft.sealed++;
    settle(draft, node);
  }
}

/** A first draft is there: tests of others can be listed with its stub. */
function drafted(draft: Draft, node: number): void {
  for (const dependent of draft.graph.draftedFor[node] ?? []) {
    const left = draft.undrafted.get(dependent) - 1;
    draft.undrafted = draft.undrafted.set(dependent, left);
    const { life } = draft.modules.get(dependent);
    if (left === 0 && life.at === 'verifying' && life.order === null) {
      draft.toVerify = draft.toVerify.add(dependent);
    }
  }
}

/** Where a module goes that has nothing at work: to its contract's tests, to a builder, or to wait. */
export function restingLife(draft: Draft, node: number, module: ModuleState): ModuleLife {
  if (module.contract.listing === null) return { at: 'verifying', order: null };
  return draft.unmet.get(node) === 0 ? { at: 'ready', since: draft.at } : { at: 'waiting' };
}

export function putTier(draft: Draft, node: number, after: TierState): void {
  const index = node - draft.graph.tierBase;
  const before = draft.tiers.get(index);
  draft.tiers = draft.tiers.set(index, after);
  countJudging(draft, node, before.life, -1);
  countJudging(draft, node, after.life, 1);
  changeHeld(draft, node, before.life, after.life);
  settleBy(draft, node, before.life.at === 'integrated', after.life.at === 'integrated');
}

export function putGate(draft: Draft, node: number, after: GateState): void {
  const index = node - draft.graph.gateBase;
  const before = draft.gates.get(index);
  draft.gates = draft.gates.set(index, after);
  countJudging(draft, node, before.life, -1);
  countJudging(draft, node, after.life, 1);
  changeHeld(draft, node, before.life, after.life);
  settleBy(draft, node, isPassed(before), isPassed(after));
}

const isPassed = (gate: GateState): boolean =>
  gate.life.at === 'passed' || gate.life.at === 'approved';

function settleBy(draft: Draft, node: number, was: boolean, is: boolean): void {
  if (is && !was) settle(draft, node);
  else if (was && !is) unsettle(draft, node);
}

function settle(draft: Draft, node: number): void {
  draft.unsettled--;
  for (const dependent of draft.graph.dependents[node] ?? []) {
    const left = draft.unmet.get(dependent) - 1;
    draft.unmet = draft.unmet.set(dependent, left);
    if (left === 0) needsMet(draft, dependent);
  }
}

function unsettle(draft: Draft, node: number): void {
  draft.unsettled++;
  for (const dependent of draft.graph.dependents[node] ?? []) {
    const before = draft.unmet.get(dependent);
    draft.unmet = draft.unmet.set(dependent, before + 1);
    if (before === 0) needsUnmet(draft, dependent);
  }
}

/** The last of a node's needs was settled. */
export function needsMet(draft: Draft, node: number): void {
  const kind = kindOf(draft.graph, node);
  if (kind === 'stream') settle(draft, node);
  else if (kind === 'module') moduleNeedsMet(draft, node);
  else if (kind === 'tier') {
    const tier = draft.tiers.get(node - draft.graph.tierBase);
    if (tier.life.at === 'waiting') putTier(draft, node, { ...tier, life: { at: 'ready' } });
  } else {
    const gate = draft.gates.get(node - draft.graph.gateBase);
    if (gate.life.at === 'waiting') putGate(draft, node, { ...gate, life: { at: 'ready' } });
  }
}

function moduleNeedsMet(draft: Draft, node: number): void {
  const module = draft.modules.get(node);
  if (module.life.at === 'waiting' && module.contract.listing !== null) {
    putModule(draft, node, { ...module, life: { at: 'ready', since: draft.at } });
  } else if (module.life.at === 'submitted') {
    draft.toEvaluate = draft.toEvaluate.add(draft.graph.rank[node] ?? 0);
  } else if (module.life.at === 'sealed' && module.life.stale && module.seal !== null) {
    const submission = { tree: module.seal.tree, summary: '', problems: [], again: true };
    putModule(draft, node, { ...module, life: { at: 'submitted', submission, since: draft.at } });
  }
}

/** One of a node's needs is in question again: what stands on it is stale, void or outdated. */
function needsUnmet(draft: Draft, node: number): void {
  const kind = kindOf(draft.graph, node);
  if (kind === 'stream') unsettle(draft, node);
  else if (kind === 'module') moduleNeedsUnmet(draft, node);
  else if (kind === 'tier') {
    const tier = draft.tiers.get(node - draft.graph.tierBase);
    const life = tier.life.at === 'judging' ? { ...tier.life, outdated: true } : waiting;
    putTier(draft, node, { ...tier, life });
  } else {
    const gate = draft.gates.get(node - draft.graph.gateBase);
    const life = gate.life.at === 'judging' ? { ...gate.life, outdated: true } : waiting;
    putGate(draft, node, { ...gate, life });
  }
}

const waiting = { at: 'waiting' } as const;

function moduleNeedsUnmet(draft: Draft, node: number): void {
  const module = draft.modules.get(node);
  const { life } = module;
  if (life.at === 'ready') putModule(draft, node, { ...module, life: waiting });
  else if (life.at === 'sealed') {
    putModule(draft, node, { ...module, life: { at: 'sealed', stale: true } });
  } else if (life.at === 'submitted') {
    draft.toEvaluate = draft.toEvaluate.delete(draft.graph.rank[node] ?? 0);
    forgetUnlessQueued(draft, node);
    if (life.submission.again) {
      putModule(draft, node, { ...module, life: { at: 'sealed', stale: true } });
    }
  } else if (life.at === 'evaluating') {
    putModule(draft, node, { ...module, life: { ...life, outdated: true } });
  }
}

/** What a module's life means for queues and counters; `by` is 1 on entering and -1 on leaving it. */
function count(draft: Draft, node: number, life: ModuleLife, by: 1 | -1): void {
  const rank = draft.graph.rank[node] ?? 0;
  switch (life.at) {
    case 'ready':
      draft.toGenerate = by === 1 ? draft.toGenerate.add(rank) : draft.toGenerate.delete(rank);
      break;
    case 'submitted':
      if (by === -1) draft.toEvaluate = draft.toEvaluate.delete(rank);
      else if (draft.unmet.get(node) === 0) draft.toEvaluate = draft.toEvaluate.add(rank);
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
    case 'sealed':
      break;
  }
}

function countJudging(draft: Draft, node: number, life: TierLife | GateLife, by: 1 | -1): void {
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

/** Composing what a person is to approve needs no reviewer. */
export function takesReviewer(state: Pick<RunState, 'plan' | 'graph'>, node: number): boolean {
  return state.plan.gates[node - state.graph.gateBase]?.kind !== 'approval';
}
