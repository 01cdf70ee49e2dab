import { t } from '../language.ts';
import type { Evidence } from '../verdict.ts';
import { oneLine } from './safe-text.ts';

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
  const says = oneLine(first.says, 160);
  const told = place === '' ? says : `${place}: ${says}`;
  return evidence.length === 1 ? told : t('{0} (and {1} more)', told, evidence.length - 1);
}
