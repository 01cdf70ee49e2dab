/** Turns a checked tree into bytecode; its form is told in spec/bytecode.md. */

import { FunctionCode } from './function-code.js';
import { Generator } from './generator.js';

export function generate(program) {
  const functions = [];
  const main = new FunctionCode('main', []);
  functions.push(main);
  new Generator(functions, main).functionBody(program.body, program);
  return { functions: functions.map((code) => code.finish()) };
}
