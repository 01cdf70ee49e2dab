/** Turns the text of a program into a syntax tree. */

import { tokenize } from '../lexer/index.js';
import { Cursor } from './cursor.js';
import { parseStatement } from './statements.js';

export function parse(source) {
  const cursor = new Cursor(tokenize(source));
  const body = [];
  while (!cursor.atEnd()) body.push(parseStatement(cursor));
  return { type: 'program', line: 1, column: 1, body };
}
