import type { Evidence } from '../../core/verdict.ts';

/** Something in a work folder that may not be submitted. */
export interface ScopeProblem {
  /** Null where it is about the folder as a whole; then `says` is a sentence. */
  readonly path: string | null;
  /** What the path does wrong, as the end of a sentence that starts with the path. */
  readonly says: string;
}

const maxProblems = 50;
const maxShown = 200;

/** The first problems as evidence; what is left out is counted in the last one. */
export function scopeEvidence(problems: readonly ScopeProblem[]): Evidence[] {
  const evidence = problems.slice(0, maxProblems).map(toEvidence);
  const more = problems.length - maxProblems;
  if (more > 0) evidence[maxProblems - 1] = toEvidence({ path: null, says: `${more + 1} more.` });
  return evidence;
}

function toEvidence({ path, says }: ScopeProblem): Evidence {
  const shown = path === null ? null : showPath(path);
  return {
    kind: 'scope',
    check: null,
    test: null,
    file: shown,
    line: null,
    says: shown === null ? says : `${shown} ${says}.`,
  };
}

/** A path as it may be printed: nothing in it steers a terminal, and it is not endless. */
export function showPath(path: string): string {
  const plain = path.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) => {
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
  if (plain.length <= maxShown) return plain;
  return `${plain.slice(0, maxShown / 2)}…${plain.slice(-maxShown / 2)}`;
}
