import { SourceError } from '../lexer/index.js';
import { at } from './cursor.js';
import { parseExpression, parseParameters } from './expressions.js';

const BY_KEYWORD = {
  let: parseLet,
  if: parseIf,
  while: parseWhile,
  return: parseReturn,
  print: parsePrint,
};

export function parseStatement(cursor) {
  if (cursor.sees('{')) return parseBlock(cursor);
  // `fn` with a name declares a function; without one it is an expression.
  if (cursor.sees('fn') && cursor.following.kind === 'name') return parseFunction(cursor);
  const { kind, text } = cursor.token;
  const byKeyword = kind === 'keyword' && BY_KEYWORD[text];
  return byKeyword ? byKeyword(cursor) : parseAssignmentOrExpression(cursor);
}

export function parseBlock(cursor) {
  const brace = cursor.expect('{');
  const body = [];
  while (!cursor.sees('}') && !cursor.atEnd()) body.push(parseStatement(cursor));
  cursor.expect('}');
  return { type: 'block', ...at(brace), body };
}

function parseLet(cursor) {
  const keyword = cursor.expect('let');
  const name = cursor.expectName().text;
  cursor.expect('=');
  const value = parseExpression(cursor);
  cursor.expect(';');
  return { type: 'let', ...at(keyword), name, value };
}

function parseFunction(cursor) {
  const keyword = cursor.expect('fn');
  const name = cursor.expectName().text;
  const parameters = parseParameters(cursor);
  const body = parseBlock(cursor);
  return { type: 'function', ...at(keyword), name, parameters, body };
}

function parseIf(cursor) {
  const keyword = cursor.expect('if');
  const condition = parseExpression(cursor);
  const then = parseBlock(cursor);
  const otherwise = cursor.accept('else') ? parseElse(cursor) : null;
  return { type: 'if', ...at(keyword), condition, then, else: otherwise };
}

function parseElse(cursor) {
  return cursor.sees('if') ? parseIf(cursor) : parseBlock(cursor);
}

function parseWhile(cursor) {
  const keyword = cursor.expect('while');
  const condition = parseExpression(cursor);
  const body = parseBlock(cursor);
  return { type: 'while', ...at(keyword), condition, body };
}

function parseReturn(cursor) {
  const keyword = cursor.expect('return');
  const value = cursor.sees(';') ? null : parseExpression(cursor);
  cursor.expect(';');
  return { type: 'return', ...at(keyword), value };
}

function parsePrint(cursor) {
  const keyword = cursor.expect('print');
  const value = parseExpression(cursor);
  cursor.expect(';');
  return { type: 'print', ...at(keyword), value };
}

function parseAssignmentOrExpression(cursor) {
  const start = cursor.token;
  const first = parseExpression(cursor);
  const equals = cursor.accept('=');
  if (!equals) {
    cursor.expect(';');
    return { type: 'expression', ...at(start), value: first };
  }
  if (first.type !== 'name' && first.type !== 'index') {
    throw new SourceError('this cannot be assigned to', equals);
  }
  const value = parseExpression(cursor);
  cursor.expect(';');
  return { type: 'assign', ...at(start), target: first, value };
}
