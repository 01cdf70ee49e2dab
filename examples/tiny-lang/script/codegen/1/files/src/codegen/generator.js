import { FunctionCode } from './function-code.js';
import { Scope } from './scope.js';

const UNARY = { '-': 'neg', not: 'not' };

const BINARY = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'div',
  '%': 'mod',
  '==': 'eq',
  '!=': 'ne',
  '<': 'lt',
  '<=': 'le',
  '>': 'gt',
  '>=': 'ge',
};

/** Writes the code of one function, and adds those inside it to the list of all functions. */
export class Generator {
  #functions;
  #code;
  #scope;

  constructor(functions, code) {
    this.#functions = functions;
    this.#code = code;
    this.#scope = code.scope;
  }

  functionBody(body, node) {
    this.#statements(body);
    this.#code.emit(node, 'push', null);
    this.#code.emit(node, 'return');
  }

  #statements(body) {
    for (const statement of body) this.#statement(statement);
  }

  #statement(node) {
    switch (node.type) {
      case 'let':
        this.#expression(node.value);
        return this.#code.emit(node, 'store', 0, this.#scope.declare(node.name));
      case 'function': {
        // Declared first: a function knows its own name.
        const slot = this.#scope.declare(node.name);
        this.#closure(node, node.name);
        return this.#code.emit(node, 'store', 0, slot);
      }
      case 'assign':
        return this.#assign(node);
      case 'if':
        return this.#if(node);
      case 'while':
        return this.#while(node);
      case 'block':
        return this.#block(node);
      case 'return':
        if (node.value) this.#expression(node.value);
        else this.#code.emit(node, 'push', null);
        return this.#code.emit(node, 'return');
      case 'print':
        this.#expression(node.value);
        return this.#code.emit(node, 'print');
      case 'expression':
        this.#expression(node.value);
        return this.#code.emit(node, 'pop');
      default:
        throw new TypeError(`no such statement: ${node.type}`);
    }
  }

  #assign(node) {
    const { target, value } = node;
    if (target.type === 'index') {
      this.#expression(target.list);
      this.#expression(target.index);
      this.#expression(value);
      return this.#code.emit(target, 'set-index');
    }
    this.#expression(value);
    const { hops, slot } = this.#scope.find(target.name);
    this.#code.emit(node, 'store', hops, slot);
  }

  #if(node) {
    this.#expression(node.condition);
    const toElse = this.#code.emitOpen(node, 'jump-if-false');
    this.#block(node.then);
    if (!node.else) return toElse(this.#code.next);
    const toEnd = this.#code.emitOpen(node, 'jump');
    toElse(this.#code.next);
    this.#statement(node.else);
    toEnd(this.#code.next);
  }

  #while(node) {
    const start = this.#code.next;
    this.#expression(node.condition);
    const toEnd = this.#code.emitOpen(node, 'jump-if-false');
    this.#block(node.body);
    this.#code.emit(node, 'jump', start);
    toEnd(this.#code.next);
  }

  /** A block gets a scope of its own only if it declares something. */
  #block(node) {
    if (!node.body.some(({ type }) => type === 'let' || type === 'function')) {
      return this.#statements(node.body);
    }
    const outer = this.#scope;
    this.#scope = new Scope([], outer);
    const slots = this.#code.emitOpen(node, 'enter');
    this.#statements(node.body);
    this.#code.emit(node, 'leave');
    slots(this.#scope.size);
    this.#scope = outer;
  }

  #expression(node) {
    switch (node.type) {
      case 'literal':
        return this.#code.emit(node, 'push', node.value);
      case 'name':
        return this.#name(node);
      case 'list':
        this.#expressions(node.items);
        return this.#code.emit(node, 'list', node.items.length);
      case 'lambda':
        return this.#closure(node, null);
      case 'unary':
        this.#expression(node.operand);
        return this.#code.emit(node, UNARY[node.operator]);
      case 'binary':
        this.#expressions([node.left, node.right]);
        return this.#code.emit(node, BINARY[node.operator]);
      case 'logical':
        return this.#logical(node);
      case 'index':
        this.#expressions([node.list, node.index]);
        return this.#code.emit(node, 'index');
      case 'call':
        this.#expressions([node.callee, ...node.arguments]);
        return this.#code.emit(node, 'call', node.arguments.length);
      default:
        throw new TypeError(`no such expression: ${node.type}`);
    }
  }

  #expressions(nodes) {
    for (const node of nodes) this.#expression(node);
  }

  #name(node) {
    const place = this.#scope.find(node.name);
    if (place) this.#code.emit(node, 'load', place.hops, place.slot);
    else this.#code.emit(node, 'builtin', node.name);
  }

  /** Keeps the left value if it decides, else drops it for the right one. */
  #logical(node) {
    this.#expression(node.left);
    this.#code.emit(node, 'dup');
    const jump = node.operator === 'and' ? 'jump-if-false' : 'jump-if-true';
    const toEnd = this.#code.emitOpen(node, jump);
    this.#code.emit(node, 'pop');
    this.#expression(node.right);
    toEnd(this.#code.next);
  }

  #closure(node, name) {
    const parameters = node.parameters.map((parameter) => parameter.name);
    const code = new FunctionCode(name, parameters, this.#scope);
    const number = this.#functions.push(code) - 1;
    new Generator(this.#functions, code).functionBody(node.body.body, node);
    this.#code.emit(node, 'closure', number);
  }
}
