/** Stands in for the lexer: finds no tokens but the end. */

export class SourceError extends Error {}

export function tokenize(_source) {
  return [{ kind: 'end', text: '', line: 1, column: 1 }];
}
