import { plural, t } from '../language.ts';
import type { CheckResult } from '../verdict.ts';
import { evidencePlace } from './evidence-words.ts';
import { oneLine } from './safe-text.ts';
import { duration } from './words.ts';

function outcomeWords(outcome: CheckResult['outcome']): string {
  switch (outcome) {
    case 'passed':
      return t('passed');
    case 'failed':
      return t('failed');
    case 'timed-out':
      return t('ran into its time limit');
    case 'unstable':
      return t('gave two outcomes');
  }
}

/** Nobody reads more of one check. */
const maxEvidence = 20;

/** A check's result in one line. */
export function checkLine({ check, outcome, passed, failed, durationMs }: CheckResult): string {
  const tests = passed + failed;
  const of =
    tests === 0
      ? ''
      : `, ${plural(tests, '{1} of {0} test passed', '{1} of {0} tests passed', passed)}`;
  return `${oneLine(check, 60)} ${outcomeWords(outcome)}${of} (${duration(durationMs)})`;
}

/** What speaks against it: the place and what it says, a line each. */
export function checkEvidenceLines({ evidence }: Pick<CheckResult, 'evidence'>): string[] {
  const lines = evidence.slice(0, maxEvidence).map((each) => {
    const place = evidencePlace({ ...each, check: null });
    const says = oneLine(each.says, 300);
    return place === '' ? says : `${place}: ${says}`;
  });
  const left = evidence.length - lines.length;
  return left > 0 ? [...lines, t('… and {0} more', left)] : lines;
}
