import type { ReactElement } from 'react';
import { decimal, t } from '../../core/language.ts';
import { outcomeWords } from '../../core/projections/outcome-words.ts';
import type { ComparedRun, Side } from '../../core/projections/compare-shape.ts';
import {
  caveatWords,
  comparedFigures,
  type ComparedFigure,
} from '../../core/projections/compare-words.ts';
import { runTime } from '../../core/projections/figures.ts';
import { nodeName } from '../../core/projections/node-words.ts';
import { duration } from '../../core/projections/words.ts';
import type { RunKey } from '../../protocol/board.ts';
import '../account/Account.css';
import { Part } from '../account/Part.tsx';
import { host } from '../host.ts';
import { TextLink } from '../parts/controls.tsx';
import { Icon } from '../parts/Icon.tsx';
import './Compare.css';
import { Modules } from './Modules.tsx';
import { useComparison } from './told.ts';

const sides: readonly Side[] = ['A', 'B'];

/** Two runs side by side: what cannot be compared, what they came to, and module by module. */
export function Compare(): ReactElement {
  const told = useComparison();
  if (told === null) return <main className="compare" aria-busy="true" />;
  const { comparison, keys } = told;
  const { runs, modules, caveats } = comparison;
  return (
    <main className="compare account scrolls" aria-label={t('Two runs side by side')}>
      <div className="compare-runs">
        {sides.map((side, at) => (
          <Run key={side} {...{ side, run: runs[at as 0 | 1], opens: keys[at as 0 | 1] }} />
        ))}
      </div>
      {caveats.length > 0 && (
        <Part title={t('Before you compare')}>
          <ul className="compare-caveats">
            {caveats.map((caveat, at) => (
              <li key={at}>
                <Icon name="info" size={14} />
                {caveatWords(caveat)}
              </li>
            ))}
          </ul>
        </Part>
      )}
      <Times runs={runs} />
      <Whole figures={comparedFigures(comparison)} />
      <Modules modules={modules} />
      <Found runs={runs} />
    </main>
  );
}

function Run(props: { side: Side; run: ComparedRun; opens: RunKey }): ReactElement {
  const { side, run, opens } = props;
  const { places, way } = run;
  return (
    <section className="compare-run" aria-label={t('Run {0}', side)}>
      <h2>
        <span className={`compare-side compare-${side.toLowerCase()}`}>{side}</span>
        <span className="ellipsis" title={run.artifact}>
          {run.artifact}
        </span>
        <span className="compare-end small muted">
          {run.outcome === null ? t('goes on') : outcomeWords(run.outcome)}
        </span>
      </h2>
      <p className="small">
        <TextLink onClick={() => host.act({ do: 'open-board', key: opens })}>
          {t('Open the board of {0}', run.run)}
        </TextLink>
      </p>
      <p className="small muted">
        {way === 'parallel' ? t('in parallel') : t('in sequence')} ·{' '}
        {t(
          'at once: planners {0}, builders {1}, reviewers {2}',
          places.planners,
          places.builders,
          places.reviewers,
        )}
      </p>
    </section>
  );
}

/** Both times of both runs on one scale. */
function Times({ runs }: { runs: readonly [ComparedRun, ComparedRun] }): ReactElement {
  const longest = Math.max(1, ...runs.flatMap(({ activeMs, sequentialMs: ms }) => [activeMs, ms]));
  const bar = (side: Side, name: string, ms: number, look: string): ReactElement => (
    <div className={`account-bar compare-bar account-${look}`}>
      <span>
        <b>{side}</b> {name}
      </span>
      <span className="num">{duration(ms)}</span>
      <span className="account-track" aria-hidden="true">
        <i style={{ width: `${(100 * ms) / longest}%` }} />
      </span>
    </div>
  );
  return (
    <Part
      title={t('Actual and sequential')}
      aside={runs
        .map(({ speedup }, at) =>
          speedup === null
            ? t('{0}: not known yet', sides[at] ?? '')
            : `${sides[at] ?? ''}: ${decimal(speedup, 1)}×`,
        )
        .join(' · ')}
    >
      <div className="account-bars">
        {runs.map((run, at) => (
          <div key={at} className="compare-bars">
            {bar(sides[at] ?? 'A', t('Actual'), run.activeMs, 'actual')}
            {bar(sides[at] ?? 'A', t('Sequential'), run.sequentialMs, 'sequential')}
          </div>
        ))}
      </div>
    </Part>
  );
}

function Whole({ figures }: { figures: readonly ComparedFigure[] }): ReactElement {
  return (
    <Part title={t('As a whole')}>
      <table className="table account-table compare-whole" aria-label={t('As a whole')}>
        <thead>
          <tr>
            <th scope="col">
              <span className="unseen">{t('Figure')}</span>
            </th>
            <th scope="col" className="right">
              A
            </th>
            <th scope="col" className="right">
              B
            </th>
            <th scope="col">{t('B against A')}</th>
          </tr>
        </thead>
        <tbody>
          {figures.map(({ name, says: [a, b], difference }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className="right">{a}</td>
              <td className="right">{b}</td>
              <td className="muted">{difference}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Part>
  );
}

/** Defects that only integration found, run beside run. */
function Found({ runs }: { runs: readonly [ComparedRun, ComparedRun] }): ReactElement {
  return (
    <div className="account-pair">
      {runs.map(({ found }, at) => (
        <Part
          key={at}
          title={t('Defects that integration found in {0}', sides[at] ?? '')}
          aside={String(found.length)}
        >
          {found.length === 0 && <p className="muted">{t('None.')}</p>}
          <ul className="account-list">
            {found.slice(0, mostFound).map(({ gate, check, blamed, atMs, reason }, index) => (
              <li key={index}>
                <span className="muted num">{runTime(atMs)}</span>{' '}
                {t('{0}, {1}: held against {2}.', nodeName(gate), check, blamed)}{' '}
                <span className="muted">{reason}</span>
              </li>
            ))}
          </ul>
          {found.length > mostFound && (
            <p className="small muted">{t('And {0} more.', found.length - mostFound)}</p>
          )}
        </Part>
      ))}
    </div>
  );
}

const mostFound = 20;
