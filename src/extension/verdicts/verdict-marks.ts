import { t } from '../../core/language.ts';
import type { NodeRef } from '../../core/ids.ts';
import type { AskedByPerson, JudgedGate } from '../../core/projections/last-verdicts.ts';
import { nodeName } from '../../core/projections/node-words.ts';
import { oneLine, severalLines } from '../../core/projections/safe-text.ts';
import {
  judgedName,
  standingWords,
  verdictNotes,
  verdictWords,
  type Standing,
  type VerdictNote,
} from '../../core/projections/verdict-notes.ts';

/** Where notes of one verdict are shown; `Place` is a document of the editor. */
export interface NotePlaces<Place> {
  /** By the file that a note names; what lies nowhere has none. */
  readonly files: ReadonlyMap<string, FilePlaces<Place>>;
  /** The first file of what was handed in; null where there is none. */
  readonly first: FilePlaces<Place> | null;
}

export interface FilePlaces<Place> {
  /** The run's own document first, where it is shown; then the workspace's file with the same content. */
  readonly documents: readonly Place[];
  readonly handedIn: boolean;
  /** Where it lies in the workspace, if it does. */
  readonly path: string;
}

/** One mark in the list of problems. */
export interface VerdictProblem<Place> {
  readonly place: Place;
  /** 1-based. */
  readonly line: number;
  readonly message: string;
  readonly severity: 'error' | 'warning';
  /** `Ashlar · lexer` */
  readonly source: string;
  readonly code: string;
}

/** A conversation beside what was handed in. */
export interface VerdictThread<Place> {
  /** Of one verdict, no two have the same. */
  readonly key: string;
  readonly gate: NodeRef;
  readonly place: Place;
  /** 1-based. */
  readonly line: number;
  readonly label: string;
  readonly resolved: boolean;
  readonly comments: readonly VerdictComment[];
  /** What a reply is about; null: the verdict as a whole. */
  readonly about: VerdictNote | null;
}

export interface VerdictComment {
  readonly who: string;
  /** Plain text in several lines. */
  readonly body: string;
  readonly label: string;
  /** UTC milliseconds. */
  readonly at: number;
}

/** What is known of a verdict that was no PASS when it is drawn. */
export interface ShownVerdict {
  readonly judged: JudgedGate;
  readonly standing: Standing;
  /** Since then, of its module. */
  readonly asked: readonly AskedByPerson[];
}

/** As long as the verdict is the last word, each piece of evidence is a problem at its place. */
export function verdictProblems<Place>(
  { judged, standing }: ShownVerdict,
  places: NotePlaces<Place>,
): VerdictProblem<Place>[] {
  if (standing === 'passed' || standing === 'sealed') return [];
  const source = `Ashlar · ${nodeName(judged.gate)}`;
  const notes = verdictNotes(judged);
  return notes.flatMap((note) => {
    const at = placesOf(note, places);
    const line = at.named ? (note.line ?? 1) : 1;
    const soft = note.isReview || judged.verdict === 'NEEDS_REVISION';
    const named = note.test === null ? note.says : `${note.test}\n${note.says}`;
    const message = oneLine(named, 400);
    const severity = soft ? 'warning' : 'error';
    return at.documents.map((place) => ({
      ...{ place, line, message, severity, source },
      code: note.who,
    }));
  });
}

/** The file that a note names; where that lies nowhere, the first one that was handed in. */
function placesOf<Place>({ file }: VerdictNote, { files, first }: NotePlaces<Place>) {
  const named = file === null ? undefined : files.get(file);
  return named === undefined
    ? { documents: first?.documents ?? [], named: false, handedIn: true }
    : { ...named, named: true };
}

/**
 * The verdict as a thread on the first file that was handed in, and one more for each piece of evidence
 * that names a place in what was handed in. Tiers and gates have none: a reply asks a module's builder.
 */
export function verdictThreads<Place>(
  shown: ShownVerdict,
  places: NotePlaces<Place>,
): VerdictThread<Place>[] {
  const { judged, standing, asked } = shown;
  const { gate, at, of } = judged;
  if (of === null) return [];
  const resolved = standing === 'passed' || standing === 'sealed';
  const label = t('{0} · {1}', judgedName(judged), standingWords(standing));
  const common = { gate, label, resolved };
  const notes = verdictNotes(judged);
  const inFile = (note: VerdictNote): boolean =>
    note.file !== null && places.files.get(note.file)?.handedIn === true;
  const unplaced = notes.filter((note) => !inFile(note));
  const words = verdictWords(judged, unplaced) || label;
  const whole = { who: nodeName(gate), body: words, label: judged.verdict ?? '', at };
  const threads = (places.first?.documents ?? []).map((place, nth) => ({
    ...common,
    ...{ key: `${gate} ${judged.seq} ${nth}`, place, line: 1, about: null },
    comments: [whole, ...answersTo(asked, null)],
  }));
  const placed = notes.flatMap((note, index) => {
    if (!inFile(note)) return [];
    const { documents } = placesOf(note, places);
    const body = note.test === null ? note.says : `${note.test}\n${note.says}`;
    const comment = { who: note.who, body, label: judged.verdict ?? '', at };
    return documents.map((place, nth) => ({
      ...common,
      ...{ key: `${gate} ${judged.seq} ${index}/${nth}`, place, line: note.line ?? 1, about: note },
      comments: [comment, ...answersTo(asked, note)],
    }));
  });
  return [...threads, ...placed];
}

/** What people said to one piece of evidence; null: to any of them, or to the whole. */
const answersTo = (
  asked: readonly AskedByPerson[],
  note: VerdictNote | null,
): readonly VerdictComment[] =>
  asked
    .filter(({ reason }) => note === null || reason.startsWith(aboutNote(note)))
    .map(({ by, reason, version, at }) => ({
      ...{ who: oneLine(by, 60), at, body: severalLines(reason, 30, 3_000).join('\n') },
      label: t('asked for a revision: contract v{0}', version),
    }));

/**
 * How a person's words begin where they answer one piece of evidence: the builder reads them in the
 * contract, without the thread around them. It is kept, so it is English.
 */
export function aboutNote({ file, line, check, isReview }: VerdictNote): string {
  const who = check ?? (isReview ? 'the reviewer' : 'the gate');
  const place = file === null ? '' : line === null ? ` at ${file}` : ` at ${file}:${line}`;
  return `About what ${who} says${place}: `;
}
