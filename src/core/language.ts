import type { Phrase } from './phrase.ts';

/** A language that people are spoken to in; what it lacks is said in English. */
export interface Language {
  /** As in `lang="de"`. */
  readonly tag: string;
  /** By the English message; both may have places: `{0}`, `{1}` … */
  readonly messages: Readonly<Record<string, string>>;
  /** What stands before the decimals. */
  readonly decimalMark: string;
}

const english: Language = { tag: 'en', messages: {}, decimalMark: '.' };

/**
 * The one thing here that is set and not handed in: a window speaks one language from its start to its
 * end, and every projection needs it. Each entry of the editor's bundles sets it once, before anything
 * is said; the command line never does.
 */
let spoken = english;
let messages: ReadonlyMap<string, string> = new Map();

/** Called once by each entry, before anything is said: so no module may call {@link t} while it is loaded. */
export function setLanguage(language: Language): void {
  spoken = language;
  messages = new Map(Object.entries(language.messages));
}

/**
 * A message in the language of the window. It is a literal and a whole sentence or label: a test finds
 * each of them in the source, and holds the translations against them.
 *
 * @param args what stands in the places `{0}`, `{1}` …
 */
export function t(message: string, ...args: readonly (string | number)[]): string {
  return (messages.get(message) ?? message).replace(/\{(\d+)\}/g, (place, index) =>
    String(args[Number(index)] ?? place),
  );
}

/**
 * The same of a number of things, which stands in `{0}`: `plural(3, '{0} module', '{0} modules')`. A
 * language with more forms than one and many needs a rule of its own here.
 *
 * @param more what stands in the places from `{1}` on
 */
export function plural(
  count: number,
  one: string,
  other: string,
  ...more: readonly (string | number)[]
): string {
  return t(count === 1 ? one : other, count, ...more);
}

/** What is composed where it is read, in the language of the window. */
export function aloud({ text, args }: Phrase): string {
  return t(text, ...args.map(argument));
}

function argument(arg: Phrase['args'][number]): string {
  if (typeof arg === 'object') return aloud(arg);
  return typeof arg === 'number' ? String(arg).replace('.', spoken.decimalMark) : arg;
}

/** What was written down in English, in the language of the window where its words are known. */
export function heard(message: string, words: Phrase | undefined): string {
  return words === undefined || isEnglish() ? message : aloud(words);
}

/** As in `lang="de"`. */
export const languageTag = (): string => spoken.tag;

/** Whether what is said stays as it is written here: other languages write nouns large, so nothing is made small in them. */
export const isEnglish = (): boolean => spoken === english || spoken.tag.startsWith('en');

/** `1.5`, or `1,5` where that is how it is written. */
export function decimal(value: number, digits: number): string {
  return value.toFixed(digits).replace('.', spoken.decimalMark);
}

/**
 * What is written down for others than this window's people is English whatever the editor speaks: the
 * journal, reports, and what agents are told. Not for what goes on later: that would speak for others.
 */
export function inEnglish<Text>(write: () => Text extends Promise<unknown> ? never : Text): Text {
  const kept = { spoken, messages };
  setLanguage(english);
  try {
    return write();
  } finally {
    ({ spoken, messages } = kept);
  }
}
