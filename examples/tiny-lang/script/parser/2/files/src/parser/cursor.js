import { SourceError } from '../lexer/index.js';

/** Walks over tokens, one ahead, and complains where one does not fit. */
export class Cursor {
  #tokens;
  #next = 0;

  constructor(tokens) {
    this.#tokens = tokens;
  }

  get token() {
    return this.#tokens[this.#next];
  }

  get following() {
    return this.#tokens[this.#next + 1];
  }

  atEnd() {
    return this.token.kind === 'end';
  }

  /** Whether the next token is this keyword or symbol. */
  sees(text) {
    return isWord(this.token, text);
  }

  advance() {
    const token = this.token;
    if (!this.atEnd()) this.#next += 1;
    return token;
  }

  /** Takes the next token if it is this keyword or symbol. */
  accept(text) {
    return this.sees(text) ? this.advance() : undefined;
  }

  expect(text) {
    return this.accept(text) ?? this.fail(`"${text}"`);
  }

  expectName() {
    return this.token.kind === 'name' ? this.advance() : this.fail('a name');
  }

  fail(expected) {
    const found = this.atEnd() ? 'the end of the program' : quote(this.token.text);
    throw new SourceError(`expected ${expected} but found ${found}`, this.token);
  }
}

/** A string's text has its quotes already. */
function quote(text) {
  return text.startsWith('"') ? text : `"${text}"`;
}

function isWord(token, text) {
  return (token.kind === 'keyword' || token.kind === 'symbol') && token.text === text;
}

/** The position that a node takes over from its token. */
export function at({ line, column }) {
  return { line, column };
}
