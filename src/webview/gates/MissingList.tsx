import { useMemo, type ReactElement } from 'react';
import { rich } from '../parts/rich.tsx';
import { t } from '../../core/language.ts';
import { missingOf } from '../../core/projections/prerequisite-words.ts';
import type { RunState } from '../../core/state.ts';
import { Icon } from '../parts/Icon.tsx';
import './MissingList.css';

/** Whoever lacks more than these mends them first. */
const shownMissing = 20;

/** What must be there before anything starts and is not: what was found, and what to do about it. */
export function MissingList({ state }: { state: RunState }): ReactElement {
  const missing = useMemo(() => missingOf(state), [state]);
  const more = missing.length - shownMissing;
  return (
    <ul className="missing" aria-label={t('Missing prerequisites')}>
      {missing.slice(0, shownMissing).map(({ name, asks, says, remedy }) => (
        <li key={name}>
          <Icon name="error" tone="fail" size={14} label={t('missing')} />
          <div>
            <div>
              <span className="strong">{name}</span> <span className="muted small">{asks}</span>
            </div>
            <div className="small muted">{says}</div>
            <div className="small">{remedy}</div>
          </div>
        </li>
      ))}
      {more > 0 && <li className="small muted">{rich('and {0} more', more)}</li>}
    </ul>
  );
}
