import { zeroAmount } from '../../core/budget.ts';
import type { EffectResult } from '../../core/commands.ts';
import type { Split } from '../../core/effects.ts';
import { modulePlan } from '../../core/graph.ts';
import { isName, type TreeId } from '../../core/ids.ts';
import { moduleNode } from '../../core/lookup.ts';
import { matchesAny } from '../../core/paths.ts';
import { splitLimits, type SplitPart } from '../../core/plan/split-plan.ts';
import type { RunState } from '../../core/state.ts';
import { builderTree } from '../composition.ts';
import type { Performing } from '../performing.ts';
import type { Unstamped } from '../run-loop.ts';
import { contractEntries, sealContract } from '../store/contract-tree.ts';
import { scopeEvidence } from '../store/scope-evidence.ts';
import { readSubmission, type Submission } from '../store/submission.ts';
import { keepContract } from './amend.ts';
import { lateReport, taskBasics, watchAgent } from './attempt.ts';
import { contractText } from './contract-text.ts';
import { isFolderFault } from './folder-fault.ts';
import { unwritten } from './planner-end.ts';
import { scopeProblems } from './scope-problems.ts';
import type { World } from './world.ts';

const limits = { files: 2_000, bytes: 32 * 1024 * 1024 };

/** Has a planner cut a module into parts, in a folder that holds what its builder would begin with. */
export async function split(
  world: World,
  { order, module: id }: Split,
  state: RunState,
  work: Pick<Performing, 'report' | 'signal'>,
): Promise<Unstamped<EffectResult>> {
  const node = moduleNode(state, id);
  const { life, contract, evidence, seed } = state.modules.get(node);
  if (life.at !== 'amending') throw new Error(`${id} is not being split`);
  const plan = modulePlan(state.plan, node);
  const from = { order, module: id };
  const provider = world.provider('planners');
  const task = {
    ...taskBasics(world, state, order, life.epoch, provider),
    role: 'architect' as const,
    work: 'split' as const,
    module: id,
    purpose: plan.purpose,
    contract: await contractText(world.store, plan, contract),
    owns: plan.owns,
    checks: plan.checks.map(({ name, run, report }) => ({ name, run, report })),
    reason: life.reason,
    evidence: [...contract.refused, ...evidence],
    folder: '',
  };
  if (!(await provider.canPlay(task))) {
    const none = { code: 'no-planner', message: 'there is no planner for it', retryable: false };
    return { type: 'record-amendment-failure', ...from, ...none, spent: zeroAmount };
  }
  const given = await builderTree(world.store, state, node);
  await using folder = await world.folders.create(world.run, `split-${id}-${order}`, given);
  const seated = { ...task, folder: folder.path };
  const outcome = await watchAgent(world, state, provider, seated, work.signal, {
    onLate: lateReport(work, from, 'its planner'),
  });
  if (outcome.kind === 'aborted') throw work.signal.reason;
  if (outcome.kind !== 'cut') return { ...unwritten(outcome), ...from };

  const { parts, summary: reason, spent } = outcome;
  const held = (message: string): Unstamped<EffectResult> => {
    const failed = { code: 'invalid-split', message, retryable: true, spent } as const;
    const told = scopeEvidence([{ path: null, says: message }]);
    return { type: 'record-amendment-failure', ...from, ...failed, evidence: told };
  };
  // Whether the parts fit together is for the rules; here they must be fit to read files by.
  if (parts.length > splitLimits.parts) return held('it has too many parts');
  const unfit = parts.find(({ id: part }) => !isName(part));
  if (unfit !== undefined) return held(`a part is called ${JSON.stringify(unfit.id.slice(0, 60))}`);
  const owns = parts.flatMap(({ id: part }) => ownPaths(part));
  let written: Submission;
  try {
    written = await readSubmission(world.store, folder.path, { owns, given, provided: [], limits });
  } catch (error) {
    if (!isFolderFault(error)) throw error;
    return held(error.message);
  }
  const [problem] = scopeProblems(written);
  if (problem !== undefined) return held(problem.says);
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
