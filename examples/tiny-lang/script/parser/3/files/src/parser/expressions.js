import { at } from './cursor.js';
import { parseBlock } from './statements.js';

/** How tightly each binary operator binds; a higher number binds tighter. */
const PRECEDENCE = {
  or: 1,
  and: 2,
  '==': 3,
  '!=': 3,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  '+': 5,
  '-': 5,
  '*': 6,
  '/': 6,
  '%': 6,
};

export function parseExpression(cursor) {
  return parseBinary(cursor, 1);
}

/** Precedence climbing: takes operators that bind at least as tightly as `minimum`. */
function parseBinary(cursor, minimum) {
  const start = cursor.token;
  let left = parseUnary(cursor);
  for (;;) {
    const precedence = binaryPrecedence(cursor.token);
    if (precedence === undefined || precedence < minimum) return left;
    const operator = cursor.advance().text;
    // One tighter on the right, so that equals group to the left.
    const right = parseBinary(cursor, precedence + 1);
    const type = operator === 'and' || operator === 'or' ? 'logical' : 'binary';
    left = { type, ...at(start), operator, left, right };
  }
}

function binaryPrecedence({ kind, text }) {
  return kind === 'symbol' || kind === 'keyword' ? PRECEDENCE[text] : undefined;
}

function parseUnary(cursor) {
  const operator = cursor.accept('-') ?? cursor.accept('not');
  if (!operator) return parsePostfix(cursor);
  const operand = parseUnary(cursor);
  return { type: 'unary', ...at(operator), operator: operator.text, operand };
}

/** Calls and elements, one behind the other: `table[0](1)[2]`. */
function parsePostfix(cursor) {
  const start = cursor.token;
  let node = parsePrimary(cursor);
  for (;;) {
    if (cursor.accept('(')) {
      const args = parseList(cursor, ')', parseExpression);
      node = { type: 'call', ...at(start), callee: node, arguments: args };
    } else if (cursor.accept('[')) {
      const index = parseExpression(cursor);
      cursor.expect(']');
      node = { type: 'index', ...at(start), list: node, index };
    } else {
      return node;
    }
  }
}

const CONSTANTS = new Map([
  ['true', true],
  ['false', false],
  ['nil', null],
]);

function parsePrimary(cursor) {
  const token = cursor.token;
  if (token.kind === 'number' || token.kind === 'string') {
    cursor.advance();
    return { type: 'literal', ...at(token), value: token.value };
  }
  if (token.kind === 'keyword' && CONSTANTS.has(token.text)) {
    cursor.advance();
    return { type: 'literal', ...at(token), value: CONSTANTS.get(token.text) };
  }
  if (token.kind === 'name') {
    cursor.advance();
    return { type: 'name', ...at(token), name: token.text };
  }
  if (cursor.accept('(')) {
    const inner = parseExpression(cursor);
    cursor.expect(')');
    return inner;
  }
  if (cursor.accept('[')) {
    return { type: 'list', ...at(token), items: parseList(cursor, ']', parseExpression) };
  }
  if (cursor.accept('fn')) {
    const parameters = parseParameters(cursor);
    return { type: 'lambda', ...at(token), parameters, body: parseBlock(cursor) };
  }
  return cursor.fail('an expression');
}

export function parseParameters(cursor) {
  cursor.expect('(');
  return parseList(cursor, ')', () => {
    const name = cursor.expectName();
    return { name: name.text, ...at(name) };
  });
}

/** What stands between commas, up to the closing symbol, which is taken too. */
function parseList(cursor, close, parseItem) {
  const items = [];
  if (cursor.accept(close)) return items;
  do items.push(parseItem(cursor));
  while (cursor.accept(','));
  cursor.expect(close);
  return items;
}
