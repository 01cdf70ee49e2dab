import { useMemo, type ReactElement } from 'react';
import { rich } from '../parts/rich.tsx';
import { plural, t } from '../../core/language.ts';
import { poolStatuses, type PoolStatus } from '../../core/projections/pools.ts';
import { poolName } from '../../core/projections/scope-words.ts';
import type { RunState } from '../../core/state.ts';
import { host } from '../host.ts';
import { Bar } from '../parts/Bar.tsx';
import { TextLink } from '../parts/controls.tsx';
import { Icon } from '../parts/Icon.tsx';
import { useStandstill } from '../standstill.ts';
import './PoolList.css';

/** How full each pool is, how much waits for it, and what holds that back. */
export function PoolList({ state }: { state: RunState }): ReactElement {
  const pools = useMemo(() => poolStatuses(state), [state]);
  return (
    <ul className="pools" aria-label={t('Pools')}>
      {pools.map((pool) => (
        <Pool key={pool.pool} pool={pool} />
      ))}
    </ul>
  );
}

/** What a person can do about agents that are waited for. */
export function Remedies({ pool }: Pick<PoolStatus, 'pool'>): ReactElement | null {
  if (useStandstill() !== null) return null;
  return (
    <>
      {' · '}
      <TextLink onClick={() => host.act({ do: 'retry-provider' })}>{t('Try again now')}</TextLink>
      {' · '}
      <TextLink onClick={() => host.act({ do: 'switch-agents', pool })}>
        {rich('Switch {0}…', poolName(pool))}
      </TextLink>
    </>
  );
}

function Pool({
  pool: { pool, max, atWork, waiting, hold, says },
}: {
  pool: PoolStatus;
}): ReactElement {
  const size = t('{0} of {1} at work', atWork, max);
  return (
    <li>
      <div className="row gap-6">
        <span className="pool-name">{poolName(pool)}</span>
        <span className="spacer" />
        <span className="small muted num nowrap">{size}</span>
      </div>
      <Bar
        percent={(100 * atWork) / Math.max(1, max)}
        tone="run"
        label={`${poolName(pool)}: ${size}`}
      />
      {waiting === 0 ? (
        <div className="small muted">{t('Nothing waits.')}</div>
      ) : (
        <div className="small pool-hold">
          <Icon name="clockface" tone="muted" size={12} />
          <span>
            {plural(waiting, '{0} waits: {1}', '{0} wait: {1}', says)}
            {hold === 'provider' && <Remedies pool={pool} />}
          </span>
        </div>
      )}
    </li>
  );
}
