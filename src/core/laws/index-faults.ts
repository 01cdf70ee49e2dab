import { isInside, sealedWith } from '../graph.ts';
import { handoffFaults } from './handoff-faults.ts';
import { heldWhile, wantedBy } from '../held.ts';
import { addAmounts, zeroAmount, type Amount } from '../budget.ts';
import type { Effect } from '../effects.ts';
import { nodeRef } from '../ids.ts';
import { outstanding } from '../outstanding.ts';
import { askingProviders } from '../provider-trouble.ts';
import { partScopes, sharedScopesOf, type SharedScope } from '../scopes.ts';
import type { RunState } from '../state.ts';
import type { GateLife, TierLife } from '../gate-state.ts';
import { isSettled, offerOf, type ModuleState } from '../module-state.ts';

/** The indices of a state as they should be, counted over all modules, tiers and gates. */
interface Counted {
  toGenerate: number[];
  toEvaluate: number[];
  toCheck: number[];
  toAmend: number[];
  toVerify: number[];
  toArbitrate: number[];
  toJudge: number[];
  toClose: number[];
  builders: number;
  planners: number;
  reviewers: number;
  sealed: number;
  abandoned: number;
  needPerson: number;
  unsettled: number;
}

/**
 * What a state's queues and counters say wrongly, each counted anew: nothing where every index is
 * in step. Looks at everything, so it is for tests and for verifying a journal.
 */
export function indexFaults(state: RunState): string[] {
  const faults: string[] = [];
  const compare = (what: string, is: number | string, should: number | string): void => {
    if (is !== should) faults.push(`${what} is ${is} and should be ${should}`);
  };
  const { graph, modules, tiers, gates } = state;
  const settled = settledNodes(state);
  const counted = nothing();
  const unmet = graph.needs.map((needs, node) => {
    let count = 0;
    for (const need of needs) if (!isMet(state, settled, node, need)) count++;
    if (state.unmet.get(node) !== count) compare(`unmet of ${node}`, state.unmet.get(node), count);
    if (settled[node] !== true) counted.unsettled++;
    return count;
  });
  for (let node = 0; node < modules.length; node++) {
    const module = modules.get(node);
    const undrafted = (graph.drafts[node] ?? []).filter(
      (need) => modules.get(need).contract.version === 0,
    ).length;
    compare(`undrafted of ${node}`, state.undrafted.get(node), undrafted);
    countModule(counted, module, graph.rank[node] ?? -1, node, unmet[node] === 0, undrafted === 0);
    if (isMisplaced(module, unmet[node] === 0)) faults.push(`${module.id} is ${module.life.at}`);
  }
  for (let node = graph.tierBase; node < graph.streamBase; node++) {
    const { id, life, conflict } =
      node < graph.gateBase ? tiers.get(node - graph.tierBase) : gates.get(node - graph.gateBase);
    const approval = state.plan.gates[node - graph.gateBase]?.kind === 'approval';
    countComposed(counted, life, node, approval);
    if (conflict !== null && life.at !== 'blocked') counted.toClose.push(node);
    const outdated = life.at === 'judging' && life.outdated;
    const open = unmet[node] === 0;
    if (open ? life.at === 'waiting' : life.at !== 'waiting' && !outdated) {
      faults.push(`${id} is ${life.at}`);
    }
  }
  faults.push(...setFaults(state, settled, unmet));
  if (state.phase.at === 'undelivered' || state.phase.at === 'lacking') counted.needPerson++;
  counted.needPerson += state.exhausted.length;
  counted.needPerson += askingProviders(state);
  faults.push(...providerFaults(state));

  faults.push(...conflictFaults(state));
  for (const queue of queues) {
    const should = counted[queue].sort((a, b) => a - b).join(' ');
    compare(queue, [...state[queue]].join(' '), should);
  }
  for (const pool of ['builders', 'planners', 'reviewers'] as const) {
    compare(pool, state.atWork[pool], counted[pool]);
  }
  for (const count of ['sealed', 'abandoned', 'needPerson', 'unsettled'] as const) {
    compare(count, state[count], counted[count]);
  }
  compare('inFlight', state.inFlight, outstanding(state).length);
  faults.push(...handoffFaults(state));
  faults.push(...resourceFaults(state));
  for (const [scope, should] of reservedByScope(state)) {
    const is = scope === 'run' ? state.reserved : state.accounts[scope].reserved;
    for (const unit of ['tokens', 'microUsd', 'turns', 'ms'] as const) {
      compare(`reserved ${unit} of ${scope}`, is[unit], should[unit]);
    }
  }
  return faults;
}

/** Who holds what, counted over all lives; and whoever was overtaken must wait for something. */
function resourceFaults(state: RunState): string[] {
  const { graph, modules, tiers, gates } = state;
  const lives = [...modules, ...tiers, ...gates].map(({ life }) => life);
  const held = graph.demands.capacities.map(() => 0);
  const holders: string[] = [];
  lives.forEach((life, node) => {
    const holds = heldWhile(graph, node, life);
    if (holds !== 0) holders.push(`${node}:${holds}`);
    for (const { resource, amount } of graph.demands.classes[holds] ?? []) {
      held[resource] = (held[resource] ?? 0) + amount;
    }
  });
  const faults: string[] = [];
  const is = [...state.holders].sort(([a], [b]) => a - b).map((entry) => entry.join(':'));
  if (is.join(' ') !== holders.join(' ')) {
    faults.push(`holders are ${is.join(' ')} and should be ${holders.join(' ')}`);
  }
  if (state.held.join(' ') !== held.join(' ')) {
    faults.push(`held is ${state.held.join(' ')} and should be ${held.join(' ')}`);
  }
  for (const [node] of state.overtaken) {
    if (wantedBy(state, node) === 0) faults.push(`${node} was overtaken and waits for nothing`);
  }
  return faults;
}

/** Each is named by a pool, once, and whoever tries it is at work. */
function providerFaults({ troubled, plan, reservations }: RunState): string[] {
  const names = troubled.map(({ name }) => name);
  const agents = Object.values(plan.pools).map(({ agent }) => agent);
  return troubled.flatMap(({ name, life }, at) => {
    if (names.indexOf(name) !== at) return [`${name} is in trouble twice`];
    if (!agents.includes(name)) return [`${name} is waited for and no pool names it`];
    const tries = life.at === 'trying' && life.order !== null && !reservations.has(life.order);
    return tries ? [`${name} is tried by work that is over`] : [];
  });
}

/** Inside a set, what passed is enough. */
function isMet(state: RunState, settled: readonly boolean[], node: number, need: number): boolean {
  if (!isInside(state.graph, node, need)) return settled[need] === true;
  return offerOf(state.modules.get(need)) !== null;
}

/** What is counted for confirming modules, and which of them are not where they belong. */
function setFaults(
  state: RunState,
  settled: readonly boolean[],
  unmet: readonly number[],
): string[] {
  const { graph, modules } = state;
  const faults: string[] = [];
  const open = modules.toArray().map((module, node) => {
    const inSet = graph.componentOf[node] !== -1;
    const on = [...(graph.soft[node] ?? []), ...(inSet ? (graph.needs[node] ?? []) : [])];
    const count = on.filter((each) => !isInside(graph, node, each) && settled[each] !== true);
    if (state.open.get(node) !== count.length) faults.push(`open of ${module.id} is wrong`);
    return count.length;
  });
  graph.components.forEach((members, component) => {
    const lacking = members.filter((node) => offerOf(modules.get(node)) === null).length;
    const waiting = members.filter((node) => open[node] !== 0).length;
    const is = state.components.get(component);
    if (is.lacking !== lacking || is.waiting !== waiting) {
      faults.push(`component ${component} is ${is.lacking} ${is.waiting}`);
    }
  });
  for (let node = 0; node < modules.length; node++) {
    const { id, life, seal } = modules.get(node);
    const set = sealedWith(graph, node);
    const others = set.filter((each) => each !== node && offerOf(modules.get(each)) === null);
    const final = unmet[node] === 0 && others.length === 0 && set.every((each) => open[each] === 0);
    const wrong =
      (life.at === 'passed' && (life.seal !== null) !== final) ||
      (life.at === 'sealed' &&
        seal !== null &&
        (life.stale ? final : !final && set.length === 1)) ||
      (life.at === 'submitted' && (life.submission.again || life.submission.confirms) && !final);
    if (wrong) faults.push(`${id} is ${life.at}, ${final ? '' : 'not '}to be confirmed`);
  }
  return faults;
}

/** What the work in flight has reserved, summed up for each budget that pays for it. */
function reservedByScope(state: RunState): Map<SharedScope, Amount> {
  const scopes: SharedScope[] = ['run', ...partScopes];
  const sums = new Map(scopes.map((scope) => [scope, zeroAmount]));
  const paid = new Map(outstanding(state).map((effect) => [effect.order, payersOf(effect)]));
  for (const [order, amount] of state.reservations) {
    for (const scope of paid.get(order) ?? []) {
      sums.set(scope, addAmounts(sums.get(scope) ?? zeroAmount, amount));
    }
  }
  return sums;
}

function payersOf(effect: Effect): readonly SharedScope[] {
  switch (effect.type) {
    case 'generate':
      return sharedScopesOf(nodeRef('module', effect.module), 'builder');
    case 'evaluate':
      return sharedScopesOf(nodeRef('module', effect.module), 'reviewer');
    case 'amend':
    case 'split':
    case 'arbitrate':
      return sharedScopesOf(nodeRef('module', effect.module), 'planner');
    case 'integrate':
      return sharedScopesOf(nodeRef('tier', effect.tier), 'integrator');
    case 'run-gate':
      return sharedScopesOf(nodeRef('gate', effect.gate), 'integrator');
    case 'abort':
    case 'await-provider':
    case 'check-prerequisites':
    case 'compose-subject':
    case 'deliver':
    case 'rest':
    case 'verify-contract':
    case 'write-postmortem':
      return [];
  }
}

const queues = [
  'toGenerate',
  'toEvaluate',
  'toCheck',
  'toAmend',
  'toVerify',
  'toArbitrate',
  'toJudge',
  'toClose',
] as const;

/** A module in dispute knows an open conflict of its own, and is somewhere it can be settled. */
function conflictFaults({ modules, tiers, gates, conflicts }: RunState): string[] {
  const faults: string[] = [];
  const open = new Map(
    conflicts
      .toArray()
      .flatMap(({ id, parties, resolved }) =>
        resolved === null ? [[id, parties[0]] as const] : [],
      ),
  );
  for (const { id, conflict, life } of modules) {
    if (conflict !== null && open.get(conflict) !== `module:${id}`) {
      faults.push(`${id} is in conflict ${conflict}, which is not open`);
    }
    if (life.at === 'disputed' && life.conflict !== conflict) {
      // Amended or put to a planner in the same decision.
      if (conflict !== null) faults.push(`${id} is disputed in ${life.conflict}, not ${conflict}`);
    }
  }
  for (const { id, conflict } of [...tiers, ...gates]) {
    if (conflict !== null && !open.has(conflict))
      faults.push(`${id} is in a conflict that is over`);
  }
  return faults;
}

function settledNodes({ graph, modules, tiers, gates }: RunState): boolean[] {
  const settled: boolean[] = [];
  for (let node = 0; node < graph.refs.length; node++) {
    if (node < graph.tierBase) settled.push(isSettled(modules.get(node)));
    else if (node < graph.gateBase) {
      settled.push(tiers.get(node - graph.tierBase).life.at === 'integrated');
    } else if (node < graph.streamBase) {
      const { at } = gates.get(node - graph.gateBase).life;
      settled.push(at === 'passed' || at === 'approved');
    } else settled.push((graph.needs[node] ?? []).every((need) => settled[need]));
  }
  return settled;
}

function countModule(
  counted: Counted,
  module: ModuleState,
  rank: number,
  node: number,
  open: boolean,
  drafted: boolean,
): void {
  const { life } = module;
  if (isSettled(module)) counted.sealed++;
  if (life.at === 'ready') counted.toGenerate.push(rank);
  if (life.at === 'submitted' && open) {
    counted.toEvaluate.push(rank);
    const { again, confirms, rejudged } = life.submission;
    if (again || confirms || rejudged?.by === 'ruling') counted.toCheck.push(rank);
  }
  if (life.at === 'generating') counted.builders++;
  if (life.at === 'evaluating') counted.reviewers++;
  if (life.at === 'abandoned') counted.abandoned++;
  if (life.at === 'escalated') counted.needPerson++;
  if (life.at === 'verifying' && life.order === null && drafted) counted.toVerify.push(node);
  if (life.at !== 'amending' && life.at !== 'disputed') return;
  if (life.order !== null) counted.planners++;
  else if (life.at === 'amending') counted.toAmend.push(rank);
  else counted.toArbitrate.push(rank);
}

/** Whether a module does not wait although a need of it is open, or waits for nothing. */
function isMisplaced({ life, contract }: ModuleState, open: boolean): boolean {
  if (life.at === 'ready') return !open;
  return life.at === 'waiting' && open && contract.listing !== null;
}

function countComposed(
  counted: Counted,
  { at }: TierLife | GateLife,
  node: number,
  approval: boolean,
): void {
  if (at === 'ready') counted.toJudge.push(node);
  if (at === 'judging' && !approval) counted.reviewers++;
  if (at === 'blocked' || at === 'asked' || at === 'refused') counted.needPerson++;
}

const nothing = (): Counted => ({
  toGenerate: [],
  toEvaluate: [],
  toCheck: [],
  toAmend: [],
  toVerify: [],
  toArbitrate: [],
  toJudge: [],
  toClose: [],
  builders: 0,
  planners: 0,
  reviewers: 0,
  sealed: 0,
  abandoned: 0,
  needPerson: 0,
  unsettled: 0,
});
