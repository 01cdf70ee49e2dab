import { useMemo, useState, type ReactElement } from 'react';
import { plural, t } from '../../core/language.ts';
import type { ComparedModule, ComparedPart } from '../../core/projections/compare-shape.ts';
import { sealsWords } from '../../core/projections/compare-words.ts';
import { tokens } from '../../core/projections/figures.ts';
import { briefMoney, moneyNote } from '../../core/projections/money-known.ts';
import { duration } from '../../core/projections/words.ts';
import { Part } from '../account/Part.tsx';
import { TextLink } from '../parts/controls.tsx';

/** Modules that are drawn at once. */
const pageOfModules = 100;
const columns = 9;

/** What each module took in both runs, on one scale. */
export function Modules({ modules }: { modules: readonly ComparedModule[] }): ReactElement {
  const [byDifference, setByDifference] = useState(false);
  const [most, setMost] = useState(pageOfModules);
  const sorted = useMemo(
    () => (byDifference ? modules.toSorted((a, b) => differenceMs(b) - differenceMs(a)) : modules),
    [modules, byDifference],
  );
  const longestMs = useMemo(
    () => Math.max(1, ...modules.flatMap(({ parts }) => parts.map(wholeMs))),
    [modules],
  );
  return (
    <Part title={t('Module by module')} aside={plural(modules.length, '{0} module', '{0} modules')}>
      <div className="compare-tools small">
        <span className="compare-key" aria-hidden="true">
          <i className="compare-waiting" /> {t('waiting')}
        </span>
        <span className="compare-key" aria-hidden="true">
          <i className="compare-working" /> {t('working')}
        </span>
        <span className="compare-key" aria-hidden="true">
          <i className="compare-review" /> {t('in review')}
        </span>
        <span className="spacer" />
        <TextLink onClick={() => setByDifference(!byDifference)}>
          {byDifference ? t('In the order of the plan') : t('Largest difference first')}
        </TextLink>
      </div>
      <table className="table account-table compare-modules" aria-label={t('Module by module')}>
        <thead>
          <tr>
            <th scope="col">{t('Run')}</th>
            <th scope="col" className="compare-wide">
              <span className="unseen">{t('Share')}</span>
            </th>
            <th scope="col" className="right">
              {t('Waiting')}
            </th>
            <th scope="col" className="right">
              {t('Working')}
            </th>
            <th scope="col" className="right">
              {t('In review')}
            </th>
            <th scope="col" className="right">
              {t('Attempts')}
            </th>
            <th scope="col">{t('What happened')}</th>
            <th scope="col" className="right leaves">
              {t('Tokens')}
            </th>
            <th scope="col" className="right">
              {t('Money')}
            </th>
          </tr>
        </thead>
        {sorted.slice(0, most).map((each) => (
          <tbody key={each.module}>
            <tr>
              <th scope="rowgroup" colSpan={columns} className="compare-module">
                {each.module} <span className="small muted">{sealsWords(each)}</span>
              </th>
            </tr>
            {each.parts.map((part, at) => (
              <Row key={at} {...{ side: at === 0 ? 'A' : 'B', part, longestMs }} />
            ))}
          </tbody>
        ))}
      </table>
      {modules.length > most && (
        <TextLink className="small" onClick={() => setMost(Infinity)}>
          {t('Show all {0}', modules.length)}
        </TextLink>
      )}
    </Part>
  );
}

function Row(props: { side: string; part: ComparedPart | null; longestMs: number }): ReactElement {
  const { side, part, longestMs } = props;
  if (part === null) {
    return (
      <tr>
        <th scope="row">{side}</th>
        <td colSpan={columns - 1} className="muted">
          {t('Its plan does not have it.')}
        </td>
      </tr>
    );
  }
  const { waitingMs, workingMs, reviewMs, attempts, money } = part;
  const share = (ms: number): { width: string } => ({ width: `${(100 * ms) / longestMs}%` });
  return (
    <tr>
      <th scope="row">{side}</th>
      <td className="compare-wide">
        <span className="compare-share" aria-hidden="true">
          <i className="compare-waiting" style={share(waitingMs)} />
          <i className="compare-working" style={share(workingMs)} />
          <i className="compare-review" style={share(reviewMs)} />
        </span>
      </td>
      <td className="right muted">{duration(waitingMs)}</td>
      <td className="right">{duration(workingMs)}</td>
      <td className="right">{duration(reviewMs)}</td>
      <td className="right">{attempts}</td>
      <td>{happened(part).join(', ')}</td>
      <td className="right leaves">{tokens(part.tokens)}</td>
      <td className="right" title={moneyNote(money)}>
        {briefMoney(part.microUsd, money)}
      </td>
    </tr>
  );
}

/** What did not go by itself. */
function happened(part: ComparedPart): string[] {
  const { refused, amendments, reopenings, conflicts, defects, seal } = part;
  return [
    ...(seal?.takenOver === true ? [t('taken over')] : []),
    ...(refused === 0 ? [] : [t('{0} refused', refused)]),
    ...(defects === 0 ? [] : [plural(defects, '{0} defect', '{0} defects')]),
    ...(amendments === 0 ? [] : [plural(amendments, '{0} amendment', '{0} amendments')]),
    ...(reopenings === 0 ? [] : [t('{0} reopened', reopenings)]),
    ...(conflicts === 0 ? [] : [plural(conflicts, '{0} conflict', '{0} conflicts')]),
  ];
}

const wholeMs = (part: ComparedPart | null): number =>
  part === null ? 0 : part.waitingMs + part.workingMs + part.reviewMs;

/** Of what was worked on it: whoever waits, waits for others. */
function differenceMs({ parts: [a, b] }: ComparedModule): number {
  const workMs = (part: ComparedPart | null): number =>
    part === null ? 0 : part.workingMs + part.reviewMs;
  return Math.abs(workMs(b) - workMs(a));
}
