import type { ReactElement } from 'react';
import { decimal, plural, t } from '../../core/language.ts';
import { outcomeWords } from '../../core/projections/outcome-words.ts';
import type { Account as RunAccount } from '../../core/projections/account-shape.ts';
import type { Accounted } from '../../core/projections/account.ts';
import { duration } from '../../core/projections/words.ts';
import { host } from '../host.ts';
import { FileLink } from '../parts/FileLink.tsx';
import { useBoard } from '../store.ts';
import './Account.css';
import { Changes, Defects } from './Found.tsx';
import { Facts } from './Facts.tsx';
import { Models } from './Models.tsx';
import { Part } from './Part.tsx';
import { Path, Pools, Streams } from './Times.tsx';
import { useAccount } from './use-account.ts';

/** What the run came to so far, in figures: the same that the report tells. */
export function Account(): ReactElement | null {
  const accounted = useAccount();
  if (accounted === null) return null;
  const { account, replayed } = accounted;
  const { state } = replayed;
  return (
    <main className="account scrolls" aria-label={t('Account')}>
      <Time accounted={accounted} />
      <div className="account-pair">
        <Handoffs account={account} />
        <Attempts account={account} conflicts={state.conflicts.length} />
      </div>
      <Models account={account} />
      <Path account={account} />
      <div className="account-pair">
        <Streams account={account} state={state} />
        <Pools account={account} state={state} />
      </div>
      <Defects account={account} />
      <Changes account={account} />
    </main>
  );
}

function Time({ accounted: { account, replayed } }: { accounted: Accounted }): ReactElement {
  const { time, outcome, pools } = account;
  const { activeMs, sequentialMs, elapsedMs, speedup, firstWorkingMs, buildMs, judgeMs } = time;
  const key = useBoard((board) => board.key);
  const savedMs = sequentialMs - activeMs;
  const gain =
    speedup === null || savedMs < 1_000
      ? t('nothing saved yet')
      : t('{0} saved, {1}×', duration(savedMs), decimal(speedup, 1));
  const longest = Math.max(1, activeMs, sequentialMs);
  const over = replayed.state.phase.at === 'finished';
  return (
    <Part
      title={t('Actual and sequential')}
      aside={`${outcome === null ? t('so far') : outcomeWords(outcome)} · ${gain}`}
    >
      <div className="account-bars">
        {(
          [
            [
              'actual',
              t('Actual'),
              activeMs,
              t('without the time in which it only waited for you'),
            ],
            [
              'sequential',
              t('Sequential'),
              sequentialMs,
              t('the same work, one piece after the other'),
            ],
          ] as const
        ).map(([which, name, ms, says]) => (
          <div key={which} className={`account-bar account-${which}`}>
            <span>{name}</span>
            <span className="num">{duration(ms)}</span>
            <span className="account-track" aria-hidden="true">
              <i style={{ width: `${(100 * ms) / longest}%` }} />
            </span>
            <span className="small muted">{says}</span>
          </div>
        ))}
      </div>
      <Facts
        of={[
          [t('Elapsed, people waited for'), duration(elapsedMs)],
          [t('Speed-up'), speedup === null ? t('not known yet') : `${decimal(speedup, 1)}×`],
          [
            t('First working build'),
            firstWorkingMs === null ? t('none yet') : duration(firstWorkingMs),
          ],
          [t('Builders at work'), duration(buildMs)],
          [t('Reviewers at work'), duration(judgeMs)],
          [t('Ready, not begun, no reason named'), duration(pools.unheldMs)],
          [t('Taken over by another driver'), plural(account.resumes, '{0} time', '{0} times')],
        ]}
      />
      {over && key !== null && (
        <p className="small">
          <FileLink onClick={() => host.act({ do: 'open-postmortem', key })}>
            {t('Open the postmortem')}
          </FileLink>
        </p>
      )}
    </Part>
  );
}

function Handoffs({ account: { handoffs } }: { account: RunAccount }): ReactElement {
  const { requested, received, open, withdrawn, partial, medianMs, longestMs, waitedMs } = handoffs;
  return (
    <Part title={t('Handoffs')}>
      {requested === 0 ? (
        <p className="muted">
          {t('No handoff was planned or asked for: modules took what they need from seals.')}
        </p>
      ) : (
        <Facts
          of={[
            [t('Requested'), String(requested)],
            [t('Received'), String(received)],
            [t('On the way'), String(open)],
            [t('Withdrawn'), String(withdrawn)],
            [t('Delivered in part'), plural(partial, '{0} time', '{0} times')],
            [t('Request to receipt, the middle one'), medianMs === null ? '–' : duration(medianMs)],
            [t('Request to receipt, the longest'), longestMs === null ? '–' : duration(longestMs)],
            [t('Builders did nothing but wait'), duration(waitedMs)],
          ]}
        />
      )}
    </Part>
  );
}

interface AttemptsProps {
  readonly account: RunAccount;
  /** All that there were, as the gates tell them: what did not fit the others is one too. */
  readonly conflicts: number;
}

function Attempts({ account, conflicts }: AttemptsProps): ReactElement {
  const { attempts, verdicts, lateResults, unstableChecks } = account;
  const abandoned = Object.values(attempts.abandoned).reduce((sum, count) => sum + count, 0);
  return (
    <Part title={t('Attempts')}>
      <Facts
        of={[
          [t('Handed in'), String(attempts.submissions)],
          [t('Ended without a submission'), String(abandoned)],
          [t('Judgings'), String(attempts.judgings)],
          ['PASS', String(verdicts.PASS)],
          ['FAIL', String(verdicts.FAIL)],
          ['NEEDS_REVISION', String(verdicts.NEEDS_REVISION)],
          [t('Did not fit the others'), String(attempts.integrationFailures)],
          [t('Did not pass with the real thing'), String(attempts.confirmationFailures)],
          [t('Findings exchanged'), String(attempts.feedback)],
          [t('Conflicts'), String(conflicts)],
          [t('Checks with two outcomes'), String(unstableChecks.length)],
          [t('Late results'), String(lateResults)],
        ]}
      />
    </Part>
  );
}
