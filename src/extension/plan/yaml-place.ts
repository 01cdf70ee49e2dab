import { Flow } from './yaml-flow.ts';

/**
 * Where a cursor stands in a YAML text that is being typed. The text need not parse: the place is
 * read off indentation and brackets, line by line, as plans are written.
 */
export interface Place {
  /** Of the mapping whose key is being typed, or of the value. */
  readonly path: readonly (string | number)[];
  /** `either`: a line that can become a key or be a value, such as an item of a list. */
  readonly at: 'key' | 'value' | 'either';
  /** What is typed of it so far. */
  readonly typed: string;
  /** The keys that its mapping has already. */
  readonly taken: readonly string[];
  /** The colon stands without the space that YAML wants after it. */
  readonly needsSpace: boolean;
}

/** A key with its value, as far as that stands on its line. */
export interface FoundKey {
  readonly path: readonly (string | number)[];
  /** Offsets of the key in the text. */
  readonly from: number;
  readonly to: number;
  readonly value: string;
}

interface Frame {
  readonly indent: number;
  readonly step: string | number;
}

const keyPattern = /^(?:"([^"]*)"|'([^']*)'|([^\s#{}[\],&*!|>'"%@`][^#:]*?))\s*:(?=\s|$)/;
const scalarHead = /^[|>][-+0-9]*\s*(?:#.*)?$/;

/** The place at an offset; null in comments, texts and wherever nothing can be said. */
export function placeAt(text: string, offset: number): Place | null {
  return new Scan(text, offset, () => undefined).run();
}

/** Every key of the text with its path. */
export function keysOf(text: string): FoundKey[] {
  const keys: FoundKey[] = [];
  new Scan(text, text.length, (key) => keys.push(key)).run();
  return keys;
}

class Scan {
  readonly #text: string;
  readonly #cursor: number;
  readonly #onKey: (key: FoundKey) => void;
  readonly #frames: Frame[] = [];
  /** Inside a text that began with `|` or `>` under a key at this indentation. */
  #scalar: number | null = null;
  #flow: Flow | null = null;

  constructor(text: string, cursor: number, onKey: (key: FoundKey) => void) {
    this.#text = text;
    this.#cursor = Math.min(cursor, text.length);
    this.#onKey = onKey;
  }

  run(): Place | null {
    for (let start = 0; ;) {
      const newline = this.#text.indexOf('\n', start);
      const end = newline === -1 ? this.#text.length : newline;
      const isLast = this.#cursor <= end;
      const line = this.#text.slice(start, isLast ? this.#cursor : end).replace(/\r$/, '');
      const place = this.#line(line, start, isLast);
      if (isLast) return place;
      start = end + 1;
    }
  }

  #line(line: string, start: number, isLast: boolean): Place | null {
    if (this.#flow !== null) return this.#inFlow(this.#flow, line, start, isLast);
    let column = /^ */.exec(line)?.[0].length ?? 0;
    const isBlank = line.trim() === '';
    if (this.#scalar !== null) {
      if (column > this.#scalar || (isBlank && !isLast)) return null;
      this.#scalar = null;
    }
    let rest = line.slice(column);
    if (rest.startsWith('#') || (isBlank && !isLast)) return null;
    while (/^-(?:\s|$)/.test(rest)) {
      this.#pushItem(column);
      const gap = /^-\s*/.exec(rest)?.[0].length ?? 1;
      column += gap;
      rest = rest.slice(gap);
    }
    const key = keyPattern.exec(rest);
    this.#pop((frame) => frame.indent >= column);
    if (key === null) return this.#withoutKey(rest, start, line, column, isLast);
    const name = key[1] ?? key[2] ?? key[3] ?? '';
    this.#frames.push({ indent: column, step: name });
    const value = rest.slice(key[0].length);
    const from = start + column;
    this.#onKey({ path: this.#path(), from, to: from + key[0].length - 1, value: value.trim() });
    return this.#value(value, column, start + line.length, isLast);
  }

  #value(value: string, column: number, end: number, isLast: boolean): Place | null {
    const typed = value.trimStart();
    if (/^[[{]/.test(typed)) {
      this.#flow = new Flow(this.#path(), this.#onKey);
      return this.#inFlow(this.#flow, typed, end - typed.length, isLast);
    }
    if (scalarHead.test(typed)) this.#scalar = column;
    if (!isLast || /^["'|>#&*!]|\s#/.test(typed)) return null;
    const needsSpace = value === '';
    return { path: this.#path(), at: 'value', typed, taken: [], needsSpace };
  }

  #withoutKey(rest: string, start: number, line: string, column: number, isLast: boolean) {
    if (/^[[{]/.test(rest)) {
      this.#flow = new Flow(this.#path(), this.#onKey);
      return this.#inFlow(this.#flow, rest, start + line.length - rest.length, isLast);
    }
    if (!isLast || /\s|^["']/.test(rest)) return null;
    const taken = siblings(this.#text, start, column);
    return { path: this.#path(), at: 'either', typed: rest, taken, needsSpace: false } as const;
  }

  #inFlow(flow: Flow, text: string, offset: number, isLast: boolean): Place | null {
    const isClosed = flow.feed(text, offset);
    if (isClosed) this.#flow = null;
    if (!isLast || isClosed) return null;
    const { typed, ...place } = flow.place();
    return typed === null ? null : { ...place, typed, needsSpace: false };
  }

  #pushItem(column: number): void {
    let index = 0;
    this.#pop((frame) => {
      const isSame = frame.indent === column && typeof frame.step === 'number';
      if (isSame) index = frame.step + 1;
      return frame.indent > column || isSame;
    });
    this.#frames.push({ indent: column, step: index });
  }

  #pop(isOver: (frame: Frame) => boolean): void {
    for (let last = this.#frames.at(-1); last !== undefined && isOver(last);) {
      this.#frames.pop();
      last = this.#frames.at(-1);
    }
  }

  #path(): (string | number)[] {
    return this.#frames.map(({ step }) => step);
  }
}

/** The keys beside a line: above and below it, at the same column, in the same mapping. */
function siblings(text: string, start: number, column: number): string[] {
  const before = text.slice(0, start).split('\n').reverse().slice(1);
  const after = text.slice(start).split('\n').slice(1);
  return [...keysAt(before, column), ...keysAt(after, column)];
}

function keysAt(lines: readonly string[], column: number): string[] {
  const keys: string[] = [];
  for (const line of lines) {
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
    const content = /^ *(?:- +)*/.exec(line)?.[0] ?? '';
    if (content.length > column && !content.includes('-')) continue;
    const indent = /^ */.exec(line)?.[0].length ?? 0;
    if (indent > column) continue;
    const key = content.length === column ? keyPattern.exec(line.slice(column)) : null;
    if (key !== null) keys.push(key[1] ?? key[2] ?? key[3] ?? '');
    // The dash of an item begins its mapping; anything further out ends it.
    if (indent < column) break;
  }
  return keys;
}
