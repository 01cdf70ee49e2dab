import { zeroAmount } from '../../core/budget.ts';
import type { EffectResult } from '../../core/commands.ts';
import { conflictOf, rulingsOn } from '../../core/conflict.ts';
import type { Arbitrate } from '../../core/effects.ts';
import { modulePlan } from '../../core/graph.ts';
import { nodeRef } from '../../core/ids.ts';
import { moduleNode } from '../../core/lookup.ts';
import type { RunState } from '../../core/state.ts';
import type { ArbiterTask } from '../agents/task.ts';
import { evaluationOf } from '../composition.ts';
import type { Performing } from '../performing.ts';
import type { Unstamped } from '../run-loop.ts';
import { assemble } from '../store/assemble.ts';
import { lateReport, taskBasics, watchAgent } from './attempt.ts';
import { contractText } from './contract-text.ts';
import { withoutAnswer } from './planner-end.ts';
import { isUnserved, unserved } from './unserved.ts';
import type { World } from './world.ts';

/** Has an arbiter, who neither wrote nor judged, decide a dispute on what was handed in. */
export async function arbitrate(
  world: World,
  effect: Arbitrate,
  state: RunState,
  work: Pick<Performing, 'report' | 'signal'>,
): Promise<Unstamped<EffectResult>> {
  const { order, module: id, conflict: number } = effect;
  const node = moduleNode(state, id);
  const { life, contract, judgement } = state.modules.get(node);
  if (life.at !== 'disputed') throw new Error(`${id} is not disputed`);
  const conflict = conflictOf(state, number);
  const from = { order, module: id, conflict: number };
  const provider = world.providers.of(state.plan, 'planners');
  const task: ArbiterTask = {
    ...(await taskBasics(world, state, order, life.epoch, provider)),
    role: 'arbiter',
    module: id,
    arbitration: conflict.arbitration,
    conflict,
    rulings: rulingsOn(conflict, judgement),
    contract: await contractText(world.store, modulePlan(state.plan, node), contract),
    summary: judgement?.summary ?? '',
    folder: '',
  };
  if (judgement === null || !(await provider.canPlay(task))) {
    const none = { code: 'no-arbiter', message: 'there is no arbiter for it', retryable: false };
    return { type: 'record-arbitration-failure', ...from, ...none, spent: zeroAmount };
  }
  const subject = await assemble(world.store, evaluationOf(state, node, judgement.tree));
  await using folder = await world.folders.create(world.run, `arbiter-${id}-${order}`, subject);
  const seated = { ...task, folder: folder.path };
  const outcome = await watchAgent(world, state, provider, seated, work.signal, {
    books: { report: work.report, order, ref: nodeRef('module', id), agent: 1 },
    onLate: lateReport(work, { order, module: id }, 'its arbiter'),
  });
  if (outcome.kind === 'aborted') throw work.signal.reason;
  if (isUnserved(outcome)) return unserved(effect, state, outcome, outcome.spent);
  if (outcome.kind !== 'arbitrated') {
    return { type: 'record-arbitration-failure', ...withoutAnswer(outcome), ...from };
  }
  const { decision, reason, spent } = outcome;
  return { type: 'record-arbitration', ...from, decision, reason, spent };
}
