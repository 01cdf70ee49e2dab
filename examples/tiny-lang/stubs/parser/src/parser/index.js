/** Stands in for the parser: every program is empty. */

export function parse(_source) {
  return { type: 'program', line: 1, column: 1, body: [] };
}
