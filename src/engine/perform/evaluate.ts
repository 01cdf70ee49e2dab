import type { EffectResult, Review } from '../../core/commands.ts';
import { checksAlone, strictest } from '../../core/decide-evaluation.ts';
import { addAmounts, subtractAmounts, zeroAmount, type Amount } from '../../core/budget.ts';
import type { Evaluate } from '../../core/effects.ts';
import { modulePlan } from '../../core/graph.ts';
import type { Digest, TreeId } from '../../core/ids.ts';
import { moduleNode } from '../../core/lookup.ts';
import type { RunState, Submission } from '../../core/state.ts';
import type { CheckResult } from '../../core/verdict.ts';
import { evaluationOf, judgedAgainst } from '../composition.ts';
import type { Unstamped } from '../run-loop.ts';
import { assemble } from '../store/assemble.ts';
import { runRef } from '../store/ref-name.ts';
import type { Performing } from '../performing.ts';
import { lateReport, taskBasics, watchAgent } from './attempt.ts';
import { contractText, listingOfContract, testFilesOf } from './contract-text.ts';
import { effectId, runChecks, toResult } from './run-checks.ts';
import type { World } from './world.ts';

/** How often a reviewer that fails is replaced. */
const maxReviewers = 3;

/** Judges a submission, or a seal again: its checks, then a reviewer where there is one. */
export async function evaluate(
  world: World,
  effect: Evaluate,
  state: RunState,
  work: Pick<Performing, 'report' | 'signal'>,
): Promise<Unstamped<EffectResult>> {
  const { order, module: id } = effect;
  const node = moduleNode(state, id);
  const { life, contract } = state.modules.get(node);
  if (life.at !== 'evaluating') throw new Error(`${id} is not being evaluated`);
  const { submission } = life;
  const from = { type: 'record-evaluation', order, module: id } as const;
  const tree = await assemble(world.store, evaluationOf(state, node, submission.tree));
  const runs = await runChecks(
    world,
    {
      tree,
      checks: modulePlan(state.plan, node).checks,
      resources: modulePlan(state.plan, node).resources,
      testFiles: await testFilesOf(world.store, contract.tree),
      expected: await listingOfContract(world, contract),
      effect: effectId(world, order),
    },
    work.signal,
  );
  const checks = runs.map(toResult);
  const passed = checks.every(({ outcome }) => outcome === 'passed');
  const asked =
    passed && !submission.again && !submission.confirms
      ? await askReviewer(world, effect, state, node, tree, checks, work)
      : { review: checksAlone, spent: zeroAmount };
  const { review, spent } = asked;
  const passes = review !== null && strictest(checks, review, submission) === 'PASS';
  // On a stub it can pass, but not be sealed.
  const seal = passes && life.final ? await writeSeal(world, state, node, submission) : null;
  return { ...from, checks, review, seal, spent };
}

/** A reviewer can only be stricter than the checks, so it is asked where they passed. */
async function askReviewer(
  world: World,
  { order, module }: Evaluate,
  state: RunState,
  node: number,
  subject: TreeId,
  checks: readonly CheckResult[],
  work: Pick<Performing, 'report' | 'signal'>,
): Promise<{ readonly review: Review | null; readonly spent: Amount }> {
  const { attempt, contract } = state.modules.get(node);
  const provider = world.provider('reviewers');
  const basics = taskBasics(world, state, order, 1, provider);
  const task = {
    ...basics,
    role: 'evaluator' as const,
    module,
    attempt,
    contract: await contractText(world.store, modulePlan(state.plan, node), contract),
    subject,
    folder: '',
    checks,
  };
  if (!(await provider.canPlay(task))) return { review: checksAlone, spent: zeroAmount };
  await using folder = await world.folders.create(world.run, `review-${module}-${order}`, subject);
  let spent = zeroAmount;
  for (let epoch = 1; epoch <= maxReviewers; epoch++) {
    const allowance = subtractAmounts(basics.allowance, spent);
    const seated = { ...task, epoch, allowance, folder: folder.path };
    const outcome = await watchAgent(world, state, provider, seated, work.signal, {
      onLate: lateReport(work, { order, module }, `reviewer ${epoch} of attempt ${attempt}`),
    });
    spent = addAmounts(spent, outcome.spent);
    if (outcome.kind === 'aborted') throw work.signal.reason;
    if (outcome.kind === 'reviewed') {
      const { verdict, summary, evidence } = outcome;
      return { review: { verdict, summary, evidence }, spent };
    }
    if (outcome.kind === 'exhausted' || outcome.kind === 'refused') break;
    if (outcome.kind === 'failed' && outcome.retry.kind === 'terminal') break;
  }
  return { review: null, spent };
}

/** The seal and the ref to it are in the store before the journal speaks of them. */
async function writeSeal(
  world: World,
  state: RunState,
  node: number,
  { tree }: Submission,
): Promise<Digest> {
  const { id, contract } = state.modules.get(node);
  const dependencies = judgedAgainst(state, node);
  const { digest } = await world.store.putJson(world.run, {
    contract: contract.tree,
    tests: contract.listing,
    implementation: tree,
    dependencies: [...new Set(dependencies)].sort(),
    checks: modulePlan(state.plan, node).checks,
    verdict: 'PASS',
  });
  await world.store.keepTree(runRef(world.run, 'seals', id, digest), tree);
  return digest;
}
