import type { EffectResult } from '../../core/commands.ts';
import type { Amend } from '../../core/effects.ts';
import { plannersVersion } from '../../core/contract-version.ts';
import { modulePlan } from '../../core/graph.ts';
import type { TreeId } from '../../core/ids.ts';
import { moduleNode } from '../../core/lookup.ts';
import { matchesAny } from '../../core/paths.ts';
import type { RunState } from '../../core/state.ts';
import type { ContractWritten } from '../agents/outcome.ts';
import { contractNow } from '../contract-now.ts';
import type { Unstamped } from '../run-loop.ts';
import { amendContract, type ChangedFile } from '../store/amend-contract.ts';
import { runRef } from '../store/ref-name.ts';
import type { Store } from '../store/store.ts';
import { scopeEvidence } from '../store/scope-evidence.ts';
import { authorTree, neededContracts } from './author-task.ts';
import { checkCommands, contractPaths } from './contract-text.ts';
import { readLeft } from './read-left.ts';
import { scopeProblems } from './scope-problems.ts';
import type { Performing } from '../performing.ts';
import { amendingOf, seatPlanner } from './seat-planner.ts';
import type { World } from './world.ts';

const limits = { files: 1_000, bytes: 16 * 1024 * 1024 };

/** Has a planner write a version of a contract, in a folder that holds the current one. */
export async function amend(
  world: World,
  effect: Amend,
  state: RunState,
  work: Pick<Performing, 'report' | 'signal'>,
): Promise<Unstamped<EffectResult>> {
  const { order, module: id } = effect;
  const node = moduleNode(state, id);
  const { contract, evidence } = state.modules.get(node);
  const life = amendingOf(state, id);
  const plan = modulePlan(state.plan, node);
  const { purpose, owns } = plan;
  const given = await authorTree(world.store, state, node);
  const version = plannersVersion(contract);
  const draft = contract.refusals + life.epoch;
  const needs = await neededContracts(world.store, state, node);
  return seatPlanner(world, effect, state, work, {
    name: `amend-${id}-${version}-${draft}-${order}`,
    given,
    task: (basics) => ({
      ...basics,
      role: 'contract-author',
      module: id,
      version,
      draft,
      purpose,
      owns,
      paths: contractPaths(plan),
      checks: checkCommands(plan),
      needs,
      reason: life.reason,
      evidence: [...contract.refused, ...evidence],
    }),
    answers: 'contract-written',
    read: (answer, folder) => readContract(world, effect, state, given, folder, answer),
  });
}

/** The contract that a planner left in its folder. */
async function readContract(
  world: World,
  { order, module: id }: Amend,
  state: RunState,
  given: TreeId,
  folder: string,
  answer: ContractWritten,
): Promise<Unstamped<EffectResult>> {
  const node = moduleNode(state, id);
  const plan = modulePlan(state.plan, node).contract;
  const owns = [plan.file, ...plan.tests, ...plan.stub];
  const from = { order, module: id };
  const failed = { type: 'record-amendment-failure', ...from, retryable: true } as const;
  const { spent } = answer;
  const written = await readLeft(world, folder, { owns, given, provided: [], limits });
  if (typeof written === 'string') {
    return { ...failed, code: 'unreadable', message: written, spent };
  }
  const [problem] = scopeProblems(written);
  // What cannot be read must not count as removed: a test would be gone without a word.
  if (problem !== undefined) {
    const code = written.problems.length === 0 ? 'outside-contract' : 'unreadable';
    const message = `${problem.says} Of this contract are: ${owns.join(', ')}`;
    return { ...failed, code, message, evidence: scopeProblems(written), spent };
  }
  const files = await changedFiles(
    world.store,
    await contractOnly(world.store, given, owns),
    written.tree,
  );
  const change = { type: 'files', files } as const;
  const current = await contractNow(world.store, state, node);
  const amended = await amendContract(world.store, current, plan, change);
  if (!amended.ok) {
    const { code, message } = amended.failure;
    const evidence = scopeEvidence([{ path: null, says: message }]);
    return { ...failed, code, message, evidence, spent };
  }
  const { tree } = amended.contract;
  await keepContract(world.store, world.run, id, tree);
  const reason = answer.reason === '' ? answer.summary : answer.reason;
  return { type: 'record-amendment', ...from, contract: tree, reason, spent };
}

/** The files of a folder that are the contract's own. */
async function contractOnly(store: Store, given: TreeId, owns: readonly string[]): Promise<TreeId> {
  const entries = await store.listTree(given);
  return store.putTree(entries.filter(({ path }) => matchesAny(owns, path)));
}

export const keepContract = (
  store: Store,
  run: World['run'],
  module: string,
  tree: TreeId,
): Promise<void> => store.keepTree(runRef(run, 'contracts', module, tree), tree);

async function changedFiles(store: Store, given: TreeId, written: TreeId): Promise<ChangedFile[]> {
  const before = new Map((await store.listTree(given)).map((entry) => [entry.path, entry.oid]));
  const after = await store.listTree(written);
  const changed = after.filter(({ path, oid }) => before.get(path) !== oid);
  const kept = new Set(after.map(({ path }) => path));
  const removed = [...before.keys()].filter((path) => !kept.has(path));
  return [
    ...(await Promise.all(
      changed.map(async ({ path, oid }) => ({ path, content: await store.readBlob(oid) })),
    )),
    ...removed.map((path) => ({ path, content: null })),
  ];
}
