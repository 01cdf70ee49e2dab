import type { Impact, ImpactRow } from '../../core/projections/impact.ts';
import { t } from '../../core/language.ts';
import { money } from '../../core/projections/figures.ts';
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
    costWords(rows),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** What the same work cost before; of what never happened, or is not told, nobody knows it. */
function costWords(rows: Impact['rows']): string {
  const known = rows.flatMap(({ microUsd }) => (microUsd === null ? [] : [microUsd]));
  if (known.length === 0) return t('What it will cost is not known.');
  const sum = money(known.reduce((all, each) => all + each, 0));
  return known.length === rows.length
    ? t('By what it cost before: about {0}.', sum)
    : t('By what it cost before: {0}, and what is not known yet.', sum);
}
