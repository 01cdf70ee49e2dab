/** Finds the mistakes that can be known without running a program. */

import { Checker } from './checker.js';

export function check(program) {
  const checker = new Checker();
  checker.program(program);
  return checker.diagnostics.sort((a, b) => a.line - b.line || a.column - b.column);
}
