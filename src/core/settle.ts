import { countJudging, countModule, joinReview, leaveReview } from './count-work.ts';
import type { Draft } from './draft.ts';
import { isInside, kindOf, sealedWith } from './graph.ts';
import { changeHeld, forgetUnlessQueued } from './held.ts';
import type { RunState } from './state.ts';
import type { GateLife, GateState, TierLife, TierState } from './gate-state.ts';
import { offerOf, type ModuleLife, type ModuleState } from './module-state.ts';

/**
 * Puts a module's new state in place and keeps every index in step: queues, counters, and, where
 * the module became settled or stopped being so, whoever depends on it.
 */
export function putModule(draft: Draft, node: number, after: ModuleState): void {
  const before = draft.modules.get(node);
  draft.modules = draft.modules.set(node, after);
  if (before.contract.version === 0 && after.contract.version > 0) drafted(draft, node);
  if (before.life !== after.life) {
    countModule(draft, node, before.life, -1);
    countModule(draft, node, after.life, 1);
    changeHeld(draft, node, before.life, after.life);
  }
  // What it offers to its set changes also where a seal is taken from it and its life goes on.
  if ((draft.graph.componentOf[node] ?? -1) !== -1) {
    const [offered, offers] = [offerOf(before), offerOf(after)];
    if (offered !== offers) offer(draft, node, offered !== null, offers !== null);
  }
  if (before.life === after.life) return;
  const was = before.life.at === 'sealed' && !before.life.stale;
  const is = after.life.at === 'sealed' && !after.life.stale;
  if (was && !is) {
    draft.sealed--;
    unsettle(draft, node);
  } else if (is && !was) {
    draft.sealed++;
    settle(draft, node);
  }
  if (after.life.at === 'passed') reconsider(draft, node);
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
  if (module.contract.listing === null) return { at: 'verifying', order: null, outdated: false };
  return draft.unmet.get(node) === 0 ? { at: 'ready', since: draft.at } : { at: 'waiting' };
}

/** A module with nothing at work any more. */
export function withLife(draft: Draft, node: number, module: ModuleState): ModuleState {
  return { ...module, life: restingLife(draft, node, module) };
}

export function putTier(draft: Draft, node: number, after: TierState): void {
  const index = node - draft.graph.tierBase;
  const before = draft.tiers.get(index);
  draft.tiers = draft.tiers.set(index, after);
  judgedOtherwise(draft, node, before.life, after);
  settleBy(draft, node, before.life.at === 'integrated', after.life.at === 'integrated');
}

export function putGate(draft: Draft, node: number, after: GateState): void {
  const index = node - draft.graph.gateBase;
  const before = draft.gates.get(index);
  draft.gates = draft.gates.set(index, after);
  judgedOtherwise(draft, node, before.life, after);
  settleBy(draft, node, isPassed(before), isPassed(after));
}

/** Keeps in step what counts tiers and gates by their lives. */
function judgedOtherwise(
  draft: Draft,
  node: number,
  before: TierLife | GateLife,
  after: TierState | GateState,
): void {
  countJudging(draft, node, before, -1);
  countJudging(draft, node, after.life, 1);
  changeHeld(draft, node, before, after.life);
  leaveBlock(draft, node, before, after);
}

/** What it was blocked for is to be closed once it is blocked no longer. */
function leaveBlock(
  draft: Draft,
  node: number,
  { at }: TierLife | GateLife,
  after: TierState | GateState,
): void {
  if (at !== 'blocked' || after.life.at === 'blocked' || after.conflict === null) return;
  draft.toClose = draft.toClose.add(node);
}

const isPassed = (gate: GateState): boolean =>
  gate.life.at === 'passed' || gate.life.at === 'approved';

function settleBy(draft: Draft, node: number, was: boolean, is: boolean): void {
  if (is && !was) settle(draft, node);
  else if (was && !is) unsettle(draft, node);
}

function settle(draft: Draft, node: number): void {
  draft.unsettled--;
  const { graph } = draft;
  for (const dependent of graph.dependents[node] ?? []) {
    if (isInside(graph, node, dependent)) continue;
    if (graph.componentOf[dependent] !== -1) changeOpen(draft, dependent, -1);
    meet(draft, dependent);
  }
  for (const dependent of graph.softDependents[node] ?? []) {
    if (!isInside(graph, node, dependent)) changeOpen(draft, dependent, -1);
  }
}

function meet(draft: Draft, dependent: number): void {
  const left = draft.unmet.get(dependent) - 1;
  draft.unmet = draft.unmet.set(dependent, left);
  if (left === 0) needsMet(draft, dependent);
}

function unsettle(draft: Draft, node: number): void {
  draft.unsettled++;
  const { graph } = draft;
  for (const dependent of graph.dependents[node] ?? []) {
    if (isInside(graph, node, dependent)) continue;
    if (graph.componentOf[dependent] !== -1) changeOpen(draft, dependent, 1);
    miss(draft, dependent);
  }
  for (const dependent of graph.softDependents[node] ?? []) {
    if (!isInside(graph, node, dependent)) changeOpen(draft, dependent, 1);
  }
  // A set is sealed together, so it is in question together.
  if (graph.componentOf[node] === -1) return;
  for (const member of sealedWith(graph, node)) makeStale(draft, member);
}

function miss(draft: Draft, dependent: number): void {
  const before = draft.unmet.get(dependent);
  draft.unmet = draft.unmet.set(dependent, before + 1);
  if (before === 0) needsUnmet(draft, dependent);
}

/** A need outside the component, or a soft one, was settled (-1) or came in question (1). */
function changeOpen(draft: Draft, node: number, by: 1 | -1): void {
  const before = draft.open.get(node);
  draft.open = draft.open.set(node, before + by);
  if (before !== 0 && before + by !== 0) return;
  const component = draft.graph.componentOf[node] ?? -1;
  if (component !== -1) {
    const { lacking, waiting } = draft.components.get(component);
    draft.components = draft.components.set(component, { lacking, waiting: waiting + by });
  }
  for (const member of sealedWith(draft.graph, node)) {
    if (by === 1) makeStale(draft, member);
    reconsider(draft, member);
  }
}

/** What a member of a component offers to the others changed: they are judged against it. */
function offer(draft: Draft, node: number, offered: boolean, offers: boolean): void {
  const { graph } = draft;
  const component = graph.componentOf[node] ?? -1;
  const change = Number(offered) - Number(offers);
  if (change !== 0) {
    const { lacking, waiting } = draft.components.get(component);
    draft.components = draft.components.set(component, { lacking: lacking + change, waiting });
    for (const dependent of graph.dependents[node] ?? []) {
      if (!isInside(graph, node, dependent)) continue;
      if (offers) meet(draft, dependent);
      else miss(draft, dependent);
    }
  }
  for (const member of sealedWith(graph, node)) {
    if (member === node) continue;
    unconfirm(draft, member);
    reconsider(draft, member);
  }
}

/** What a module was or is judged against is replaced. */
function unconfirm(draft: Draft, node: number): void {
  const module = draft.modules.get(node);
  const { life } = module;
  if (life.at === 'passed' && life.seal !== null) {
    putModule(draft, node, { ...module, life: { ...life, seal: null } });
  } else if (life.at === 'evaluating' && life.final) {
    const { again, confirms } = life.submission;
    const outdated = life.outdated || again || confirms;
    putModule(draft, node, { ...module, life: { ...life, final: false, outdated } });
  }
}

/** Whether a PASS now would be one against all that the module is to be sealed on. */
export function isFinal(state: RunState, node: number): boolean {
  if (state.unmet.get(node) !== 0) return false;
  const component = state.graph.componentOf[node] ?? -1;
  if (component === -1) return state.open.get(node) === 0;
  const { lacking, waiting } = state.components.get(component);
  const own = offerOf(state.modules.get(node)) === null ? 1 : 0;
  return waiting === 0 && lacking === own;
}

/**
 * Has what passed, or is stale, judged as soon as all that it stands on stands, and no sooner.
 */
function reconsider(draft: Draft, node: number): void {
  const module = draft.modules.get(node);
  const { life } = module;
  const final = isFinal(draft, node);
  const since = draft.at;
  if (life.at === 'passed') {
    if (!final) unconfirm(draft, node);
    else if (life.seal === null) {
      const submission = { ...life.submission, confirms: true };
      putModule(draft, node, { ...module, life: { at: 'submitted', submission, since } });
    }
  } else if (life.at === 'sealed') {
    if (!final || !life.stale || module.seal === null) return;
    const { tree } = module.seal;
    const of = { tree, summary: '', problems: [], again: true, confirms: false };
    const submission = { ...of, rejudged: null };
    putModule(draft, node, { ...module, life: { at: 'submitted', submission, since } });
  } else if (final) return;
  else if (life.at === 'submitted') putBack(draft, node);
  else if (life.at === 'evaluating') unconfirm(draft, node);
}

/** What waited to be judged again, and cannot be now, is what it was. */
function putBack(draft: Draft, node: number): void {
  const module = draft.modules.get(node);
  if (module.life.at !== 'submitted') return;
  const { submission, since } = module.life;
  if (submission.again) {
    putModule(draft, node, { ...module, life: { at: 'sealed', stale: true } });
  } else if (submission.confirms) {
    const passed = { ...submission, confirms: false };
    putModule(draft, node, {
      ...module,
      life: { at: 'passed', submission: passed, seal: null, since },
    });
  }
}

function makeStale(draft: Draft, node: number): void {
  const module = draft.modules.get(node);
  if (module.life.at !== 'sealed' || module.life.stale) return;
  putModule(draft, node, { ...module, life: { at: 'sealed', stale: true } });
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
    joinReview(draft, node, module.life.submission);
  } else reconsider(draft, node);
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
  else if (life.at === 'submitted') {
    leaveReview(draft, node);
    forgetUnlessQueued(draft, node);
    putBack(draft, node);
  } else if (life.at === 'evaluating') {
    putModule(draft, node, { ...module, life: { ...life, outdated: true } });
  } else if (life.at === 'sealed') makeStale(draft, node);
  else reconsider(draft, node);
}
