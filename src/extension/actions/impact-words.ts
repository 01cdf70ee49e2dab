import type { Impact, ImpactRow } from '../../core/projections/impact.ts';
import { plural, t } from '../../core/language.ts';
import { money } from '../../core/projections/figures.ts';
import { listed } from '../../core/projections/words.ts';

/** What comes of one module; `version`: of its new contract, where it has one. */
function became({ module, what }: Pick<ImpactRow, 'module' | 'what'>, version: number | null) {
  switch (what) {
    case 'built-again':
      return version === null
        ? t('{0} is built again', module)
        : t('{0} is built again to contract v{1}', module, version);
    case 'judged-again':
      return version === null
        ? t('{0} is judged again', module)
        : t('{0} is judged again to contract v{1}', module, version);
    case 'attempt-ends':
      return version === null
        ? t('{0}: its attempt ends', module)
        : t('{0}: its attempt ends, for contract v{1}', module, version);
  }
}

/** Modals grow with their text; the board shows all of them. */
const maxRows = 12;

/** What confirming an amendment leads to, as a person reads it before saying yes. */
export function impactDetail({ rows, untouched, gates, minutes }: Impact, reason: string): string {
  const shown = rows.slice(0, maxRows).map(({ module, from, to, what }) => {
    return `• ${became({ module, what }, from === to ? null : to)}`;
  });
  const more = rows.length > maxRows ? [`• ${t('and {0} more', rows.length - maxRows)}`] : [];
  const [low, high] = minutes.map((each) => Math.max(1, Math.round(each)));
  return [
    t('Reason: {0}', reason),
    [...shown, ...more].join('\n'),
    gates.length === 0
      ? ''
      : t(
          'Also again: {0}.',
          listed(
            gates.map(({ name }) => name),
            6,
          ),
        ),
    untouched.length === 0
      ? t('No module keeps its seal untouched.')
      : t('Untouched: {0}.', listed(untouched, 6)),
    low === high
      ? plural(
          low ?? 1,
          'By the estimates: about {0} minute.',
          'By the estimates: about {0} minutes.',
        )
      : t('By the estimates: {0} to {1} minutes.', low ?? 1, high ?? 1),
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
