import { gateState, moduleState, tierState } from '../lookup.ts';
import { parseNodeRef, type GateId, type ModuleId, type TierId } from '../ids.ts';
import { unsafePath } from '../paths.ts';
import type { RunState } from '../state.ts';
import type { Evidence } from '../verdict.ts';
import { t } from '../language.ts';
import type { JudgedGate } from './last-verdicts.ts';
import { nodeName } from './node-words.ts';
import { oneLine, severalLines } from './safe-text.ts';

/** One thing that speaks against what was judged, as it is shown beside the file that it is about. */
export interface VerdictNote {
  /** Root-relative and inside the root; null where none is known, or it is not to be believed. */
  readonly file: string | null;
  /** 1-based; null where none is known. */
  readonly line: number | null;
  /** In several lines, without anything that would be obeyed. */
  readonly says: string;
  /** The check's name; null where a reviewer, or we ourselves, say it. */
  readonly check: string | null;
  /** The test's name; null where none is known. */
  readonly test: string | null;
  /** `unit`, `reviewer` or `gate`: who says so. */
  readonly who: string;
  readonly isReview: boolean;
}

/** Nobody reads more of one verdict. */
export const maxNotes = 20;
const maxLine = 1_000_000;

/** What speaks for a verdict that is no PASS, in its order. */
export const verdictNotes = ({ evidence }: Pick<JudgedGate, 'evidence'>): VerdictNote[] =>
  evidence.slice(0, maxNotes).map(noteOf);

export function noteOf(each: Evidence): VerdictNote {
  const { kind, line, says } = each;
  const isReview = kind === 'review' || kind === 'feedback';
  const check = each.check === null ? null : oneLine(each.check, 60);
  const file = each.file !== null && unsafePath(each.file) === null ? each.file : null;
  const isLine = line !== null && Number.isInteger(line) && line >= 1 && line <= maxLine;
  return {
    ...{ file, check, isReview },
    line: file !== null && isLine ? line : null,
    says: severalLines(says, 30, 3_000).join('\n'),
    test: each.test === null ? null : oneLine(each.test, 200),
    who: check ?? (isReview ? t('reviewer') : t('gate')),
  };
}

/** What has become of what a verdict was about. */
export type Standing =
  /** nothing has happened since */
  | 'stands'
  /** it is being built or judged again */
  | 'revised'
  /** by another version of its contract */
  | 'amended'
  /** it has passed since */
  | 'passed'
  | 'sealed';

/** Whether a verdict that was no PASS still is what there is to say; `last`: the gate's latest one. */
export function standingOf(state: RunState, judged: JudgedGate, last: JudgedGate): Standing {
  const { kind, id } = parseNodeRef(judged.gate);
  if (kind !== 'module' || judged.of === null) {
    if (last.verdict === 'PASS') return 'passed';
    const { life } =
      kind === 'tier' ? tierState(state, id as TierId) : gateState(state, id as GateId);
    return life.at === 'blocked' || life.at === 'refused' ? 'stands' : 'revised';
  }
  if (!state.graph.moduleIndex.has(id as ModuleId)) return 'amended';
  const { seal, contract, attempt, life } = moduleState(state, id as ModuleId);
  if (seal !== null) return 'sealed';
  if (last.verdict === 'PASS' && last.seq > judged.seq) return 'passed';
  if (contract.version !== judged.of.version) return 'amended';
  const again = life.at === 'generating' || life.at === 'submitted' || life.at === 'evaluating';
  return again || attempt > judged.of.attempt ? 'revised' : 'stands';
}

const standings: Readonly<Record<Standing, () => string>> = {
  stands: () => t('it stands'),
  revised: () => t('it is being revised'),
  amended: () => t('its contract was amended since'),
  passed: () => t('it has passed since'),
  sealed: () => t('it is sealed since'),
};

export const standingWords = (standing: Standing): string => standings[standing]();

/** `FAIL · lexer, attempt 2`: a verdict by what it was about. */
export function judgedName({ verdict, gate, of }: JudgedGate): string {
  const word = verdict ?? t('no verdict');
  return of === null || of.attempt === 0
    ? t('{0} · {1}', word, nodeName(gate))
    : t('{0} · {1}, attempt {2}', word, nodeName(gate), of.attempt);
}

/** `FAIL, attempt 2`: the same beside the name of what it was about. */
export function judgedWord({ verdict, of }: Pick<JudgedGate, 'verdict' | 'of'>): string {
  const word = verdict ?? t('no verdict');
  return of === null || of.attempt === 0 ? word : t('{0}, attempt {1}', word, of.attempt);
}

/** The verdict as a whole: its summary, and what is known of no line of the submission. */
export function verdictWords(judged: JudgedGate, unplaced: readonly VerdictNote[]): string {
  const summary = severalLines(judged.summary, 12, 1_200).join('\n');
  const lines = unplaced.map(({ file, line, test, who, says }) => {
    const place = file === null ? null : line === null ? file : `${file}:${line}`;
    const where = [who, test, place].filter((part) => part !== null).join(' · ');
    return `${where}: ${oneLine(says, 400)}`;
  });
  return [summary, ...lines].filter((part) => part !== '').join('\n');
}
