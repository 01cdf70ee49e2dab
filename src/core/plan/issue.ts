import { codeInfo, type DiagnosticCode } from './codes.ts';
import type { PlanEdit, Saving } from './edit.ts';

/** Keys and indices from the root of the plan file; what is not in the file means its nearest parent. */
export type IssuePath = readonly (string | number)[];

/** Something wrong with a plan, before anyone knows at which line it stands. */
export interface Issue {
  readonly code: DiagnosticCode;
  readonly severity: 'error' | 'advice';
  readonly path: IssuePath;
  readonly message: string;
  readonly fix: string;
  /** Each of them mends it; the best first. */
  readonly edits: readonly PlanEdit[];
  /** Of the first edit; null where time is not what it is about. */
  readonly saves: Saving | null;
}

/** `fix` is what to do here; where nothing more exact is known, what to do about the code. */
export function issue(
  code: DiagnosticCode,
  path: IssuePath,
  message: string,
  fix: string = codeInfo(code).remedy,
  edits: readonly PlanEdit[] = [],
  saves: Saving | null = null,
): Issue {
  return { code, severity: codeInfo(code).severity, path, message, fix, edits, saves };
}
