import { codeInfo, type DiagnosticCode } from '../../core/plan/codes.ts';
import type { IssueWords } from '../../core/plan/issue.ts';
import type { PlanEdit, Saving } from '../../core/plan/edit.ts';

/** Something wrong with a plan, where it stands in its file. Lines and columns are 1-based. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: 'error' | 'advice';
  readonly file: string;
  readonly line: number;
  /** In UTF-16 units, as editors count. */
  readonly column: number;
  readonly endLine: number;
  /** Just behind the last unit. */
  readonly endColumn: number;
  readonly message: string;
  readonly fix: string;
  /** Both, for people of a window. */
  readonly words?: IssueWords;
  /** Each of them mends it; the best first. */
  readonly edits: readonly DiagnosticEdit[];
  /** What the first edit saves, by the estimates; null where time is not what it is about. */
  readonly saves: Saving | null;
}

/** An edit of the plan, and the changes of its file that make it. */
export interface DiagnosticEdit extends PlanEdit {
  /** Told by the file as it is; they do not overlap, and go in this order where they meet. */
  readonly changes: readonly FileChange[];
}

/** What stands between two places of a file is replaced. Lines and columns as in {@link Diagnostic}. */
export interface FileChange {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly text: string;
}

const maxMessageLength = 500;

/** `file:line:column code message`, and below it what to do. Plain text, one line each. */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const { file, line, column, code, message, fix } = diagnostic;
  return `${plain(file)}:${line}:${column} ${code} ${plain(message)}\n  → ${plain(fix)}`;
}

/** True where a plan with these diagnostics may not be run. */
export function isRefused(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === 'error');
}

/** True where not even a schedule can be previewed; a plan below the quality bar still has one. */
export function isUnsound(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ code }) => ['reading', 'graph'].includes(codeInfo(code).stops));
}

/** Texts come from a file that anyone may have written; a terminal would obey what is in them. */
function plain(text: string): string {
  const safe = text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
  return safe.length > maxMessageLength ? `${safe.slice(0, maxMessageLength)}…` : safe;
}
