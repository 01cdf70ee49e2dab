import type { EffectResult } from '../../src/core/commands.ts';
import type { Blame } from '../../src/core/commands/judging-result.ts';
import { zeroAmount, type Amount } from '../../src/core/budget.ts';
import type { ComposeSubject, Evaluate, Integrate, RunGate } from '../../src/core/effects.ts';
import { checksAlone } from '../../src/core/decide-evaluation.ts';
import { gatePlan, modulePlan, modulesBelow, tierPlan } from '../../src/core/graph.ts';
import { nodeRef, type ModuleId, type Order } from '../../src/core/ids.ts';
import { gateNode, moduleNode, tierNode } from '../../src/core/lookup.ts';
import type { CheckPlan } from '../../src/core/plan/plan.ts';
import type { RunState } from '../../src/core/state.ts';
import type { CheckOutcome, CheckResult, Evidence } from '../../src/core/verdict.ts';
import { judgedAgainst } from '../../src/engine/composition.ts';
import type { Unstamped } from '../../src/engine/run-loop.ts';
import type { Random } from './random.ts';
import type { Truth } from './truth.ts';

export type Result = Unstamped<EffectResult>;

/** Runs a module's gate: what its checks say is a fact, what its reviewer says is not. */
export function judgeModule(
  truth: Truth,
  random: Random,
  { order, module: id }: Evaluate,
  state: RunState,
): Result {
  const node = moduleNode(state, id);
  const { life, contract } = state.modules.get(node);
  if (life.at !== 'evaluating') throw new Error(`${id} is not being evaluated`);
  const { tree, again, confirms } = life.submission;
  const below = judgedAgainst(state, node);
  const checks = modulePlan(state.plan, node).checks.map(({ name }) => {
    const passed = truth.passes(name, tree, contract.tree, below);
    const odd = !truth.calm && random.chance(0.02);
    const failed = random.chance(0.1) ? 'timed-out' : 'failed';
    return result(name, odd ? 'unstable' : passed ? 'passed' : failed);
  });
  const verdict = random.weighed({ PASS: 85, NEEDS_REVISION: truth.calm ? 0 : 10, FAIL: 2 });
  const silent = !truth.calm && random.chance(0.03);
  const doubts = !truth.calm && random.chance(0.03);
  const spoken = { verdict, summary: 'reviewed', evidence: [evidence('review', null)] };
  const testsWrong = doubts ? { reason: 'they test what nobody agreed', tests: [] } : null;
  const review =
    again || confirms
      ? checksAlone
      : silent
        ? null
        : truth.calm
          ? { ...spoken, verdict: 'PASS' as const, testsWrong: null }
          : { ...spoken, testsWrong };
  const more = again || confirms || truth.calm ? 0 : modulePlan(state.plan, node).reviewers - 1;
  const others = Array.from({ length: more }, () => {
    const said = random.weighed({ PASS: 70, NEEDS_REVISION: 25, FAIL: 5 });
    return { ...spoken, verdict: said, testsWrong: null };
  });
  const seal = life.final ? truth.digest('seal', tree, contract.tree, ...below) : null;
  return {
    type: 'record-evaluation',
    order,
    module: id,
    subject: truth.digest('assembled', tree, contract.tree, ...below).slice(0, 40) as never,
    checks,
    review,
    others,
    seal,
    spent: spentBy(random, order, state),
  };
}

/** Runs a tier's or a gate's checks, and blames somebody: seldom the wrong one, or nobody. */
export function judgeComposition(
  truth: Truth,
  random: Random,
  effect: Integrate | RunGate,
  state: RunState,
): Result {
  const ofTier = effect.type === 'integrate';
  const node = ofTier ? tierNode(state, effect.tier) : gateNode(state, effect.gate);
  const below = modulesBelow(state.graph, node);
  const blames: Blame[] = [];
  const checks = checksOf(state, node, ofTier).map((check) => {
    const members = below.filter(
      (each) => check.between.length === 0 || check.between.includes(state.modules.get(each).id),
    );
    const contracts = members.map((each) => state.modules.get(each).contract.tree);
    const misfit = truth.misfit(check.name, contracts);
    if (misfit === null) {
      const odd = !truth.calm && below.length > 0 && random.chance(0.01);
      return result(check.name, odd ? 'unstable' : 'passed');
    }
    const between = misfit.map(
      (contract) => state.modules.get(members[contracts.indexOf(contract)]!).id,
    );
    const blamed = culprit(random, between, state);
    if (blamed !== null) {
      const how = check.between.length > 0 ? 'declared' : 'integrator';
      blames.push({ check: check.name, between, blamed, how, reason: 'they do not fit' });
    }
    return result(check.name, 'failed');
  });
  return {
    type: 'record-integration',
    order: effect.order,
    gate: ofTier ? nodeRef('tier', effect.tier) : nodeRef('gate', effect.gate),
    tree: truth.digest('composed', ...below.map(String)).slice(0, 40) as never,
    checks,
    blames,
    spent: spentBy(random, effect.order, state),
  };
}

/** A part of what was reserved. */
function spentBy(random: Random, order: Order, state: RunState): Amount {
  const reserved = state.reservations.get(order)?.tokens ?? 0;
  return { ...zeroAmount, tokens: Math.floor(reserved * random.fraction()) };
}

function checksOf(state: RunState, node: number, ofTier: boolean): readonly CheckPlan[] {
  if (ofTier) return tierPlan(state.plan, state.graph, node).checks;
  const gate = gatePlan(state.plan, state.graph, node);
  return gate.kind === 'end-to-end' ? gate.checks : [];
}

function culprit(random: Random, between: readonly ModuleId[], state: RunState): ModuleId | null {
  const choice = random.weighed({ right: 70, other: 12, stranger: 8, nobody: 10 });
  switch (choice) {
    case 'right':
      return between[0] ?? null;
    case 'other':
      return between[1] ?? null;
    case 'stranger':
      return random.chance(0.1)
        ? ('nobody-knows-it' as ModuleId)
        : state.modules.get(random.between(0, state.modules.length - 1)).id;
    case 'nobody':
      return null;
  }
}

/** What a person is asked to approve: exactly the seals below, as they are now. */
export function composeSubject(
  truth: Truth,
  { order, gate }: ComposeSubject,
  state: RunState,
): Result {
  const below = modulesBelow(state.graph, gateNode(state, gate));
  const seals = below.map((node) => state.modules.get(node).seal?.digest ?? 'none');
  const submission = truth.digest('subject', gate, ...seals);
  return { type: 'record-subject', order, gate, submission };
}

function result(check: string, outcome: CheckOutcome): CheckResult {
  const passed = outcome === 'passed';
  return {
    check,
    outcome,
    passed: passed ? 3 : 2,
    failed: passed ? 0 : 1,
    durationMs: 900,
    cached: false,
    evidence: passed ? [] : [evidence('test', check)],
  };
}

export function evidence(kind: Evidence['kind'], check: string | null): Evidence {
  return { kind, check, test: null, file: null, line: null, says: 'it is not as agreed' };
}
