import { zeroAmount } from '../../core/budget.ts';
import type { EffectResult } from '../../core/commands.ts';
import type { Amend, Split } from '../../core/effects.ts';
import { nodeRef, type TreeId } from '../../core/ids.ts';
import { moduleState } from '../../core/lookup.ts';
import type { RunState } from '../../core/state.ts';
import type { Amending } from '../../core/module-state.ts';
import type { AgentOutcome } from '../agents/outcome.ts';
import type { ContractAuthorTask, SplitterTask } from '../agents/task.ts';
import type { Performing } from '../performing.ts';
import type { Unstamped } from '../run-loop.ts';
import { lateReport, taskBasics, watchAgent } from './attempt.ts';
import { unwritten } from './planner-end.ts';
import { isUnserved, unserved } from './unserved.ts';
import type { World } from './world.ts';

type Basics = Awaited<ReturnType<typeof taskBasics>> & { readonly folder: '' };
type PlannerTask = ContractAuthorTask | SplitterTask;
type Answer = Extract<AgentOutcome, { kind: 'contract-written' | 'cut' }>;

/** What one kind of task is, and what becomes of its answer. */
interface Assignment<Kind extends Answer['kind']> {
  /** Names the folder. */
  readonly name: string;
  /** What lies in it when the planner begins. */
  readonly given: TreeId;
  readonly task: (basics: Basics) => PlannerTask;
  readonly answers: Kind;
  /** `folder` is there until this has resolved. */
  readonly read: (
    answer: Extract<Answer, { kind: Kind }>,
    folder: string,
  ) => Promise<Unstamped<EffectResult>>;
}

/** Has a planner do its task in a folder of its own; any other end than an answer is its failure. */
export async function seatPlanner<Kind extends Answer['kind']>(
  world: World,
  effect: Amend | Split,
  state: RunState,
  work: Pick<Performing, 'report' | 'signal'>,
  { name, given, task: taskOf, answers, read }: Assignment<Kind>,
): Promise<Unstamped<EffectResult>> {
  const { order, module } = effect;
  const from = { order, module };
  const { epoch } = amendingOf(state, module);
  const provider = world.providers.of(state.plan, 'planners');
  const basics = await taskBasics(world, state, order, epoch, provider);
  const task = taskOf({ ...basics, folder: '' });
  if (!(await provider.canPlay(task))) {
    const none = { code: 'no-planner', message: 'there is no planner for it', retryable: false };
    return { type: 'record-amendment-failure', ...from, ...none, spent: zeroAmount };
  }
  await using folder = await world.folders.create(world.run, name, given);
  const seated = { ...task, folder: folder.path };
  const outcome = await watchAgent(world, state, provider, seated, work.signal, {
    books: { report: work.report, order, ref: nodeRef('module', module), agent: 1 },
    onLate: lateReport(work, from, 'its planner'),
  });
  if (outcome.kind === 'aborted') throw work.signal.reason;
  if (isUnserved(outcome)) return unserved(effect, state, outcome, outcome.spent);
  if (outcome.kind !== answers) return { ...unwritten(outcome), ...from };
  return await read(outcome as Extract<Answer, { kind: Kind }>, folder.path);
}

/** A module while a planner is at its contract. */
export function amendingOf(state: RunState, module: Amend['module']): Amending {
  const { id, life } = moduleState(state, module);
  if (life.at !== 'amending') throw new Error(`${id} is not before a planner`);
  return life;
}
