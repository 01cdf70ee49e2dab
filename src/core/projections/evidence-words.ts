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
  const more = evidence.length === 1 ? '' : ` (and ${evidence.length - 1} more)`;
  const says = oneLine(first.says, 160);
  return `${place === '' ? says : `${place}: ${says}`}${more}`;
}
