import { useMemo } from 'react';
import { rich } from '../parts/rich.tsx';
import { t } from '../../core/language.ts';
import { money, runTime, tokens } from '../../core/projections/figures.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import { runElapsedMs, type LateRow } from '../../core/projections/timeline.ts';
import { Section } from '../parts/Section.tsx';
import type { ShownModule } from './shown-module.ts';

const shownLate = 10;

/** What agents of the module still sent when nobody waited for it any more; nothing where none did. */
export function LateSection({ shown }: { readonly shown: ShownModule }) {
  const { chronicle, id } = shown;
  const { late } = chronicle.timeline;
  const rows = useMemo(() => late.filter(({ module }) => module === id).reverse(), [late, id]);
  if (rows.length === 0) return null;
  return (
    <Section title={t('Late results')} aside={t('· {0}, none of which counts', rows.length)}>
      <ul className="drawer-body spaced-list">
        {rows.slice(0, shownLate).map((row, index) => (
          <li key={`${row.at} ${index}`}>
            <div className="row gap-6">
              <span className="ellipsis">{oneLine(row.what, 120)}</span>
              <span className="spacer" />
              <span className="small muted num nowrap">
                {runTime(runElapsedMs(chronicle.state, row.at))}
              </span>
            </div>
            <div className="small muted">{costWords(row)}</div>
          </li>
        ))}
        {rows.length > shownLate && (
          <li className="small muted">{rich('and {0} earlier', rows.length - shownLate)}</li>
        )}
      </ul>
    </Section>
  );
}

/** Nothing is added for it: all that it could spend was counted when it was given up. */
function costWords({ spent }: LateRow): string {
  if (spent === null)
    return t('It does not say what it cost; its reservation was counted in full.');
  const cost = t('{0} tokens, {1}', tokens(spent.tokens), money(spent.microUsd));
  return t('It cost {0}; its reservation was counted in full already.', cost);
}
