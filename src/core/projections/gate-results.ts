import type { CheckResult, Evidence } from '../verdict.ts';
import { t } from '../language.ts';
import { checkLine } from './check-words.ts';
import type { JudgedGate } from './last-verdicts.ts';
import { nodeName } from './node-words.ts';
import { noteOf, maxNotes, type VerdictNote } from './verdict-notes.ts';

/** How a gate, or one check of it, is told where tests are shown. */
export interface GateResult {
  /** null: the gate itself. */
  readonly check: string | null;
  readonly state: 'passed' | 'failed' | 'errored';
  /** null where there is none of its own. */
  readonly durationMs: number | null;
  /** Why it did not pass; a failure has one at least. */
  readonly notes: readonly VerdictNote[];
  /** Lines for those who ask for the output. */
  readonly output: readonly string[];
}

/** A gate's last verdict: its checks, and itself where more than they has something to say. */
export function gateResults(judged: JudgedGate): GateResult[] {
  const { verdict, checks, evidence, gate, summary } = judged;
  const results = checks.map(checkResultOf);
  const own = evidence.filter((each) => !checks.some((check) => tellsItself(check, each)));
  const failing = results.some(({ state }) => state !== 'passed');
  // A failing check says it for its gate, which is told by what lies below it.
  if (verdict !== 'PASS' && failing && own.length === 0) return results;
  const notes = own.slice(0, maxNotes).map(noteOf);
  const says = summary === '' ? t('{0}: {1}', nodeName(gate), verdict ?? t('no verdict')) : summary;
  const told = notes.length > 0 ? notes : [noteOf({ ...nowhere, says })];
  const passed = verdict === 'PASS';
  return [
    ...results,
    {
      check: null,
      state: passed ? 'passed' : 'failed',
      durationMs: null,
      notes: passed ? [] : told,
      output: [],
    },
  ];
}

/** Whether a failing check has said that by itself; what a reviewer says of one that passed, it has not. */
const tellsItself = ({ check, outcome }: CheckResult, evidence: Evidence): boolean =>
  outcome !== 'passed' && evidence.check === check && evidence.kind !== 'review';

const nowhere = { kind: 'review', check: null, test: null, file: null, line: null } as const;

/** One check's result, from a verdict or from a run beside it. */
export function checkResultOf(result: CheckResult): GateResult {
  const { check, outcome, durationMs, cached, evidence } = result;
  const notes = evidence.slice(0, maxNotes).map(noteOf);
  const line = checkLine(result);
  const output = cached ? [t('{0}, as it was kept', line)] : [line];
  const state = outcome === 'passed' ? 'passed' : outcome === 'unstable' ? 'errored' : 'failed';
  const least = noteOf({ ...nowhere, kind: 'check', check, says: line });
  return {
    ...{ check, state, durationMs, output },
    notes: state === 'passed' ? [] : notes.length > 0 ? notes : [least],
  };
}
