/** How much a text of JSON would be once it is parsed. */
export interface JsonCounts {
  /** Of the outermost list. */
  readonly items: number;
  /** In all, at whatever depth. */
  readonly values: number;
}

const [quote, escape, comma] = [0x22, 0x5c, 0x2c];
const opening: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const closing: ReadonlySet<number> = new Set([0x5d, 0x7d]);

/** Counts without parsing, and so without the memory that it would take; ends over `most` values. */
export function countJson(text: string, most: number): JsonCounts {
  let [depth, values, commas] = [0, 0, 0];
  let inString = false;
  for (let at = 0; at < text.length && values <= most; at++) {
    const char = text.charCodeAt(at);
    if (inString) {
      if (char === escape) at += 1;
      else if (char === quote) inString = false;
    } else if (char === quote) {
      inString = true;
    } else if (char === comma) {
      values += 1;
      if (depth === 1) commas += 1;
    } else if (opening.has(char)) {
      depth += 1;
      values += 1;
    } else if (closing.has(char)) {
      depth -= 1;
    }
  }
  return { items: commas === 0 ? 0 : commas + 1, values };
}
