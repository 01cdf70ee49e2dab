import type { CheckResult, Evidence } from '../verdict.ts';
import { oneLine } from './safe-text.ts';
import { duration } from './words.ts';

/** Where a piece of evidence comes from: the check, the test, and the place in a file. */
export function evidencePlace({ check, test, file, line }: Evidence): string {
  const place = file === null ? null : line === null ? file : `${file}:${line}`;
  return [check, test, place]
    .filter((part) => part !== null)
    .map((part) => oneLine(part, 160))
    .join(' · ');
}

/** The most telling piece in one line; '' where there is none. */
export function evidenceLine(evidence: readonly Evidence[]): string {
  const [first] = evidence;
  if (first === undefined) return '';
  const place = evidencePlace(first);
  const more = evidence.length === 1 ? '' : ` (and ${evidence.length - 1} more)`;
  const says = oneLine(first.says, 160);
  return `${place === '' ? says : `${place}: ${says}`}${more}`;
}

/** `unit failed, 3 of 12 tests, 0.4 s`. */
export function checkWords(result: CheckResult): string {
  const { check, outcome, passed, failed, durationMs, cached } = result;
  const all = passed + failed;
  const counts = all === 0 ? '' : `, ${failed > 0 ? `${failed} of ${all} tests` : `${all} tests`}`;
  const time = cached ? 'from the cache' : duration(durationMs);
  return `${oneLine(check, 60)} ${outcome}${counts}, ${time}`;
}
