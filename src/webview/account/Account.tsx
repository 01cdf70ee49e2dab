import type { ReactElement } from 'react';
import type { Account as RunAccount } from '../../core/projections/account-shape.ts';
import type { Accounted } from '../../core/projections/account.ts';
import { counted, duration } from '../../core/projections/words.ts';
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
    <main className="account scrolls" aria-label="Account">
      <Time accounted={accounted} />
      <div className="account-pair">
        <Handoffs account={account} />
        <Attempts account={account} />
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
      ? 'nothing saved yet'
      : `${duration(savedMs)} saved, ${speedup.toFixed(1)}×`;
  const longest = Math.max(1, activeMs, sequentialMs);
  const over = replayed.state.phase.at === 'finished';
  return (
    <Part title="Actual and sequential" aside={`${outcome ?? 'so far'} · ${gain}`}>
      <div className="account-bars">
        {(
          [
            ['Actual', activeMs, 'without the time in which it only waited for you'],
            ['Sequential', sequentialMs, 'the same work, one piece after the other'],
          ] as const
        ).map(([name, ms, says]) => (
          <div key={name} className={`account-bar account-${name.toLowerCase()}`}>
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
          ['Elapsed', duration(elapsedMs)],
          ['Speed-up', speedup === null ? 'not known yet' : `${speedup.toFixed(1)}×`],
          ['First working build', firstWorkingMs === null ? 'none yet' : duration(firstWorkingMs)],
          ['Builders at work', duration(buildMs)],
          ['Reviewers at work', duration(judgeMs)],
          ['Ready, not begun, no reason named', duration(pools.unheldMs)],
          ['Taken over by another driver', counted(account.resumes, 'time')],
        ]}
      />
      {over && key !== null && (
        <p className="small">
          <FileLink onClick={() => host.act({ do: 'open-postmortem', key })}>
            Open the postmortem
          </FileLink>
        </p>
      )}
    </Part>
  );
}

function Handoffs({ account: { handoffs } }: { account: RunAccount }): ReactElement {
  const { requested, received, open, withdrawn, partial, medianMs, longestMs, waitedMs } = handoffs;
  return (
    <Part title="Handoffs">
      {requested === 0 ? (
        <p className="muted">Nothing was handed over, and nobody asked for anything.</p>
      ) : (
        <Facts
          of={[
            ['Requested', String(requested)],
            ['Received', String(received)],
            ['On the way', String(open)],
            ['Withdrawn', String(withdrawn)],
            ['Delivered in part', counted(partial, 'time')],
            ['Request to receipt, the middle one', medianMs === null ? '–' : duration(medianMs)],
            ['Request to receipt, the longest', longestMs === null ? '–' : duration(longestMs)],
            ['Builders did nothing but wait', duration(waitedMs)],
          ]}
        />
      )}
    </Part>
  );
}

function Attempts({ account }: { account: RunAccount }): ReactElement {
  const { attempts, verdicts, conflicts, lateResults, unstableChecks } = account;
  const abandoned = Object.values(attempts.abandoned).reduce((sum, count) => sum + count, 0);
  return (
    <Part title="Attempts">
      <Facts
        of={[
          ['Handed in', String(attempts.submissions)],
          ['Ended without a submission', String(abandoned)],
          ['Judgings', String(attempts.judgings)],
          ['PASS', String(verdicts.PASS)],
          ['FAIL', String(verdicts.FAIL)],
          ['NEEDS_REVISION', String(verdicts.NEEDS_REVISION)],
          ['Did not fit the others', String(attempts.integrationFailures)],
          ['Did not pass with the real thing', String(attempts.confirmationFailures)],
          ['Findings exchanged', String(attempts.feedback)],
          ['Conflicts', String(conflicts.length)],
          ['Checks with two outcomes', String(unstableChecks.length)],
          ['Late results', String(lateResults)],
        ]}
      />
    </Part>
  );
}
