import { modulePlan } from '../graph.ts';
import type { RunState } from '../state.ts';

/**
 * What a module still needs of the minutes of its estimate, review included.
 *
 * @param built what an agent at work has done of the building, 0 … 1
 */
export function leftMinutes(state: RunState, node: number, built: number): number {
  const { life } = state.modules.get(node);
  const { estimate } = modulePlan(state.plan, node);
  switch (life.at) {
    case 'generating':
      return estimate.minutes * (1 - built) + estimate.review;
    case 'submitted':
    case 'evaluating':
    case 'passed':
    case 'disputed':
      return estimate.review;
    case 'sealed':
      return life.stale ? estimate.review : 0;
    case 'abandoned':
      return 0;
    case 'waiting':
    case 'ready':
    case 'resting':
    case 'amending':
    case 'verifying':
    case 'escalated':
      return estimate.minutes + estimate.review;
  }
}

/** The same by what agents say themselves; where one does not tell, it has all of it before it. */
export function leftByWord(state: RunState, node: number): number {
  const { life } = state.modules.get(node);
  return leftMinutes(state, node, life.at === 'generating' ? (life.fraction ?? 0) : 0);
}
