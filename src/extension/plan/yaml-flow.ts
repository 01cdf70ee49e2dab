import type { FoundKey } from './yaml-place.ts';

interface FlowFrame {
  readonly isMap: boolean;
  /** The key whose value is being read; null between entries. */
  key: string | null;
  index: number;
  readonly keys: string[];
}

/** What stands in braces or brackets, read as far as it is typed; it may go over several lines. */
export class Flow {
  readonly #base: readonly (string | number)[];
  readonly #onKey: (key: FoundKey) => void;
  readonly #frames: FlowFrame[] = [];
  #word = '';
  #quote: string | null = null;

  constructor(base: readonly (string | number)[], onKey: (key: FoundKey) => void) {
    this.#base = base;
    this.#onKey = onKey;
  }

  /** Reads a line, or what of it is before the cursor; true once the last bracket is closed. */
  feed(text: string, offset: number): boolean {
    for (let at = 0; at < text.length; at++) {
      const char = text.charAt(at);
      if (this.#quote !== null) {
        if (char === this.#quote) this.#quote = null;
        this.#word += char;
      } else if (char === '#' && (at === 0 || /\s/.test(text.charAt(at - 1)))) {
        return false;
      } else {
        this.#read(char, text.charAt(at + 1), offset + at);
        if (this.#frames.length === 0) return true;
      }
    }
    this.#word += this.#quote === null ? ' ' : '';
    return false;
  }

  #read(char: string, next: string, offset: number): void {
    const frame = this.#frames.at(-1);
    if ((char === '"' || char === "'") && this.#word.trim() === '') {
      this.#quote = char;
      this.#word += char;
    } else if (char === '{' || char === '[') {
      this.#frames.push({ isMap: char === '{', key: null, index: 0, keys: [] });
      this.#word = '';
    } else if (char === '}' || char === ']') {
      this.#frames.pop();
      this.#word = '';
    } else if (char === ',' && frame !== undefined) {
      frame.key = null;
      frame.index += 1;
      this.#word = '';
    } else if (char === ':' && frame?.isMap === true && frame.key === null && /^\s?$/.test(next)) {
      const key = this.#word.trim().replace(/^(["'])(.*)\1$/, '$2');
      const path = [...this.#path(), key];
      frame.key = key;
      frame.keys.push(key);
      this.#onKey({ path, from: offset - this.#word.trimStart().length, to: offset, value: '' });
      this.#word = '';
    } else {
      this.#word += char;
    }
  }

  /** Where the cursor is, once everything before it was read. */
  place() {
    const frame = this.#frames.at(-1);
    const atKey = frame?.isMap === true && frame.key === null;
    // `feed` has added a space for the end of the line.
    const typed = this.#word.trimStart().replace(/ $/, '');
    return {
      path: this.#path(),
      at: atKey ? ('key' as const) : ('value' as const),
      typed: this.#quote === null ? typed : null,
      taken: atKey ? frame.keys : [],
    };
  }

  #path(): (string | number)[] {
    const inner = this.#frames.flatMap<string | number>(({ isMap, key, index }) => {
      if (!isMap) return [index];
      return key === null ? [] : [key];
    });
    return [...this.#base, ...inner];
  }
}
