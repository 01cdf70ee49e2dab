import { unitWords } from './budget.ts';
import type { Deciding } from './deciding.ts';
import type { BudgetExhausted } from './events/budget.ts';
import { modulePlan } from './graph.ts';
import { unreachable } from './unreachable.ts';

/** The plan's next answer to a used-up budget; without one left, the module is given up. */
export function takeExhaustionStep(
  deciding: Deciding,
  node: number,
  what: BudgetExhausted['what'],
): void {
  takeNextStep(deciding, node, `its budget of ${unitWords[what]} is used up`, what);
}

/** The same where a step before it came to nothing. */
export function takeNextStep(
  deciding: Deciding,
  node: number,
  reason: string,
  what?: BudgetExhausted['what'],
): void {
  const module = deciding.state.modules.get(node);
  const step = modulePlan(deciding.state.plan, node).onExhausted[module.steps];
  const { id, evidence } = module;
  switch (step) {
    case 'reframe':
      deciding.emit({
        type: 'amendment-requested',
        module: id,
        source: 'exhaustion',
        reason,
        evidence,
      });
      break;
    case 'escalate':
      deciding.emit({
        type: 'module-escalated',
        module: id,
        reason: 'exhausted',
        ...(what === undefined ? {} : { what }),
        message: `${reason}; raise it, or amend its contract to give it a fresh one`,
        evidence,
      });
      break;
    case 'split':
      deciding.emit({ type: 'amendment-requested', module: id, source: 'split', reason, evidence });
      break;
    case undefined:
      deciding.emit({ type: 'module-abandoned', module: id, reason });
      break;
    default:
      unreachable(step);
  }
}
