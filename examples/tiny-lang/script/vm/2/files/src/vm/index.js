/** Runs bytecode; its form is told in spec/bytecode.md. */

import { Fault } from './fault.js';
import { Machine } from './machine.js';

export function run(program, { write }) {
  const machine = new Machine(program, write);
  try {
    machine.run();
    return { ok: true };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const [line, column] = machine.position();
    return { ok: false, error: { message: error.message, line, column } };
  }
}
