import { oneLine, pageChars, withoutControls } from '../projections/safe-text.ts';
import type { Outlet } from './field.ts';

/** What leaves this machine, and how texts are cleaned before. */
export interface ExportRules {
  /** What gates found stays, cleaned; otherwise none of it. */
  readonly evidence: boolean;
  /** Takes secrets and what names this machine out of a text. */
  readonly clean: (text: string) => string;
  /** Whether what the plan calls something holds a secret: then it goes out under another name. */
  readonly isSecret: (name: string) => boolean;
}

/** Stands where evidence was left out: that there was some is told, not what it said. */
const leftOut = 'Left out of this export.';

/** Stands for a name that must not go out. Nothing else is called so there. */
const standIn = 'hidden-';
const standInForm = /^hidden-[0-9]+$/;

/** In whose name the rules and agents act. */
const ours: ReadonlySet<string> = new Set([
  ...(['ashlar', 'plan', 'planner', 'builder', 'reviewer', 'arbiter', 'integrator'] as const),
  ...(['checks', '--yes'] as const),
]);
const somebody = 'a person';

/** Nothing that is longer, or holds more than letters, digits and a few marks, is a mere name. */
const labelForm = /^[\p{L}\p{N}][\p{L}\p{N} ._+:/@&()-]{0,59}$/u;
const mostWords = 6;

/** What a name in a path may hold, in whatever script. */
const name = String.raw`[\p{L}\p{M}\p{N}_.@+~-]`;

/** Nothing before it that would make it a part of an address, or of a path that has no root. */
const rootBefore = String.raw`(?<![\p{L}\p{M}\p{N}_.:/\\~-])`;

/**
 * Paths from a root: of this machine, or of one like it. Addresses are no paths, but those of files. What a
 * colon or a flag joins to a word is a path where it is two folders deep at least.
 */
const rootPath = new RegExp(
  [
    String.raw`(?<![\p{L}\p{N}_])file:(?:\/\/[\w.-]*)?\/(?:[A-Za-z]:\/)?${name}+(?:\/${name}*)*`,
    String.raw`${rootBefore}~?\/(?:${name}+\/)+${name}*`,
    String.raw`(?<=(?<![\p{L}\p{M}\p{N}])-[A-Za-z]|:)\/(?:${name}+\/)+${name}*`,
    String.raw`(?<![\p{L}\p{N}])[A-Za-z]:\\[^\s"'<>|]+`,
    String.raw`(?<![\p{L}\p{N}])[A-Za-z]:\/(?:${name}+\/)*${name}+`,
    String.raw`${rootBefore}\\\\[\w.-]+\\[^\s"'<>|]+`,
  ].join('|'),
  'gu',
);

/** Paths of a machine do not leave it. */
const withoutRoots = (text: string): string => text.replace(rootPath, '<path>');

/**
 * For a file that other people get: only names, numbers, times, states and hashes come out, no
 * sentence that a person, an agent or a check wrote; evidence on request.
 */
export function exportOutlet({ evidence, clean, isSecret }: ExportRules): Outlet {
  const things = new Map<string, string>();
  const names = new Map<string, string>();
  let hidden = 0;
  const cleaned = (text: string): string =>
    withoutRoots(clean(withoutControls(text.slice(0, pageChars))));
  const found = (text: string): string => (evidence ? cleaned(text) : '');
  return {
    told: () => '',
    found,
    piece: (text) => (evidence ? cleaned(text) : leftOut),
    thing: (text) => {
      const known = things.get(text) ?? `item ${things.size + 1}`;
      things.set(text, known);
      return known;
    },
    who: (name) => (ours.has(name) ? name : somebody),
    name: (text) => {
      const known = names.get(text);
      if (known !== undefined) return known;
      const mayGo = !isSecret(text) && !standInForm.test(text);
      const name = mayGo ? text : `${standIn}${++hidden}`;
      names.set(text, name);
      return name;
    },
    label: (text, instead) => {
      const isName = labelForm.test(text) && text.split(' ').length <= mostWords;
      return isName && cleaned(text) === text ? text : instead;
    },
    keepsTold: false,
    keepsFound: evidence,
  };
}

/** No text of a journal is longer: agents' are a page, and a plan's are bounded by its schema. */
const longestChars = 64_000;

/** For a journal from elsewhere that is looked at here: everything stays, within bounds. */
export const openOutlet: Outlet = {
  told: bounded,
  found: bounded,
  piece: bounded,
  thing: (text) => oneLine(text, 1_000),
  who: (name) => oneLine(name, 200),
  name: (text) => text,
  label: (text) => oneLine(text, 1_000),
  keepsTold: true,
  keepsFound: true,
};

function bounded(text: string): string {
  return text.length <= longestChars ? text : `${text.slice(0, longestChars - 1)}…`;
}
