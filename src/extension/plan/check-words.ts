import { plural, t } from '../../core/language.ts';
import type { CheckedPlan } from '../../engine/check-plan.ts';

/** How a check ended, in one sentence. */
export function checkOutcome({ diagnostics, prepared }: Extract<CheckedPlan, { ok: true }>): {
  readonly isFit: boolean;
  readonly says: string;
} {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const advice = diagnostics.length - errors;
  const beside =
    advice === 0 ? [] : [plural(advice, 'Besides, {0} advice.', 'Besides, {0} pieces of advice.')];
  const says = (...sentences: string[]): string => [...sentences, ...beside].join(' ');
  if (prepared === null) {
    return {
      isFit: false,
      says: says(plural(errors, 'Refused, {0} error.', 'Refused, {0} errors.')),
    };
  }
  const tests = prepared.contracts.reduce((sum, { listed }) => sum + (listed?.length ?? 0), 0);
  const modules = prepared.plan.modules.length;
  const fit = t(
    'Fit: {0}, {1}, none of them vacuous.',
    plural(modules, '{0} module', '{0} modules'),
    plural(tests, '{0} test that decides', '{0} tests that decide'),
  );
  return { isFit: true, says: says(fit) };
}
