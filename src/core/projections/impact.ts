import type { AmendContract, ReopenModule } from '../commands/person.ts';
import { decide } from '../decide.ts';
import { hidesMoney } from '../metering.ts';
import { poolOf } from '../scopes.ts';
import { kindOf, modulePlan, refOf, sealedWith, type Graph } from '../graph.ts';
import type { ModuleId, TreeId } from '../ids.ts';
import type { Plan } from '../plan/plan.ts';
import type { RunState } from '../state.ts';
import type { GateLife, TierLife } from '../gate-state.ts';
import { heard, t } from '../language.ts';
import type { ModuleLife, ModuleState } from '../module-state.ts';
import type { Chronicle } from './chronicle.ts';
import { gateLife } from './gate-status.ts';
import { nodeName } from './node-words.ts';
import { oneLine } from './safe-text.ts';
import { averageMicroUsd, type Spending } from './spending.ts';

/** What follows where a module's contract is changed, before anybody has changed it. */
export interface Impact {
  /** The module itself first, then what stands on it, in the order of the plan. */
  readonly rows: readonly ImpactRow[];
  /** Modules that have nothing to do with it: their seals and verdicts stand. */
  readonly untouched: readonly ModuleId[];
  /** Tiers and gates that were judged or asked about before, and are so again. */
  readonly gates: readonly { readonly name: string; readonly says: string }[];
  /** By the estimates: from its longest chain to Graham's bound for the reviewers' places. */
  readonly minutes: readonly [number, number];
}

export interface ImpactRow {
  readonly module: ModuleId;
  /** Versions of its contract; the same where only what stands below it changes. */
  readonly from: number;
  readonly to: number;
  readonly what: 'built-again' | 'judged-again' | 'attempt-ends';
  readonly why: string;
  /** By its estimate. */
  readonly minutes: number;
  /** What that cost before, on average; null where it never happened, or nobody can tell. */
  readonly microUsd: number | null;
}

/** Stands for the new contract: the rules only ask whether it differs from the old one. */
const anotherThan = (contract: TreeId): TreeId =>
  (contract.startsWith('0') ? '1' : '0').repeat(40) as TreeId;

/**
 * What reopening a sealed module, or amending the contract of one that is not, would do now. The
 * rules are asked, nothing is guessed: the command is decided and folded, and the two states are
 * compared. `refused`: why it cannot be done.
 */
export function impact(
  chronicle: Chronicle,
  module: ModuleId,
  action: 'reopen' | 'amend',
): Impact | { readonly refused: string } {
  const { state } = chronicle;
  const target = state.graph.moduleIndex.get(module);
  if (target === undefined) return { refused: t('the plan has no module {0}', module) };
  const contract = anotherThan(state.modules.get(target).contract.tree);
  const of = { module, contract, reason: '', by: '', at: state.at };
  const command: ReopenModule | AmendContract =
    action === 'reopen' ? { type: 'reopen-module', ...of } : { type: 'amend-contract', ...of };
  const decision = decide(state, command);
  if (!decision.ok) {
    const { message, words } = decision.refusal;
    return { refused: heard(message, words) };
  }
  const above = nodesAbove(state, target);
  const rows = new Map([[target, changedRow(chronicle, decision.state, target, action)]]);
  for (const [node, through] of above) {
    if (node >= state.graph.modules) continue;
    const row = standingRow(chronicle, decision.state, node, through, target);
    if (row !== null) rows.set(node, row);
  }
  const places = state.plan.pools.reviewers.max;
  const path = longest(state, rows, target);
  const sum = [...rows.values()].reduce((all, { minutes }) => all + minutes, 0);
  return {
    rows: [...rows].sort(([a], [b]) => before(a, b, target)).map(([, row]) => row),
    untouched: state.plan.modules
      .filter((_, node) => node !== target && !above.has(node))
      .map(({ id }) => id),
    gates: gatesAgain(state, above),
    minutes: [path, path + (sum - path) / places],
  };
}

const before = (a: number, b: number, target: number): number =>
  a === target ? -1 : b === target ? 1 : a - b;

/** Everything that waits for a node, or is confirmed against it, directly or not, and through what. */
function nodesAbove({ graph }: RunState, target: number): Map<number, number> {
  const above = new Map<number, number>();
  const reached = [target];
  // The list grows while it is walked: the nearest first.
  for (const node of reached) {
    for (const next of standingOn(graph, node)) {
      if (next === target || above.has(next)) continue;
      above.set(next, node);
      reached.push(next);
    }
  }
  return above;
}

const standingOn = (graph: Graph, node: number): readonly number[] => [
  ...(graph.dependents[node] ?? []),
  ...(graph.softDependents[node] ?? []),
  ...sealedWith(graph, node).filter((member) => member !== node),
];

/** The module whose contract changes. */
function changedRow(
  { state, history }: Chronicle,
  after: RunState,
  node: number,
  action: 'reopen' | 'amend',
): ImpactRow {
  const module = state.modules.get(node);
  const { estimate } = modulePlan(state.plan, node);
  const { life } = module;
  // What no builder has taken up is built once, as it was to be.
  const begun = module.attempt > 0 || module.seal !== null;
  const spending = history.spending.get(node);
  const built = costBefore(state.plan, spending, 'builder');
  const never = spending.judgings === 0;
  const judged = never ? 0 : costBefore(state.plan, spending, 'reviewer');
  return {
    module: module.id,
    from: module.contract.version,
    to: after.modules.get(node).contract.version,
    what: life.at === 'generating' ? 'attempt-ends' : 'built-again',
    why: action === 'reopen' ? t('you change it') : amendedWhy(module, begun),
    minutes: begun ? estimate.minutes + estimate.review : 0,
    microUsd: begun ? (built === null || judged === null ? null : built + judged) : 0,
  };
}

function amendedWhy({ life }: ModuleState, begun: boolean): string {
  if (life.at === 'generating') return t('it is being built to the old contract');
  if (life.at === 'submitted' || life.at === 'evaluating') {
    return t('what it handed in keeps the old contract');
  }
  return begun ? t('you change it') : t('you change it; no builder has begun it yet');
}

/** A module above it; null where its work goes on, or has yet to begin. */
function standingRow(
  { state, history }: Chronicle,
  after: RunState,
  node: number,
  through: number,
  target: number,
): ImpactRow | null {
  const was = state.modules.get(node);
  const { life } = after.modules.get(node);
  const { version } = was.contract;
  const goesOn = was.life.at === 'escalated' && life.at !== 'escalated';
  if (goesOn) return resumedRow(history, state.plan, was, node);
  if (!isJudgedAgain(life)) return null;
  const name = nodeName(refOf(state.graph, through));
  const whence = through === target ? t('stands on {0}', name) : t('through {0}', name);
  return {
    module: was.id,
    ...{ from: version, to: version, what: 'judged-again' },
    why: beside(whence, was, life),
    minutes: modulePlan(state.plan, node).estimate.review,
    microUsd: costBefore(state.plan, history.spending.get(node), 'reviewer'),
  };
}

/** It was escalated, and waits for this very contract. */
function resumedRow(
  { spending }: Chronicle['history'],
  plan: Plan,
  { id: module, contract: { version } }: ModuleState,
  node: number,
): ImpactRow {
  const { estimate } = modulePlan(plan, node);
  return {
    ...{ module, from: version, to: version, what: 'built-again' },
    why: t('it waits for this contract, and goes on'),
    minutes: estimate.minutes + estimate.review,
    microUsd: costBefore(plan, spending.get(node), 'builder'),
  };
}

/** null where it never happened, or where nobody can tell what its agents cost. */
const costBefore = (plan: Plan, spending: Spending, role: 'builder' | 'reviewer'): number | null =>
  hidesMoney(plan, poolOf(role)) ? null : averageMicroUsd(spending, role);

/** What was or is being judged, and stands on what changes. */
function isJudgedAgain(life: ModuleLife): boolean {
  if (life.at === 'submitted') return life.submission.again || life.submission.confirms;
  return life.at === 'evaluating' || life.at === 'passed' || (life.at === 'sealed' && life.stale);
}

function beside(whence: string, { life }: ModuleState, after: ModuleLife): string {
  if (life.at === 'sealed' && life.stale) return t('{0}; already waiting', whence);
  if (life.at === 'passed') return t('{0}; not confirmed yet', whence);
  if (life.at === 'evaluating' && life.outdated) return t('{0}; already void', whence);
  if (after.at !== 'evaluating') return whence;
  return after.outdated
    ? t('{0}; its judging is void', whence)
    : t('{0}; it is judged on a stub now', whence);
}

function longest(
  { graph }: RunState,
  rows: ReadonlyMap<number, ImpactRow>,
  target: number,
): number {
  const known = new Map<number, number>();
  const from = (node: number): number => {
    const found = known.get(node);
    if (found !== undefined) return found;
    known.set(node, 0); // sets of modules go round
    let after = 0;
    for (const next of standingOn(graph, node)) after = Math.max(after, from(next));
    const path = after + (rows.get(node)?.minutes ?? 0);
    known.set(node, path);
    return path;
  };
  return from(target);
}

function gatesAgain(
  state: RunState,
  above: ReadonlyMap<number, number>,
): { readonly name: string; readonly says: string }[] {
  const { graph, tiers, gates } = state;
  const nodes = [...above.keys()].filter((node) => {
    if (node < graph.tierBase || node >= graph.streamBase) return false;
    const { judged } =
      node < graph.gateBase ? tiers.get(node - graph.tierBase) : gates.get(node - graph.gateBase);
    return judged > 0;
  });
  return nodes
    .sort((a, b) => a - b)
    .map((node) => ({
      name: nodeName(refOf(graph, node)),
      says: gateWords(gateLife(state, node), isApproval(state, node)),
    }));
}

const isApproval = ({ graph, plan }: RunState, node: number): boolean =>
  kindOf(graph, node) === 'gate' && plan.gates[node - graph.gateBase]?.kind === 'approval';

function gateWords(life: TierLife | GateLife, approval: boolean): string {
  switch (life.at) {
    case 'approved':
      return t('needs approval again; {0} approved what it was', oneLine(life.by, 60));
    case 'asked':
      return t('is asked again, about what it then is');
    case 'refused':
      return t('is asked again; it was refused');
    case 'judging':
      return approval ? t('is composed again') : t('is judged again; its judging is void');
    case 'integrated':
    case 'passed':
    case 'blocked':
      return t('is judged again');
    case 'waiting':
    case 'ready':
      return approval ? t('is to be asked again already') : t('is to be judged again already');
  }
}
