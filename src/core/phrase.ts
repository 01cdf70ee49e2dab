import { isRecord } from './is-record.ts';

/**
 * A message that is composed where it is read: it is written down in English, and people of a window
 * hear it in their language, from `aloud` of language.ts.
 */
export interface Phrase {
  /** In English, with places `{0}`, `{1}` … */
  readonly text: string;
  /** What stands in the places. */
  readonly args: readonly (string | number | Phrase)[];
}

/** A literal, and a whole sentence or label: a test holds the translations against each of them. */
export const phrase = (text: string, ...args: Phrase['args']): Phrase => ({ text, args });

/** The same of a number of things, which stands in `{0}`. */
export const phrases = (
  count: number,
  one: string,
  other: string,
  ...more: Phrase['args']
): Phrase => ({ text: count === 1 ? one : other, args: [count, ...more] });

/** As others than this window's people read it: English, whatever is spoken. */
export function inWriting({ text, args }: Phrase): string {
  return text.replace(/\{(\d+)\}/g, (place, index) => {
    const arg = args[Number(index)];
    return typeof arg === 'object' ? inWriting(arg) : String(arg ?? place);
  });
}

/** `a`, `a and b`, `a, b and c`. */
export function allOf(names: readonly (string | Phrase)[]): Phrase {
  return names.length > 1
    ? phrase('{0} and {1}', commas(names.slice(0, -1)), names.at(-1) ?? '')
    : commas(names);
}

/** `a`, `a or b`, `a, b or c`. */
export function oneOf(names: readonly (string | Phrase)[]): Phrase {
  return names.length > 1
    ? phrase('{0} or {1}', commas(names.slice(0, -1)), names.at(-1) ?? '')
    : commas(names);
}

/** A mark between them that is the same in every language. */
export function joined(mark: string, parts: readonly (string | Phrase)[]): Phrase {
  return { text: parts.map((_, index) => `{${index}}`).join(mark), args: parts };
}

const commas = (names: readonly (string | Phrase)[]): Phrase => joined(', ', names);

/** Something that is written down, with what people of a window hear instead where it is known. */
export interface Told {
  readonly message: string;
  readonly words?: Phrase;
}

/** What is the matter, for the record and for people. */
export const told = (words: Phrase): Required<Told> => ({ message: inWriting(words), words });

const limits = { text: 1_000, args: 12, depth: 4 } as const;

/** The same from elsewhere: words that are none, or say something else than the record, are left out. */
export function toldIn(message: string, words: unknown): Told {
  return isPhrase(words, limits.depth) && composed(words, message.length) === message
    ? { message, words }
    : { message };
}

/**
 * As {@link inWriting} has it, of words from elsewhere, which might have no end: goes no further once it is
 * longer than `most`, and composes once what stands in many places.
 */
function composed({ text, args }: Phrase, most: number): string {
  const known: string[] = [];
  let [written, from] = ['', 0];
  for (const { 0: place, 1: digits, index } of text.matchAll(/\{(\d+)\}/g)) {
    const arg = args[Number(digits)];
    written += text.slice(from, index);
    written +=
      typeof arg === 'object'
        ? (known[Number(digits)] ??= composed(arg, most))
        : String(arg ?? place);
    if (written.length > most) return written;
    from = index + place.length;
  }
  return written + text.slice(from);
}

function isPhrase(value: unknown, depth: number): value is Phrase {
  if (!isRecord(value) || depth === 0) return false;
  const { text, args } = value;
  return (
    typeof text === 'string' &&
    text.length <= limits.text &&
    Array.isArray(args) &&
    args.length <= limits.args &&
    args.every(
      (arg) =>
        (typeof arg === 'string' && arg.length <= limits.text) ||
        (typeof arg === 'number' && Number.isFinite(arg)) ||
        isPhrase(arg, depth - 1),
    )
  );
}
