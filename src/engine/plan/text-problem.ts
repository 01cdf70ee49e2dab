import { inWriting, type Phrase } from '../../core/phrase.ts';
import type { IssueWords } from '../../core/plan/issue.ts';
import { codeInfo, type DiagnosticCode } from '../../core/plan/codes.ts';

/** Something wrong with a text before it is known what it describes. Offsets in UTF-16 units. */
export interface TextProblem {
  readonly code: DiagnosticCode;
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly fix: string;
  readonly words: IssueWords;
}

export function textProblem(
  code: DiagnosticCode,
  start: number,
  end: number,
  message: Phrase,
): TextProblem {
  const fix = codeInfo(code).remedy;
  const said = { message: inWriting(message), fix: inWriting(fix), words: { message, fix } };
  return { code, start, end, ...said };
}
