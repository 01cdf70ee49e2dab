import { builtIns, Scope } from './scope.js';

/** One walk over a tree: a method a statement, `expression` for everything that has a value. */
export class Checker {
  diagnostics = [];
  #scope = builtIns();
  #functionDepth = 0;

  program({ body }) {
    this.#inNewScope(() => this.#statements(body));
  }

  #statements(body) {
    for (const statement of body) this.#statement(statement);
  }

  #statement(node) {
    switch (node.type) {
      case 'let':
        this.#expression(node.value);
        return this.#declare(node, {});
      case 'function':
        this.#declare(node, { arity: node.parameters.length });
        return this.#functionBody(node);
      case 'if':
        this.#expression(node.condition);
        this.#statement(node.then);
        return node.else && this.#statement(node.else);
      case 'while':
        this.#expression(node.condition);
        return this.#statement(node.body);
      case 'return':
        if (this.#functionDepth === 0) {
          this.#report('stray-return', 'return outside a function', node);
        }
        return node.value && this.#expression(node.value);
      case 'block':
        return this.#inNewScope(() => this.#statements(node.body));
      case 'assign':
        return this.#assignment(node);
      case 'print':
      case 'expression':
        return this.#expression(node.value);
      default:
        throw new TypeError(`no such statement: ${node.type}`);
    }
  }

  #expression(node) {
    switch (node.type) {
      case 'literal':
        return;
      case 'name':
        return this.#known(node);
      case 'list':
        return this.#expressions(node.items);
      case 'lambda':
        return this.#functionBody(node);
      case 'unary':
        return this.#expression(node.operand);
      case 'binary':
      case 'logical':
        return this.#expressions([node.left, node.right]);
      case 'index':
        return this.#expressions([node.list, node.index]);
      case 'call':
        this.#expressions([node.callee, ...node.arguments]);
        return this.#argumentCount(node);
      default:
        throw new TypeError(`no such expression: ${node.type}`);
    }
  }

  #expressions(nodes) {
    for (const node of nodes) this.#expression(node);
  }

  /** Parameters and the variables of the body share one scope. */
  #functionBody({ parameters, body }) {
    this.#functionDepth += 1;
    this.#inNewScope(() => {
      for (const parameter of parameters) this.#declare(parameter, {});
      this.#statements(body.body);
    });
    this.#functionDepth -= 1;
  }

  #assignment({ target, value }) {
    this.#expression(target);
    this.#expression(value);
    if (target.type !== 'name') return;
    const { name } = target;
    if (this.#scope.find(name)?.arity !== undefined) {
      this.#report('constant', `"${name}" is a function and cannot be assigned to`, target);
    }
  }

  #argumentCount(call) {
    if (call.callee.type !== 'name') return;
    const { name } = call.callee;
    const arity = this.#scope.find(name)?.arity;
    const given = call.arguments.length;
    if (arity === undefined || arity === given) return;
    const takes = arity === 1 ? '1 argument' : `${arity} arguments`;
    this.#report('argument-count', `"${name}" takes ${takes}, not ${given}`, call);
  }

  #known(node) {
    if (this.#scope.find(node.name)) return;
    this.#report('undeclared', `"${node.name}" is not declared`, node);
  }

  #declare(node, symbol) {
    if (this.#scope.has(node.name)) {
      this.#report('redeclared', `"${node.name}" is already declared`, node);
    }
    this.#scope.declare(node.name, symbol);
  }

  #inNewScope(walk) {
    const outer = this.#scope;
    this.#scope = new Scope(outer);
    walk();
    this.#scope = outer;
  }

  #report(code, message, { line, column }) {
    this.diagnostics.push({ code, message, line, column });
  }
}
