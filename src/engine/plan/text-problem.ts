import { codeInfo, type DiagnosticCode } from '../../core/plan/codes.ts';

/** Something wrong with a text before it is known what it describes. Offsets in UTF-16 units. */
export interface TextProblem {
  readonly code: DiagnosticCode;
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly fix: string;
}

export function textProblem(
  code: DiagnosticCode,
  start: number,
  end: number,
  message: string,
): TextProblem {
  return { code, start, end, message, fix: codeInfo(code).remedy };
}
