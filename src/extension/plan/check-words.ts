import { counted } from '../../core/projections/words.ts';
import type { CheckedPlan } from '../../engine/check-plan.ts';

/** How a check ended, in one sentence. */
export function checkOutcome({ diagnostics, prepared }: Extract<CheckedPlan, { ok: true }>): {
  readonly isFit: boolean;
  readonly says: string;
} {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const advice = diagnostics.length - errors;
  const beside = advice === 0 ? '' : `, ${counted(advice, 'advice', 'pieces of advice')}`;
  if (prepared === null) {
    return { isFit: false, says: `refused, ${counted(errors, 'error')}${beside}.` };
  }
  const tests = prepared.contracts.reduce((sum, { listed }) => sum + (listed?.length ?? 0), 0);
  const modules = counted(prepared.plan.modules.length, 'module');
  const decides = `${counted(tests, 'test')} that decide, none of them vacuous`;
  return { isFit: true, says: `fit. ${modules}, ${decides}${beside}.` };
}
