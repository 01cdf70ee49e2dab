import type { Phrase } from '../phrase.ts';

/** What a diagnostic of a code means, wherever it is found; `docs/plan.md` is written from it. */
export interface CodeInfo {
  readonly severity: 'error' | 'advice';
  /**
   * What an error of this code stands in the way of. `reading`: there is no plan to speak of.
   * `graph`: nothing can be scheduled. `quality`: a schedule can be previewed, nothing can be run.
   */
  readonly stops: 'reading' | 'graph' | 'quality' | 'nothing';
  /** Which part of a mapping's entry is underlined. */
  readonly marks: 'key' | 'value';
  readonly meaning: string;
  readonly remedy: Phrase;
}

export const error = (
  stops: 'reading' | 'graph' | 'quality',
  marks: CodeInfo['marks'],
  meaning: string,
  remedy: Phrase,
): CodeInfo => ({ severity: 'error', stops, marks, meaning, remedy });

export const advice = (meaning: string, remedy: Phrase): CodeInfo => ({
  severity: 'advice',
  stops: 'nothing',
  marks: 'value',
  meaning,
  remedy,
});
