import { SourceError } from './source-error.js';

/** A place in a text that only moves forward, and knows its line and column. */
export class Reader {
  #source;
  #offset = 0;
  #line = 1;
  #column = 1;

  constructor(source) {
    this.#source = source;
  }

  atEnd() {
    return this.#offset >= this.#source.length;
  }

  position() {
    return { line: this.#line, column: this.#column };
  }

  /** The character here, whole even where it takes two code units. */
  peek() {
    return String.fromCodePoint(this.#source.codePointAt(this.#offset));
  }

  startsWith(text) {
    return this.#source.startsWith(text, this.#offset);
  }

  /** Takes what a sticky pattern matches here; undefined when it does not match. */
  take(pattern) {
    pattern.lastIndex = this.#offset;
    const text = pattern.exec(this.#source)?.[0];
    if (text) this.skip(text.length);
    return text;
  }

  skip(length) {
    const end = this.#offset + length;
    for (const character of this.#source.slice(this.#offset, end)) {
      if (character === '\n') {
        this.#line += 1;
        this.#column = 1;
      } else {
        this.#column += 1;
      }
    }
    this.#offset = end;
  }

  fail(message) {
    throw new SourceError(message, this.position());
  }
}
