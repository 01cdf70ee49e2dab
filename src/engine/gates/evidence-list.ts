import type { Evidence, EvidenceKind } from '../../core/verdict.ts';
import type { ChildEnd } from './child.ts';
import { excerpt, excerptLine, withoutFolder } from './excerpt.ts';
import { headTailText } from './head-tail.ts';
import type { Redaction } from './redaction.ts';

/** More is not read by anybody; the rest is counted. */
const maxEvidence = 20;

interface Place {
  readonly test?: string;
  readonly file?: string;
  readonly line?: number | null;
}

/** Collects what speaks against a check, as plain bounded text, the gravest first. */
export class EvidenceList {
  readonly #check: string;
  readonly #folder: string;
  readonly #redact: Redaction;
  readonly #items: Evidence[] = [];
  #more = 0;

  constructor(check: string, folder: string, redact: Redaction) {
    this.#check = check;
    this.#folder = folder;
    this.#redact = redact;
  }

  get empty(): boolean {
    return this.#items.length === 0;
  }

  add(kind: EvidenceKind, says: string, place: Place = {}): void {
    // One place is kept for the count of the rest.
    if (this.#items.length >= maxEvidence - 1) {
      this.#more += 1;
      return;
    }
    this.#items.push({
      kind,
      check: this.#check,
      test: place.test === undefined ? null : excerptLine(this.#redact(place.test)),
      file:
        place.file === undefined || place.file === ''
          ? null
          : excerptLine(this.#redact(place.file)),
      line: place.line ?? null,
      says: excerpt(this.#redact(withoutFolder(says, this.#folder))),
    });
  }

  end(): readonly Evidence[] {
    if (this.#more > 0) {
      const says = `${this.#more} more of the like`;
      const place = { check: this.#check, test: null, file: null, line: null };
      this.#items.push({ kind: 'check', ...place, says });
    }
    return this.#items;
  }
}

/** What a command printed, most of it what it said last. */
export function printed(end: ChildEnd, maxChars = 3_000): string {
  const streams = [
    { name: 'stderr', text: excerpt(headTailText(end.stderr), maxChars * 0.6) },
    { name: 'stdout', text: excerpt(headTailText(end.stdout), maxChars * 0.4) },
  ];
  const told = streams.filter(({ text }) => text !== '');
  if (told.length === 0) return '\n(nothing was printed)';
  return told.map(({ name, text }) => `\n${name}:\n${text}`).join('\n');
}
