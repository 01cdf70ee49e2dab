/** Turns the text of a program into tokens. */

import { SourceError } from './source-error.js';
import { Reader } from './reader.js';
import { KEYWORDS, SYMBOLS } from './words.js';

export { SourceError };

export function tokenize(source) {
  const reader = new Reader(source);
  const tokens = [];
  for (;;) {
    skipBlanks(reader);
    const token = { kind: 'end', text: '', ...reader.position() };
    if (reader.atEnd()) return [...tokens, token];
    tokens.push({ ...token, ...readToken(reader) });
  }
}

function skipBlanks(reader) {
  while (reader.take(/\s+/y) || reader.take(/#.*/y));
}

function readToken(reader) {
  return (
    readNumber(reader) ??
    readWord(reader) ??
    readString(reader) ??
    readSymbol(reader) ??
    reader.fail(`unexpected character "${reader.peek()}"`)
  );
}

function readNumber(reader) {
  const start = reader.position();
  const text = reader.take(/[0-9]+(\.[0-9]+)?/y);
  if (!text) return undefined;
  if (reader.take(/[A-Za-z_]/y)) throw new SourceError('a name cannot begin with a digit', start);
  return { kind: 'number', text, value: Number(text) };
}

function readWord(reader) {
  const text = reader.take(/[A-Za-z_][A-Za-z0-9_]*/y);
  if (!text) return undefined;
  return { kind: KEYWORDS.has(text) ? 'keyword' : 'name', text };
}

const ESCAPES = { '\\n': '\n', '\\t': '\t', '\\"': '"', '\\\\': '\\' };

function readString(reader) {
  const start = reader.position();
  let text = reader.take(/"/y);
  if (!text) return undefined;
  let value = '';
  for (;;) {
    const plain = reader.take(/[^"\\\n]+/y) ?? '';
    text += plain;
    value += plain;
    if (reader.take(/"/y)) return { kind: 'string', text: `${text}"`, value };

    const where = reader.position();
    const escape = reader.take(/\\[^\n]/y);
    if (!escape) throw new SourceError('this string has no end', start);
    if (!(escape in ESCAPES)) throw new SourceError(`unknown escape "${escape}"`, where);
    text += escape;
    value += ESCAPES[escape];
  }
}

function readSymbol(reader) {
  const text = SYMBOLS.find((symbol) => reader.startsWith(symbol));
  if (!text) return undefined;
  reader.skip(text.length);
  return { kind: 'symbol', text };
}
