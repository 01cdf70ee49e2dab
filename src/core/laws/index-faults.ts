import type { GateLife, TierLife } from '../gate-state.ts';
import { isInside } from '../graph.ts';
import { isSettled, offerOf, type ModuleState } from '../module-state.ts';
import { outstanding } from '../outstanding.ts';
import { askingProviders } from '../provider-trouble.ts';
import type { RunState } from '../state.ts';
import { conflictFaults } from './conflict-faults.ts';
import { handoffFaults } from './handoff-faults.ts';
import { reservedByScope } from './reserved-by-scope.ts';
import { resourceFaults } from './resource-faults.ts';
import { setFaults } from './set-faults.ts';

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

/** Each is named by a pool, or by its own, once, and whoever tries it is at work. */
function providerFaults({ troubled, plan, reservations }: RunState): string[] {
  const names = troubled.map(({ name, pool }) => `${name} ${pool ?? ''}`);
  return troubled.flatMap(({ name, pool, life }, at) => {
    if (names.indexOf(names[at] ?? '') !== at) return [`${name} is in trouble twice`];
    const its = pool === null ? Object.values(plan.pools) : [plan.pools[pool]];
    if (!its.some(({ agent }) => agent === name))
      return [`${name} is waited for and no pool names it`];
    const tries = life.at === 'trying' && life.order !== null && !reservations.has(life.order);
    return tries ? [`${name} is tried by work that is over`] : [];
  });
}

/** Inside a set, what passed is enough. */
function isMet(state: RunState, settled: readonly boolean[], node: number, need: number): boolean {
  if (!isInside(state.graph, node, need)) return settled[need] === true;
  return offerOf(state.modules.get(need)) !== null;
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
