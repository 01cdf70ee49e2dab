import { inWriting, type Phrase } from '../phrase.ts';
import type { IssuePath } from './issue.ts';

/** What an edit writes into a plan file. */
export type PlanValue =
  string | number | readonly PlanValue[] | { readonly [key: string]: PlanValue };

/**
 * One change of a plan file, in order of the steps of an edit and told by the file as it was before
 * the first: `set` writes the value at the path, and what leads there where it is missing; `add`
 * puts it at the end of the list there, which is made where it is missing; `remove` takes out what
 * stands at the path, and a list that is left empty.
 */
export type EditStep =
  | { readonly op: 'set' | 'add'; readonly path: IssuePath; readonly value: PlanValue }
  | { readonly op: 'remove'; readonly path: IssuePath };

/** Something that can be done about an issue, for programs to do. */
export interface PlanEdit {
  /** What a person chooses it by. */
  readonly title: string;
  /** The same, for people of a window. */
  readonly words?: Phrase;
  readonly steps: readonly EditStep[];
}

/** `title`: what a person chooses it by. */
export const planEdit = (title: Phrase, steps: readonly EditStep[]): PlanEdit => ({
  ...{ title: inWriting(title), words: title, steps },
});

/** What an edit saves, by the estimates; less than 0 where it costs. */
export interface Saving {
  /** Of the predicted time from start to end. */
  readonly parallelMinutes: number;
  /** Of the longest chain of dependencies. */
  readonly criticalMinutes: number;
}
