import { join } from 'node:path';
import type { Generate } from '../../core/effects.ts';
import { sidesOf } from '../../core/feedback.ts';
import { modulePlan } from '../../core/graph.ts';
import { moduleNode } from '../../core/lookup.ts';
import type { ModulePlan } from '../../core/plan/plan.ts';
import type { RunState } from '../../core/state.ts';
import type { SupervisedOutcome } from '../agents/supervision.ts';
import { builderTree } from '../composition.ts';
import type { Performing } from '../performing.ts';
import type { Unstamped } from '../run-loop.ts';
import type { EffectResult } from '../../core/commands.ts';
import type { Trespass } from '../../core/commands/builder-result.ts';
import { matchesAny } from '../../core/paths.ts';
import { writeText } from '../run-folder.ts';
import { runRef } from '../store/ref-name.ts';
import type { Submission } from '../store/submission.ts';
import type { WorkFolder } from '../store/work-folder.ts';
import { nodeRef, type ModuleId, type TreeId } from '../../core/ids.ts';
import { BuilderChecks } from './builder-checks.ts';
import { askedOf, BuilderDesk } from './builder-desk.ts';
import { lateReport, taskBasics, watchAgent } from './attempt.ts';
import { checkCommands, contractPaths, contractText } from './contract-text.ts';
import { readLeft } from './read-left.ts';
import { provideEnvironment } from './environment-folder.ts';
import { scopeProblems } from './scope-problems.ts';
import { isUnserved, unserved } from './unserved.ts';
import type { World } from './world.ts';

/** Of one submission. */
const limits = { files: 5_000, bytes: 64 * 1024 * 1024 };

/** Lets a builder write a module in a folder of its own, and takes what it hands in. */
export async function generate(
  world: World,
  { order, module: id }: Generate,
  state: RunState,
  { report, ask, signal }: Pick<Performing, 'report' | 'ask' | 'signal'>,
): Promise<Unstamped<EffectResult>> {
  const node = moduleNode(state, id);
  const module = state.modules.get(node);
  const plan = modulePlan(state.plan, node);
  const { attempt, epoch } = module;
  const given = await builderTree(world.store, state, node);
  const name = `build-${id}-${attempt}-${epoch}`;
  await using folder = await world.folders.create(world.run, name, given);
  await provideEnvironment(folder.path, world.environment.provided);
  const contract = await contractText(world.store, plan, module.contract);
  await using desk = new BuilderDesk(world, { order, module: id }, name, folder.path, ask);
  const handoffs = await desk.lay(state);
  const provider = world.providers.of(state.plan, 'builders');
  const task = {
    ...(await taskBasics(world, state, order, epoch, provider)),
    role: attempt === 1 ? ('generator' as const) : ('reviser' as const),
    module: id,
    attempt,
    contract,
    paths: contractPaths(plan),
    commands: checkCommands(plan),
    folder: folder.path,
    owns: plan.owns,
    evidence: [...module.evidence, ...module.notices],
    handoffs,
    asked: askedOf(state, node),
    partners: sidesOf(state, node).map(({ partner }) => state.modules.get(partner).id),
  };
  const from = { order, module: id };
  const checks = new BuilderChecks(world, {
    ...{ order, module: id, folder: folder.path, state },
    rules: rules(world, given, plan),
  });
  const outcome = await watchAgent(world, state, provider, task, signal, {
    books: { report, order, ref: nodeRef('module', id), agent: 1 },
    desk,
    checks,
    onProgress: ({ says, fraction, spent }) =>
      report({ type: 'record-progress', ...from, says, fraction, spent }),
    onLate: lateReport({ report }, from, `attempt ${attempt}`),
  });
  if (isUnserved(outcome)) {
    const seed = await seedOf(world, folder, given, plan);
    return unserved({ type: 'generate', order, module: id }, state, outcome, outcome.spent, seed);
  }
  if (outcome.kind !== 'submitted') {
    const seed = outcome.kind === 'aborted' ? await seedOf(world, folder, given, plan) : null;
    return { ...ended(outcome), ...from, seed };
  }
  const submission = await readHandedIn(world, folder, given, plan);
  if (typeof submission === 'string') {
    const { spent } = outcome;
    const end = { outcome: 'failed', message: submission, seed: null, what: null } as const;
    return { type: 'record-generation-end', ...from, ...end, restMs: 0, spent };
  }
  const { tree } = submission;
  const ref = runRef(world.run, 'submissions', id, `${attempt}-${epoch}`);
  await world.store.keepTree(ref, tree);
  await writeText(join(world.runFolder, 'summaries'), `${id}-${attempt}.md`, outcome.summary);
  const { summary, spent } = outcome;
  const problems = scopeProblems(submission);
  const { findings } = outcome;
  const trespasses = trespassesOf(state, id, submission);
  const handedIn = { tree, summary, problems, trespasses, findings };
  return { type: 'record-submission', ...from, ...handedIn, spent };
}

const rules = ({ environment }: World, given: TreeId, { owns }: ModulePlan) => ({
  owns,
  given,
  provided: environment.provided.map(({ path }) => path),
  limits,
});

/** What lies in the folder; a text where an agent left it so that it cannot be read. */
async function readHandedIn(
  world: World,
  { path }: WorkFolder,
  given: TreeId,
  plan: ModulePlan,
): Promise<Submission | string> {
  const left = await readLeft(world, path, rules(world, given, plan));
  return typeof left === 'string' ? `what it left cannot be read: ${left}` : left;
}

/** What an interrupted builder leaves, for the next one to begin with; null where it is unreadable. */
async function seedOf(
  world: World,
  folder: WorkFolder,
  given: TreeId,
  plan: ModulePlan,
): Promise<TreeId | null> {
  const left = await readHandedIn(world, folder, given, plan);
  if (typeof left === 'string') return null;
  const { tree, files } = left;
  if (files === 0) return null;
  await world.store.keepTree(runRef(world.run, 'seeds', folder.name), tree);
  return tree;
}

/** Whose paths one submission is told to have entered, and how many files of each are named. */
const shownOwners = 5;
const shownPaths = 10;

/** Which of the files outside its paths are another module's. */
function trespassesOf(state: RunState, own: ModuleId, { outside }: Submission): Trespass[] {
  const files = new Map<ModuleId, string[]>();
  for (const path of outside) {
    const owner = state.plan.modules.find(({ owns }) => matchesAny(owns, path))?.id;
    if (owner === undefined || owner === own) continue;
    const known = files.get(owner);
    if (known === undefined) files.set(owner, [path]);
    else if (known.length < shownPaths) known.push(path);
  }
  return [...files].slice(0, shownOwners).map(([owner, its]) => ({ owner, files: its }));
}

/** An agent's end without a submission, as the run records it. */
function ended(outcome: Exclude<SupervisedOutcome, { kind: 'submitted' }>) {
  const { spent } = outcome;
  const end = { type: 'record-generation-end', restMs: 0, what: null, spent } as const;
  switch (outcome.kind) {
    case 'stalled':
      return { ...end, outcome: 'stalled', message: 'no progress for too long' } as const;
    case 'aborted':
      return { ...end, outcome: 'aborted', message: 'aborted' } as const;
    case 'exhausted':
      return { ...end, outcome: 'exhausted', message: '', what: outcome.what } as const;
    case 'refused':
      return { ...end, outcome: 'refused', message: outcome.reason } as const;
    case 'failed': {
      const { code, message, retry } = outcome;
      const restMs = retry.kind === 'retryable' ? retry.afterMs : 0;
      const kind = retry.kind === 'terminal' ? 'refused' : 'failed';
      return { ...end, outcome: kind, message: `${code}: ${message}`, restMs } as const;
    }
    case 'disputed':
      return { ...end, outcome: 'disputed', message: outcome.reason } as const;
    case 'arbitrated':
    case 'reviewed':
    case 'blamed':
    case 'contract-written':
    case 'cut':
    case 'researched':
    case 'assessed':
    case 'asked-questions':
    case 'proposed':
    case 'unsuitable':
      return { ...end, outcome: 'failed', message: `answered ${outcome.kind} to a task` } as const;
  }
}
