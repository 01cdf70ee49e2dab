import { Scope } from './scope.js';

/** The code of one function while it is written. */
export class FunctionCode {
  #name;
  #parameters;
  #code = [];
  #positions = [];

  /** `around` is the scope in which the function is made; the program itself has none. */
  constructor(name, parameters, around) {
    this.#name = name;
    this.#parameters = parameters.length;
    this.scope = new Scope(parameters, around);
  }

  /** The number that the next instruction will have: where a jump can go. */
  get next() {
    return this.#code.length;
  }

  emit(node, ...instruction) {
    this.#code.push(instruction);
    this.#positions.push([node.line, node.column]);
  }

  /** Emits an instruction whose operand is only known later; gives the function that sets it. */
  emitOpen(node, operation) {
    const instruction = [operation];
    this.#code.push(instruction);
    this.#positions.push([node.line, node.column]);
    return (operand) => instruction.push(operand);
  }

  finish() {
    return {
      name: this.#name,
      parameters: this.#parameters,
      slots: this.scope.size,
      code: this.#code,
      positions: this.#positions,
    };
  }
}
