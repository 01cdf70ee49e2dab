import type { Impact, ImpactRow } from '../../core/projections/impact.ts';
import { counted, listed } from '../../core/projections/words.ts';

const words: Readonly<Record<ImpactRow['what'], string>> = {
  'built-again': 'is built again',
  'judged-again': 'is judged again',
  'attempt-ends': 'its attempt ends',
};

/** Modals grow with their text; the board shows all of them. */
const maxRows = 12;

/** What confirming an amendment leads to, as a person reads it before saying yes. */
export function impactDetail({ rows, untouched, gates, minutes }: Impact, reason: string): string {
  const shown = rows.slice(0, maxRows).map(({ module, from, to, what }) => {
    const version = from === to ? '' : ` to contract v${to}`;
    return `• ${module} ${words[what]}${version}`;
  });
  const more = rows.length > maxRows ? [`• and ${rows.length - maxRows} more`] : [];
  const [low, high] = minutes.map((each) => Math.max(1, Math.round(each)));
  return [
    `Reason: ${reason}`,
    [...shown, ...more].join('\n'),
    gates.length === 0
      ? ''
      : `Also again: ${listed(
          gates.map(({ name }) => name),
          6,
        )}.`,
    untouched.length === 0
      ? 'No module keeps its seal untouched.'
      : `Untouched: ${listed(untouched, 6)}.`,
    `By the estimates: ${low === high ? `about ${counted(low ?? 1, 'minute')}` : `${low} to ${high} minutes`}.`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}
