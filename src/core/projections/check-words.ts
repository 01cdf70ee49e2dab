import type { CheckResult } from '../verdict.ts';
import { evidencePlace } from './evidence-words.ts';
import { oneLine } from './safe-text.ts';
import { counted, duration } from './words.ts';

const outcomes: Readonly<Record<CheckResult['outcome'], string>> = {
  passed: 'passed',
  failed: 'failed',
  'timed-out': 'ran into its time limit',
  unstable: 'gave two outcomes',
};

/** Nobody reads more of one check. */
const maxEvidence = 20;

/** A check's result in one line. */
export function checkLine({ check, outcome, passed, failed, durationMs }: CheckResult): string {
  const tests = passed + failed;
  const of = tests === 0 ? '' : `, ${passed} of ${counted(tests, 'test')} passed`;
  return `${oneLine(check, 60)} ${outcomes[outcome]}${of} (${duration(durationMs)})`;
}

/** What speaks against it: the place and what it says, a line each. */
export function checkEvidenceLines({ evidence }: Pick<CheckResult, 'evidence'>): string[] {
  const lines = evidence.slice(0, maxEvidence).map((each) => {
    const place = evidencePlace({ ...each, check: null });
    const says = oneLine(each.says, 300);
    return place === '' ? says : `${place}: ${says}`;
  });
  const left = evidence.length - lines.length;
  return left > 0 ? [...lines, `… and ${left} more`] : lines;
}
