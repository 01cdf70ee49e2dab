import { useState, type ReactElement } from 'react';
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
      <Part title="Critical path">
        <p className="muted">Nothing has taken any time yet.</p>
      </Part>
    );
  }
  return (
    <Part
      title="Critical path"
      aside={`the chain that decided the end · ${duration(onPath)} of ${duration(elapsedMs)}`}
    >
      <table className="table account-table" aria-label="Critical path">
        <thead>
          <tr>
            <th scope="col" className="right account-narrow">
              At
            </th>
            <th scope="col">What</th>
            <th scope="col">Was</th>
            <th scope="col" className="right account-narrow">
              Took
            </th>
            <th scope="col" className="leaves">
              <span className="unseen">Share</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ node, doing, attempt, fromMs, ms }, index) => (
            <tr key={index}>
              <td className="right muted">{runTime(fromMs)}</td>
              <td className="strong">{nodeName(node)}</td>
              <td>
                {stepWords[doing]}
                {attempt > 1 && <span className="muted"> attempt {attempt}</span>}
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
          Show all {criticalPath.length}
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
    <Part title="Streams" aside="worked on, and unfinished with nobody at work">
      <table className="table account-table" aria-label="Time of streams">
        <tbody>
          {account.streams.map(({ id, busyMs, idleMs }) => (
            <tr key={id}>
              <th scope="row">{titles.get(id) ?? id}</th>
              <td className="right account-narrow">{duration(busyMs)}</td>
              <td className="muted">idle {idleWords(idleMs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Part>
  );
}

const reasons: Readonly<Record<IdleReason, string>> = {
  paused: 'paused',
  'review-pressure': 'reviewers were behind',
  resource: 'a resource was held',
  budget: 'a budget was used up or reserved',
  provider: 'a provider served nobody',
  cancelling: 'it was being cancelled',
  checking: 'prerequisites were checked',
  lacking: 'prerequisites were missing',
  over: 'the run was over',
  'nothing-ready': 'nothing was ready',
};

/** What the places of each pool did. */
export function Pools({ account, state }: Props): ReactElement {
  return (
    <Part title="Pools" aside="time of all their places">
      <table className="table account-table" aria-label="Time of pools">
        <tbody>
          {poolKinds.map((pool) => {
            const { workMs, idleMs } = account.pools[pool];
            const idle = (Object.entries(idleMs) as [IdleReason, number][])
              .sort(([, a], [, b]) => b - a)
              .map(([why, ms]) => `${duration(ms)} ${reasons[why]}`);
            return (
              <tr key={pool}>
                <th scope="row">
                  {pool} <span className="muted">({state.plan.pools[pool].max})</span>
                </th>
                <td className="right account-narrow">{duration(workMs)}</td>
                <td className="muted">idle {idle.length === 0 ? 'never' : idle.join(', ')}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Part>
  );
}
