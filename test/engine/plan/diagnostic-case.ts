import type { DiagnosticCode } from '../../../src/core/plan/codes.ts';
import { goodPlan, spoil } from './good-plan.ts';

/** A plan with one fault, and the place where its diagnostic is expected marked `‹so›`. */
export interface DiagnosticCase {
  readonly code: DiagnosticCode;
  readonly title: string;
  readonly marked: string;
  /** Part of the message. */
  readonly says: string;
}

/** The good plan with one thing replaced, and the expected place marked in what replaces it. */
export const one = (
  code: DiagnosticCode,
  from: string,
  to: string,
  says: string,
): DiagnosticCase => ({
  code,
  title: to.replaceAll('\n', ' ').trim().slice(0, 60),
  marked: spoil(from, to),
  says,
});

/** The good plan with replacements, and the expected place somewhere else. */
export const elsewhere = (
  code: DiagnosticCode,
  title: string,
  place: readonly [from: string, marked: string],
  replaced: readonly (readonly [from: string, to: string])[],
  says: string,
): DiagnosticCase => ({
  ...{ code, title, says },
  marked: spoil(
    ...place,
    replaced.reduce((text, [from, to]) => spoil(from, to, text), goodPlan),
  ),
});

/** A text of its own. */
export const whole = (
  code: DiagnosticCode,
  title: string,
  marked: string,
  says: string,
): DiagnosticCase => ({ code, title, marked, says });
