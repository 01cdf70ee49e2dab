import type { ModuleState } from '../module-state.ts';
import type { Verdict } from '../verdict.ts';
import type { ModuleStatus } from './module-status.ts';

/** The outline of a module on the board; each has one icon and one word. */
export type CardShape =
  /** its contract is being written */
  | 'planned'
  | 'waiting'
  | 'ready'
  | 'building'
  | 'revising'
  | 'review'
  /** the last submission did not pass, and no builder has taken it up yet */
  | 'needs-revision'
  | 'failed'
  /** agents cannot go on: a person must act */
  | 'blocked'
  /** passed on stubs, or as one of a set: sealed when it is confirmed */
  | 'passed'
  | 'sealed'
  /** sealed, and judged again once something below it is settled */
  | 'stale'
  /** its seal was broken by a new contract, and no builder has taken it up yet */
  | 'reopened'
  | 'abandoned';

/** `verdict`: of the latest judging under this version of the contract. */
export function shapeOf(
  module: ModuleState,
  { kind }: ModuleStatus,
  verdict: Verdict | null,
): CardShape {
  switch (kind) {
    case 'waiting':
    case 'ready':
    case 'resting':
      if (verdict === 'FAIL') return 'failed';
      if (verdict === 'NEEDS_REVISION') return 'needs-revision';
      if (module.formerSeal !== null && module.seal === null) return 'reopened';
      return kind === 'ready' ? 'ready' : 'waiting';
    case 'contract':
      return module.formerSeal !== null && module.seal === null ? 'reopened' : 'planned';
    case 'building':
      return module.attempt > 1 ? 'revising' : 'building';
    case 'handed-in':
    case 'in-review':
    case 'disputed':
      return 'review';
    case 'to-confirm':
      return 'passed';
    case 'needs-you':
      return 'blocked';
    case 'sealed':
    case 'stale':
    case 'abandoned':
      return kind;
  }
}
