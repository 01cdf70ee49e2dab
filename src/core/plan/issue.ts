import { inWriting, type Phrase } from '../phrase.ts';
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
  /** Both, for people of a window. */
  readonly words: IssueWords;
  /** Each of them mends it; the best first. */
  readonly edits: readonly PlanEdit[];
  /** Of the first edit; null where time is not what it is about. */
  readonly saves: Saving | null;
}

/** What an issue says, composed where it is read. */
export interface IssueWords {
  readonly message: Phrase;
  readonly fix: Phrase;
}

/** `fix` is what to do here; where nothing more exact is known, what to do about the code. */
export function issue(
  code: DiagnosticCode,
  path: IssuePath,
  message: Phrase,
  fix: Phrase = codeInfo(code).remedy,
  edits: readonly PlanEdit[] = [],
  saves: Saving | null = null,
): Issue {
  return {
    ...{ code, severity: codeInfo(code).severity, path },
    ...{ message: inWriting(message), fix: inWriting(fix), words: { message, fix } },
    ...{ edits, saves },
  };
}
