import { useState, type ReactElement } from 'react';
import { rich } from '../parts/rich.tsx';
import { t } from '../../core/language.ts';
import { poolKinds } from '../../core/plan/plan.ts';
import type { Account } from '../../core/projections/account-shape.ts';
import { idleWords, stepWords } from '../../core/projections/account-words.ts';
import { runTime } from '../../core/projections/figures.ts';
import { nodeName } from '../../core/projections/node-words.ts';
import type { IdleReason } from '../../core/projections/pool-times.ts';
import { duration } from '../../core/projections/words.ts';
import type { RunState } from '../../core/state.ts';
import { TextLink } from '../parts/controls.tsx';
import { Part } from './Part.tsx';

/** Stretches that are drawn at once: the last ones decided the end. */
const shownSteps = 12;

/** The chain that decided when it ended. */
export function Path({ account }: { account: Account }): ReactElement {
  const { criticalPath, elapsedMs } = account.time;
  const [all, setAll] = useState(false);
  const onPath = criticalPath.reduce((sum, { ms }) => sum + ms, 0);
  const longest = Math.max(1, ...criticalPath.map(({ ms }) => ms));
  const shown = all ? criticalPath : criticalPath.slice(-shownSteps);
  if (criticalPath.length === 0) {
    return (
      <Part title={t('Critical path')}>
        <p className="muted">{t('Nothing has taken any time yet.')}</p>
      </Part>
    );
  }
  return (
    <Part
      title={t('Critical path')}
      aside={t(
        'the chain that decided the end · {0} of {1}',
        duration(onPath),
        duration(elapsedMs),
      )}
    >
      <table className="table account-table" aria-label={t('Critical path')}>
        <thead>
          <tr>
            <th scope="col" className="right account-narrow">
              {t('At')}
            </th>
            <th scope="col">{t('What')}</th>
            <th scope="col">{t('Was')}</th>
            <th scope="col" className="right account-narrow">
              {t('Took')}
            </th>
            <th scope="col" className="leaves">
              <span className="unseen">{t('Share')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ node, doing, attempt, fromMs, ms }, index) => (
            <tr key={index}>
              <td className="right muted">{runTime(fromMs)}</td>
              <td className="strong">{nodeName(node)}</td>
              <td>
                {stepWords(doing)}
                {attempt > 1 && <span className="muted"> {rich('attempt {0}', attempt)}</span>}
              </td>
              <td className="right">{duration(ms)}</td>
              <td className="leaves">
                <span className="account-track" aria-hidden="true">
                  <i style={{ width: `${(100 * ms) / longest}%` }} />
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length < criticalPath.length && (
        <TextLink className="small" onClick={() => setAll(true)}>
          {rich('Show all {0}', criticalPath.length)}
        </TextLink>
      )}
    </Part>
  );
}

interface Props {
  readonly account: Account;
  readonly state: RunState;
}

/** How long each stream was worked on, and why nobody worked on it otherwise. */
export function Streams({ account, state }: Props): ReactElement {
  const titles = new Map(state.plan.streams.map(({ id, title }) => [id, title]));
  return (
    <Part title={t('Streams')} aside={t('worked on, and unfinished with nobody at work')}>
      <table className="table account-table" aria-label={t('Time of streams')}>
        <tbody>
          {account.streams.map(({ id, busyMs, idleMs }) => (
            <tr key={id}>
              <th scope="row">{titles.get(id) ?? id}</th>
              <td className="right account-narrow">{duration(busyMs)}</td>
              <td className="muted">{rich('idle {0}', idleWords(idleMs))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Part>
  );
}

const reasons = (): Readonly<Record<IdleReason, string>> => ({
  paused: t('paused'),
  'review-pressure': t('reviewers were behind'),
  resource: t('a resource was held'),
  budget: t('a budget was used up or reserved'),
  provider: t('a provider served nobody'),
  cancelling: t('it was being cancelled'),
  checking: t('prerequisites were checked'),
  lacking: t('prerequisites were missing'),
  over: t('the run was over'),
  'nothing-ready': t('nothing was ready'),
});

/** What the places of each pool did. */
export function Pools({ account, state }: Props): ReactElement {
  return (
    <Part title={t('Pools')} aside={t('time of all their places')}>
      <table className="table account-table" aria-label={t('Time of pools')}>
        <tbody>
          {poolKinds.map((pool) => {
            const { workMs, idleMs } = account.pools[pool];
            const idle = (Object.entries(idleMs) as [IdleReason, number][])
              .sort(([, a], [, b]) => b - a)
              .map(([why, ms]) => `${duration(ms)} ${reasons()[why]}`);
            return (
              <tr key={pool}>
                <th scope="row">
                  {pool} <span className="muted">({state.plan.pools[pool].max})</span>
                </th>
                <td className="right account-narrow">{duration(workMs)}</td>
                <td className="muted">
                  {rich('idle {0}', idle.length === 0 ? t('never') : idle.join(', '))}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Part>
  );
}
