import { zeroAmount } from '../../core/budget.ts';
import type { EffectResult } from '../../core/commands.ts';
import type { Amend } from '../../core/effects.ts';
import { plannersVersion } from '../../core/contract-version.ts';
import { modulePlan } from '../../core/graph.ts';
import type { TreeId } from '../../core/ids.ts';
import { moduleNode } from '../../core/lookup.ts';
import { matchesAny } from '../../core/paths.ts';
import type { RunState } from '../../core/state.ts';
import { contractNow } from '../contract-now.ts';
import type { Unstamped } from '../run-loop.ts';
import { amendContract, type ChangedFile } from '../store/amend-contract.ts';
import { runRef } from '../store/ref-name.ts';
import type { Store } from '../store/store.ts';
import { scopeEvidence } from '../store/scope-evidence.ts';
import { readSubmission, type Submission } from '../store/submission.ts';
import { isFolderFault } from './folder-fault.ts';
import { authorTree, neededContracts } from './author-task.ts';
import { unwritten } from './planner-end.ts';
import { scopeProblems } from './scope-problems.ts';
import type { Performing } from '../performing.ts';
import { lateReport, taskBasics, watchAgent } from './attempt.ts';
import type { World } from './world.ts';

const limits = { files: 1_000, bytes: 16 * 1024 * 1024 };

/** Has a planner write a version of a contract, in a folder that holds the current one. */
export async function amend(
  world: World,
  { order, module: id }: Amend,
  state: RunState,
  work: Pick<Performing, 'report' | 'signal'>,
): Promise<Unstamped<EffectResult>> {
  const node = moduleNode(state, id);
  const { life, contract, evidence } = state.modules.get(node);
  if (life.at !== 'amending') throw new Error(`${id} is not being amended`);
  const modulePlanned = modulePlan(state.plan, node);
  const plan = modulePlanned.contract;
  const from = { order, module: id };
  const current = await contractNow(world.store, state, node);
  const given = await authorTree(world.store, state, node);
  const version = plannersVersion(contract);
  const { purpose, checks } = modulePlanned;
  const provider = world.provider('planners');
  const task = {
    ...taskBasics(world, state, order, life.epoch, provider),
    role: 'contract-author' as const,
    module: id,
    version,
    draft: contract.refusals + life.epoch,
    purpose,
    owns: modulePlanned.owns,
    paths: { file: plan.file, tests: plan.tests, stub: plan.stub },
    checks: checks.map(({ name, run, report }) => ({ name, run, report })),
    needs: await neededContracts(world.store, state, node),
    reason: life.reason,
    evidence: [...contract.refused, ...evidence],
    folder: '',
  };
  if (!(await provider.canPlay(task))) {
    const none = { code: 'no-planner', message: 'there is no planner for it', retryable: false };
    return { type: 'record-amendment-failure', ...from, ...none, spent: zeroAmount };
  }
  const name = `amend-${id}-${version}-${task.draft}-${order}`;
  await using folder = await world.folders.create(world.run, name, given);
  const seated = { ...task, folder: folder.path };
  const outcome = await watchAgent(world, state, provider, seated, work.signal, {
    onLate: lateReport(work, from, 'its planner'),
  });
  if (outcome.kind === 'aborted') throw work.signal.reason;
  if (outcome.kind !== 'contract-written') return { ...unwritten(outcome), ...from };

  const owns = [plan.file, ...plan.tests, ...plan.stub];
  const rules = { owns, given, provided: [], limits };
  const failed = { type: 'record-amendment-failure', ...from, retryable: true } as const;
  const { spent } = outcome;
  let written: Submission;
  try {
    written = await readSubmission(world.store, folder.path, rules);
  } catch (error) {
    if (!isFolderFault(error)) throw error;
    return { ...failed, code: 'unreadable', message: error.message, spent };
  }
  const [problem] = scopeProblems(written);
  // What cannot be read must not count as removed: a test would be gone without a word.
  if (problem !== undefined) {
    const code = written.problems.length === 0 ? 'outside-contract' : 'unreadable';
    return { ...failed, code, message: problem.says, evidence: scopeProblems(written), spent };
  }
  const files = await changedFiles(
    world.store,
    await contractOnly(world.store, given, owns),
    written.tree,
  );
  const change = { type: 'files', files } as const;
  const amended = await amendContract(world.store, current, plan, change);
  if (!amended.ok) {
    const { code, message } = amended.failure;
    const evidence = scopeEvidence([{ path: null, says: message }]);
    return { ...failed, code, message, evidence, spent };
  }
  const { tree } = amended.contract;
  await keepContract(world.store, world.run, id, tree);
  const reason = outcome.reason === '' ? outcome.summary : outcome.reason;
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
