/** Calculates what is constant in a tree, and drops what can never run. */

import { fold } from './constants.js';

export function optimize(program) {
  return { ...program, body: statements(program.body) };
}

function statements(body) {
  const kept = [];
  for (const node of body) {
    const better = statement(node);
    if (better) kept.push(better);
    if (better?.type === 'return') break;
  }
  return kept;
}

/** The statement to run instead, or undefined where nothing is left of it. */
function statement(node) {
  switch (node.type) {
    case 'block':
      return block(node);
    case 'function':
      return { ...node, body: block(node.body) };
    case 'if':
      return conditional(node);
    case 'while':
      return loop(node);
    case 'assign':
      return { ...node, target: expression(node.target), value: expression(node.value) };
    case 'return':
      return node.value ? { ...node, value: expression(node.value) } : node;
    case 'let':
    case 'print':
    case 'expression':
      return { ...node, value: expression(node.value) };
    default:
      return node;
  }
}

function block(node) {
  return { ...node, body: statements(node.body) };
}

function conditional(node) {
  const condition = expression(node.condition);
  if (condition.type === 'literal') {
    const taken = isTrue(condition.value) ? node.then : node.else;
    return taken ? statement(taken) : undefined;
  }
  // An `else if` of which nothing is left leaves no `else` behind.
  const otherwise = node.else ? (statement(node.else) ?? null) : null;
  return { ...node, condition, then: block(node.then), else: otherwise };
}

function loop(node) {
  const condition = expression(node.condition);
  if (condition.type === 'literal' && !isTrue(condition.value)) return undefined;
  return { ...node, condition, body: block(node.body) };
}

function expression(node) {
  switch (node.type) {
    case 'list':
      return { ...node, items: node.items.map(expression) };
    case 'lambda':
      return { ...node, body: block(node.body) };
    case 'unary':
      return fold({ ...node, operand: expression(node.operand) });
    case 'binary':
      return fold({ ...node, left: expression(node.left), right: expression(node.right) });
    case 'logical':
      return shortcut({ ...node, left: expression(node.left), right: expression(node.right) });
    case 'call':
      return {
        ...node,
        callee: expression(node.callee),
        arguments: node.arguments.map(expression),
      };
    case 'index':
      return { ...node, list: expression(node.list), index: expression(node.index) };
    default:
      return node;
  }
}

/** `and` and `or` whose left side is known are one of their sides. */
function shortcut(node) {
  if (node.left.type !== 'literal') return node;
  const rightCounts = isTrue(node.left.value) === (node.operator === 'and');
  return rightCounts ? node.right : node.left;
}

function isTrue(value) {
  return value !== false && value !== null;
}
