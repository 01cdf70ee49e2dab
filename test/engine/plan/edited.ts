import type { FileChange } from '../../../src/engine/plan/diagnostic.ts';

/** A text with the changes of a diagnostic's edit, made as an editor makes them. */
export function edited(text: string, changes: readonly FileChange[]): string {
  const starts = [0];
  for (const { index } of text.matchAll(/\n/g)) starts.push(index + 1);
  const offset = (line: number, column: number): number => (starts[line - 1] ?? 0) + column - 1;
  const pieces: string[] = [];
  let at = 0;
  const sorted = changes.toSorted((a, b) => a.line - b.line || a.column - b.column);
  for (const { line, column, endLine, endColumn, text: written } of sorted) {
    pieces.push(text.slice(at, offset(line, column)), written);
    at = offset(endLine, endColumn);
  }
  return pieces.join('') + text.slice(at);
}
