import { BUILT_INS } from './built-ins.js';
import { Fault } from './fault.js';
import { readElement, writeElement } from './lists.js';
import { BINARY, UNARY } from './operators.js';
import { BuiltIn, Closure, isTrue, kindOf, show } from './values.js';

/** How many calls may be nested; what bounds the memory of a program that never returns. */
const MAX_CALLS = 1000;

/** One run of one program: a stack of values, and a frame for each call that has not returned. */
export class Machine {
  #functions;
  #write;
  #stack = [];
  #frames = [];

  constructor(program, write) {
    this.#functions = program.functions;
    this.#write = write;
    this.#enterFunction(new Closure(program.functions[0], undefined), []);
  }

  run() {
    while (this.#frames.length > 0) this.#step(this.#frames.at(-1));
  }

  /** The line and column of the instruction that runs. */
  position() {
    const { definition, next } = this.#frames.at(-1);
    return definition.positions[next - 1];
  }

  #step(frame) {
    const instruction = frame.definition.code[frame.next];
    if (!instruction) throw new TypeError(`the code of ${frame.definition.name} has no end`);
    frame.next += 1;
    const [operation, first, second] = instruction;
    if (operation in BINARY) return this.#binary(BINARY[operation]);
    if (operation in UNARY) return this.#push(UNARY[operation](this.#pop()));
    this.#perform(frame, operation, first, second);
  }

  #perform(frame, operation, first, second) {
    switch (operation) {
      case 'push':
        return this.#push(first);
      case 'pop':
        return this.#pop();
      case 'dup':
        return this.#push(this.#stack.at(-1));
      case 'load':
        return this.#push(scopeAt(frame, first).slots[second]);
      case 'store':
        scopeAt(frame, first).slots[second] = this.#pop();
        return;
      case 'builtin':
        return this.#push(builtIn(first));
      case 'enter':
        frame.scope = newScope(first, frame.scope);
        return;
      case 'leave':
        frame.scope = frame.scope.parent;
        return;
      case 'list':
        return this.#push(this.#take(first));
      case 'index': {
        const [list, index] = this.#take(2);
        return this.#push(readElement(list, index));
      }
      case 'set-index': {
        const [list, index, value] = this.#take(3);
        return writeElement(list, index, value);
      }
      case 'jump':
        frame.next = first;
        return;
      case 'jump-if-false':
        if (!isTrue(this.#pop())) frame.next = first;
        return;
      case 'jump-if-true':
        if (isTrue(this.#pop())) frame.next = first;
        return;
      case 'closure':
        return this.#push(new Closure(this.#functions[first], frame.scope));
      case 'call':
        return this.#call(first);
      case 'return':
        return this.#frames.pop();
      case 'print':
        return this.#write(`${show(this.#pop())}\n`);
      default:
        throw new TypeError(`no such instruction: ${operation}`);
    }
  }

  #binary(operator) {
    const [left, right] = this.#take(2);
    this.#push(operator(left, right));
  }

  #call(count) {
    const args = this.#take(count);
    const callee = this.#pop();
    if (callee instanceof BuiltIn) {
      checkCount(callee.name, callee.apply.length, count);
      this.#push(callee.apply(...args));
    } else if (callee instanceof Closure) {
      checkCount(callee.name, callee.definition.parameters, count);
      this.#enterFunction(callee, args);
    } else {
      throw new Fault(`cannot call ${kindOf(callee)}`);
    }
  }

  /** The frame of the program itself is none of the calls that are counted. */
  #enterFunction({ definition, scope }, args) {
    if (this.#frames.length > MAX_CALLS) throw new Fault(`more than ${MAX_CALLS} nested calls`);
    const own = newScope(definition.slots, scope);
    args.forEach((value, slot) => (own.slots[slot] = value));
    this.#frames.push({ definition, next: 0, scope: own });
  }

  #push(value) {
    this.#stack.push(value);
  }

  #pop() {
    if (this.#stack.length === 0) throw new TypeError('the stack is empty');
    return this.#stack.pop();
  }

  /** Takes values off the stack, the top one last. */
  #take(count) {
    if (this.#stack.length < count) throw new TypeError('the stack is empty');
    return this.#stack.splice(this.#stack.length - count, count);
  }
}

function newScope(size, parent) {
  return { slots: new Array(size).fill(null), parent };
}

function scopeAt(frame, hops) {
  let scope = frame.scope;
  for (let hop = 0; hop < hops; hop += 1) scope = scope.parent;
  return scope;
}

function builtIn(name) {
  const found = BUILT_INS.get(name);
  if (!found) throw new TypeError(`no such built-in function: ${name}`);
  return found;
}

function checkCount(name, takes, given) {
  if (takes === given) return;
  const who = name ? `"${name}"` : 'this function';
  const what = takes === 1 ? '1 argument' : `${takes} arguments`;
  throw new Fault(`${who} takes ${what}, not ${given}`);
}
