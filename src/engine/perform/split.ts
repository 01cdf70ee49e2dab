import type { EffectResult } from '../../core/commands.ts';
import type { Split } from '../../core/effects.ts';
import { modulePlan } from '../../core/graph.ts';
import type { ModuleId, TreeId } from '../../core/ids.ts';
import { moduleNode, moduleState } from '../../core/lookup.ts';
import { matchesAny } from '../../core/paths.ts';
import { faultOfNames, type SplitPart } from '../../core/plan/split-plan.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import type { RunState } from '../../core/state.ts';
import type { Cut } from '../agents/outcome.ts';
import { builderTree } from '../composition.ts';
import type { Performing } from '../performing.ts';
import type { Unstamped } from '../run-loop.ts';
import { contractEntries, sealContract } from '../store/contract-tree.ts';
import { scopeEvidence } from '../store/scope-evidence.ts';
import { keepContract } from './amend.ts';
import { checkCommands, contractText } from './contract-text.ts';
import { readLeft } from './read-left.ts';
import { scopeProblems } from './scope-problems.ts';
import { amendingOf, seatPlanner } from './seat-planner.ts';
import type { World } from './world.ts';

const limits = { files: 2_000, bytes: 32 * 1024 * 1024 };

/** Has a planner cut a module into parts, in a folder that holds what its builder would begin with. */
export async function split(
  world: World,
  effect: Split,
  state: RunState,
  work: Pick<Performing, 'report' | 'signal'>,
): Promise<Unstamped<EffectResult>> {
  const { order, module: id } = effect;
  const node = moduleNode(state, id);
  const { contract, evidence } = state.modules.get(node);
  const { reason } = amendingOf(state, id);
  const plan = modulePlan(state.plan, node);
  const text = await contractText(world.store, plan, contract);
  const given = await builderTree(world.store, state, node);
  return seatPlanner(world, effect, state, work, {
    name: `split-${id}-${order}`,
    given,
    task: (basics) => ({
      ...basics,
      role: 'architect',
      work: 'split',
      module: id,
      purpose: plan.purpose,
      contract: text,
      owns: plan.owns,
      checks: checkCommands(plan),
      reason,
      evidence: [...contract.refused, ...evidence],
    }),
    answers: 'cut',
    read: (answer, folder) => readParts(world, effect, state, given, folder, answer),
  });
}

/** The parts' contracts that a planner left in its folder. */
async function readParts(
  world: World,
  { order, module }: Split,
  state: RunState,
  given: TreeId,
  folder: string,
  { parts, summary: reason, spent }: Cut,
): Promise<Unstamped<EffectResult>> {
  const from = { order, module };
  const held = (message: string): Unstamped<EffectResult> => {
    const failed = { code: 'invalid-split', message, retryable: true, spent } as const;
    const told = scopeEvidence([{ path: null, says: message }]);
    return { type: 'record-amendment-failure', ...from, ...failed, evidence: told };
  };
  // Names are to be fit before files are read by them, and refs are kept under them.
  const unfit = faultOfNames(state.plan, parts);
  if (unfit !== null) return held(unfit);
  const owns = parts.flatMap(({ id: part }) => ownPaths(part));
  const others = await foreignFile(world, state, module, given, owns);
  if (others !== null) return held(others);
  const written = await readLeft(world, folder, { owns, given, provided: [], limits });
  if (typeof written === 'string') return held(written);
  const [problem] = scopeProblems(written);
  if (problem !== undefined) return held(problem.says);
  const { seed } = moduleState(state, module);
  const contracts: { contract: TreeId; seed: TreeId | null }[] = [];
  for (const part of parts) {
    const [file = '', tests = '', stub = ''] = ownPaths(part.id);
    const paths = { file, tests: [tests], stub: [stub] };
    const entries = await contractEntries(world.store, written.tree, paths);
    const made = await sealContract(world.store, paths, entries);
    if (!made.ok) return held(`${part.id}: ${made.failure.message}`);
    await keepContract(world.store, world.run, part.id, made.contract.tree);
    contracts.push({
      contract: made.contract.tree,
      seed: await seedOf(world, seed, part),
    });
  }
  return { type: 'record-split', ...from, parts, contracts, reason, spent };
}

/** A file that another module's contract would lose to a part's; null where there is none. */
async function foreignFile(
  { store }: World,
  { plan }: RunState,
  whole: ModuleId,
  given: TreeId,
  owns: readonly string[],
): Promise<string | null> {
  const places = (await store.listTree(given)).filter(({ path }) => matchesAny(owns, path));
  for (const { path } of places) {
    const other = plan.modules.find(
      ({ id, contract: { file, tests, stub } }) =>
        id !== whole && matchesAny([file, ...tests, ...stub], path),
    );
    if (other !== undefined) {
      return `${oneLine(path)} is of the contract of ${other.id}: a part of another name has a place of its own`;
    }
  }
  return null;
}

const ownPaths = (part: string): string[] => [
  `contracts/${part}.md`,
  `tests/${part}/**`,
  `stubs/${part}/**`,
];

/** Of what the module's last builder left, the files that are the part's from now on. */
async function seedOf(
  { store, run }: World,
  seed: TreeId | null,
  { id, owns }: SplitPart,
): Promise<TreeId | null> {
  if (seed === null) return null;
  const entries = (await store.listTree(seed)).filter(({ path }) => matchesAny(owns, path));
  if (entries.length === 0) return null;
  const tree = await store.putTree(entries);
  await keepContract(store, run, `${id}-seed`, tree);
  return tree;
}
