import { addAmounts, subtractAmounts, zeroAmount, type Amount } from '../../core/budget.ts';
import type { EffectResult } from '../../core/commands.ts';
import type { Blame } from '../../core/commands/judging-result.ts';
import type { Integrate, RunGate } from '../../core/effects.ts';
import { modulePlan, modulesBelow } from '../../core/graph.ts';
import type { ModuleId, TreeId } from '../../core/ids.ts';
import { inEnglish } from '../../core/language.ts';
import { gateNode, moduleNode, tierNode } from '../../core/lookup.ts';
import type { CheckPlan } from '../../core/plan/plan.ts';
import type { RunState } from '../../core/state.ts';
import type { CheckResult } from '../../core/verdict.ts';
import { integrationOf, withStubs } from '../composition.ts';
import { signatureOf, smallestFailingSet } from '../gates/attribution.ts';
import type { Unstamped } from '../run-loop.ts';
import { assemble } from '../store/assemble.ts';
import type { Performing } from '../performing.ts';
import { nodeName } from '../../core/projections/node-words.ts';
import { lateReport, taskBasics, watchAgent } from './attempt.ts';
import { compositionOf, runComposition, unownedFiles, type Composition } from './composition-of.ts';
import { contractText } from './contract-text.ts';
import type { NamedContract } from '../agents/task.ts';
import { effectId, toResult } from './run-checks.ts';
import { isUnserved, unserved, type Unserved } from './unserved.ts';
import type { World } from './world.ts';

/** Runs the checks of a tier or an end-to-end gate on its sealed modules, and attributes failures. */
export async function judgeComposition(
  world: World,
  effect: Integrate | RunGate,
  state: RunState,
  work: Pick<Performing, 'report' | 'signal'>,
): Promise<Unstamped<EffectResult>> {
  const { signal } = work;
  const { order } = effect;
  const composition = compositionOf(state, nodeOf(state, effect));
  const { ref, modules, checks, resources, keeps } = composition;
  const kept = keeps?.contract ?? null;
  const tree = await assemble(world.store, integrationOf(state, modules, kept));
  const unowned = await unownedFiles(world.store, state);
  const on = { tree, checks, resources, keeps, effect: effectId(world, order) };
  const runs = await runComposition(world, on, unowned, signal);
  const results = runs.map(toResult);
  await world.store.keepTree(`refs/ashlar/${world.run}/composed/${ref.replace(':', '-')}`, tree);

  let spent = zeroAmount;
  const blames: Blame[] = [];
  for (const [index, run] of runs.entries()) {
    const check = checks[index];
    if (check === undefined || run.outcome === 'passed' || run.outcome === 'unstable') continue;
    const found = await suspects(world, effect, state, composition, check, run, unowned, signal);
    if (found.between.length === 0) continue;
    const result = toResult(run);
    const asked = await askIntegrator(
      world,
      effect,
      state,
      composition,
      tree,
      result,
      found,
      spent,
      { report: work.report, signal, agent: index + 1 },
    );
    spent = addAmounts(spent, asked?.spent ?? zeroAmount);
    if (asked !== null && 'unserved' in asked) {
      return unserved(effect, state, asked.unserved, spent);
    }
    blames.push({
      check: check.name,
      between: found.between,
      blamed: asked?.blamed ?? defaultBlame(state, found.between),
      how: asked?.blamed === undefined ? found.how : 'integrator',
      reason: asked?.reason ?? `${check.name} fails between ${found.between.join(' and ')}`,
    });
  }
  return {
    type: 'record-integration',
    order,
    gate: ref,
    tree,
    checks: results,
    blames,
    spent,
  };
}

const nodeOf = (state: RunState, effect: Integrate | RunGate): number =>
  effect.type === 'integrate' ? tierNode(state, effect.tier) : gateNode(state, effect.gate);

interface Suspects {
  readonly between: readonly ModuleId[];
  readonly how: 'declared' | 'stubs';
}

/** The pair that a check declares; where it spans more, the smallest set that fails the same way. */
async function suspects(
  world: World,
  { order }: Integrate | RunGate,
  state: RunState,
  { modules, resources, keeps }: Composition,
  check: CheckPlan,
  run: CheckResult,
  unowned: readonly string[],
  signal: AbortSignal,
): Promise<Suspects> {
  if (check.between.length > 0 && check.between.length <= 2) {
    return { between: check.between, how: 'declared' };
  }
  const candidates =
    check.between.length > 0 ? check.between.map((id) => moduleNode(state, id)) : modules;
  const idOf = (node: number): ModuleId => state.modules.get(node).id;
  const fails = async (real: readonly ModuleId[]) => {
    const nodes = new Set(real.map((id) => moduleNode(state, id)));
    for (const node of modules) if (!candidates.includes(node)) nodes.add(node);
    const tree = await assemble(world.store, withStubs(state, modules, nodes, keeps?.contract));
    const effect = effectId(world, order);
    const on = { tree, checks: [check], resources, keeps, effect };
    const [again] = await runComposition(world, on, unowned, signal);
    return again === undefined ? null : signatureOf(again);
  };
  const between = await smallestFailingSet({
    modules: candidates.map(idOf),
    fails,
    signature: signatureOf(run),
  });
  // Where it fails in the same way on stubs alone, replacing modules told nothing.
  return { between: between.length === 0 ? candidates.map(idOf) : between, how: 'stubs' };
}

interface NotServed {
  readonly unserved: Unserved;
  readonly spent: Amount;
}

interface Asked {
  readonly blamed: ModuleId | undefined;
  readonly reason: string | undefined;
  readonly spent: Amount;
}

/** An integrator may say which of the suspects is at fault; its word counts for these alone. */
async function askIntegrator(
  world: World,
  { order }: Integrate | RunGate,
  state: RunState,
  { ref, judged }: Composition,
  tree: TreeId,
  check: CheckResult,
  { between }: Suspects,
  spentBefore: Amount,
  work: Pick<Performing, 'report' | 'signal'> & { readonly agent: number },
): Promise<Asked | NotServed | null> {
  const provider = world.providers.of(state.plan, 'reviewers');
  const basics = await taskBasics(world, state, order, 1, provider);
  const task = {
    ...basics,
    allowance: subtractAmounts(basics.allowance, spentBefore),
    role: 'integrator' as const,
    gate: ref,
    attempt: judged,
    check,
    between,
    evidence: check.evidence,
    contracts: await contractsOf(world, state, between),
    folder: '',
  };
  if (!(await provider.canPlay(task))) return null;
  await using folder = await world.folders.create(world.run, `blame-${order}-${check.check}`, tree);
  const seated = { ...task, folder: folder.path };
  const outcome = await watchAgent(world, state, provider, seated, work.signal, {
    books: { report: work.report, order, ref, agent: work.agent },
    onLate: lateReport(
      work,
      { order, module: null },
      `the integrator of ${inEnglish(() => nodeName(ref))}`,
    ),
  });
  if (outcome.kind === 'aborted') throw work.signal.reason;
  const { spent } = outcome;
  if (isUnserved(outcome)) return { unserved: outcome, spent };
  if (outcome.kind !== 'blamed' || !between.includes(outcome.module)) {
    return { blamed: undefined, reason: undefined, spent };
  }
  return { blamed: outcome.module, reason: outcome.summary, spent };
}

const contractsOf = (
  { store }: World,
  state: RunState,
  modules: readonly ModuleId[],
): Promise<NamedContract[]> =>
  Promise.all(
    modules.map(async (module) => {
      const node = moduleNode(state, module);
      const { contract } = state.modules.get(node);
      const text = await contractText(store, modulePlan(state.plan, node), contract);
      return { module, contract: text };
    }),
  );

/** Of the suspects, the one that another of them stands on: a wrong promise is its maker's. */
function defaultBlame(state: RunState, between: readonly ModuleId[]): ModuleId {
  const nodes = between.map((id) => moduleNode(state, id));
  const below = new Set(nodes.flatMap((node) => modulesBelow(state.graph, node)));
  const provider = nodes.find((node) => below.has(node)) ?? nodes[0];
  if (provider === undefined) throw new Error('nobody to blame');
  return state.modules.get(provider).id;
}
