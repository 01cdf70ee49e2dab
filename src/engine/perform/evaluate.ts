import type { EffectResult } from '../../core/commands.ts';
import type { Review } from '../../core/commands/judging-result.ts';
import { checksAlone, strictest, strictestReview } from '../../core/decide-evaluation.ts';
import { addAmounts, subtractAmounts, zeroAmount, type Amount } from '../../core/budget.ts';
import type { Evaluate } from '../../core/effects.ts';
import { modulePlan } from '../../core/graph.ts';
import { nodeRef, type Digest, type TreeId } from '../../core/ids.ts';
import { moduleNode } from '../../core/lookup.ts';
import type { RunState } from '../../core/state.ts';
import { asksReviewer, type Submission } from '../../core/module-state.ts';
import type { CheckResult } from '../../core/verdict.ts';
import { evaluationOf, judgedAgainst } from '../composition.ts';
import { agentId } from '../agents/agent-id.ts';
import type { Unstamped } from '../run-loop.ts';
import { assemble } from '../store/assemble.ts';
import { runRef } from '../store/ref-name.ts';
import type { Performing } from '../performing.ts';
import { changedFiles } from './changed-files.ts';
import { lateReport, taskBasics, watchAgent } from './attempt.ts';
import { contractPaths, contractText, listingOfContract, testFilesOf } from './contract-text.ts';
import { forgetReviews, keptReviews } from './kept-reviews.ts';
import { effectId, runChecks, toResult } from './run-checks.ts';
import { isUnserved, unserved, type Unserved } from './unserved.ts';
import type { World } from './world.ts';

/** How often a reviewer that fails is replaced. */
const maxReviewers = 3;

/** Judges a submission, or a seal again: its checks, then its reviewers where there are any. */
export async function evaluate(
  world: World,
  effect: Evaluate,
  state: RunState,
  work: Pick<Performing, 'report' | 'signal'>,
): Promise<Unstamped<EffectResult>> {
  const { order, module: id } = effect;
  const node = moduleNode(state, id);
  const { life, contract, judgement } = state.modules.get(node);
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
      anew: submission.rejudged?.by === 'evidence' ? (judgement?.failed ?? []) : [],
    },
    work.signal,
  );
  const checks = runs.map(toResult);
  const passed = checks.every(({ outcome }) => outcome === 'passed');
  const asked =
    passed && asksReviewer(submission)
      ? await askReviewers(world, effect, state, node, tree, checks, work)
      : { reviews: [checksAlone], spent: zeroAmount };
  if ('unserved' in asked) return unserved(effect, state, asked.unserved, asked.spent);
  const { reviews, spent } = asked;
  const given = reviews.filter((review) => review !== null);
  const all = given.length === reviews.length;
  const passes = all && strictest(checks, strictestReview(given), submission) === 'PASS';
  // On a stub it can pass, but not be sealed.
  const seal = passes && life.final ? await writeSeal(world, state, node, submission) : null;
  const [first = checksAlone, ...others] = given;
  const review = all ? first : null;
  return { ...from, subject: tree, checks, review, others, seal, spent };
}

/** A reviewer was not served: what others said meanwhile is said again when it is. */
interface NotAll {
  readonly unserved: Unserved;
  readonly spent: Amount;
}

interface Reviews {
  /** null for one who gave no answer. */
  readonly reviews: readonly (Review | null)[];
  readonly spent: Amount;
}

/** Each reviewer is an agent of its own, and sees nothing of what another says. */
async function askReviewers(
  world: World,
  effect: Evaluate,
  state: RunState,
  node: number,
  subject: TreeId,
  checks: readonly CheckResult[],
  work: Pick<Performing, 'report' | 'signal'>,
): Promise<Reviews | NotAll> {
  const { reviewers } = modulePlan(state.plan, node);
  const reviews: (Review | null)[] = [];
  let spent = zeroAmount;
  // One after the other: all of them have one place in the pool.
  const { attempt, epoch, contract } = state.modules.get(node);
  const what = [attempt, epoch, contract.version, subject].join(' ');
  const kept = keptReviews(world, effect, what);
  for (let reviewer = 1; reviewer <= reviewers; reviewer++) {
    const before = kept.get(reviewer);
    if (before !== undefined) {
      reviews.push(before);
      continue;
    }
    const asked = await askReviewer(world, effect, state, node, subject, checks, reviewer, work);
    if (asked === null) continue;
    spent = addAmounts(spent, asked.spent);
    if ('unserved' in asked) return { ...asked, spent };
    kept.set(reviewer, asked.review);
    reviews.push(asked.review);
  }
  forgetReviews(world, effect);
  return { reviews: reviews.length === 0 ? [checksAlone] : reviews, spent };
}

/** A reviewer can only be stricter than the checks, so it is asked where they passed. null: there is none. */
async function askReviewer(
  world: World,
  { order, module }: Evaluate,
  state: RunState,
  node: number,
  subject: TreeId,
  checks: readonly CheckResult[],
  reviewer: number,
  work: Pick<Performing, 'report' | 'signal'>,
): Promise<{ readonly review: Review | null; readonly spent: Amount } | NotAll | null> {
  const { life, contract, seed, ...its } = state.modules.get(node);
  const rejudged = life.at === 'evaluating' ? life.submission.rejudged : null;
  const plan = modulePlan(state.plan, node);
  const provider = world.providers.of(state.plan, 'reviewers');
  const basics = await taskBasics(world, state, order, 1, provider);
  const share = scaleDown(basics.allowance, plan.reviewers);
  const task = {
    ...basics,
    agent: agentId(order, reviewer),
    allowance: share,
    role: 'evaluator' as const,
    module,
    attempt: rejudged?.attempt ?? its.attempt,
    contract: await contractText(world.store, plan, contract),
    paths: contractPaths(plan),
    subject,
    reviewer,
    folder: '',
    checks,
    summary: life.at === 'evaluating' ? life.submission.summary : '',
    changed: await changedFiles(
      world.store,
      seed,
      life.at === 'evaluating' ? life.submission.tree : seed,
      share.tokens,
    ),
  };
  if (!(await provider.canPlay(task))) return null;
  const books = { report: work.report, order, ref: nodeRef('module', module) };
  const name = `review-${module}-${order}-${reviewer}`;
  await using folder = await world.folders.create(world.run, name, subject);
  let spent = zeroAmount;
  for (let epoch = 1; epoch <= maxReviewers; epoch++) {
    const allowance = subtractAmounts(share, spent);
    const seated = { ...task, epoch, allowance, folder: folder.path };
    const outcome = await watchAgent(world, state, provider, seated, work.signal, {
      books: { ...books, agent: (reviewer - 1) * maxReviewers + epoch },
      onLate: lateReport(work, { order, module }, `reviewer ${epoch} of attempt ${task.attempt}`),
    });
    spent = addAmounts(spent, outcome.spent);
    if (outcome.kind === 'aborted') throw work.signal.reason;
    if (isUnserved(outcome)) return { unserved: outcome, spent };
    if (outcome.kind === 'reviewed') {
      const { verdict, summary, evidence, testsWrong } = outcome;
      return { review: { verdict, summary, evidence, testsWrong }, spent };
    }
    if (outcome.kind === 'exhausted' || outcome.kind === 'refused') break;
    if (outcome.kind === 'failed' && outcome.retry.kind === 'terminal') break;
  }
  return { review: null, spent };
}

/** Rounded down, so that all shares together are never more than the whole. */
function scaleDown({ tokens, microUsd, turns, ms }: Amount, parts: number): Amount {
  const part = (units: number): number => Math.floor(units / parts);
  return { tokens: part(tokens), microUsd: part(microUsd), turns: part(turns), ms: part(ms) };
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
