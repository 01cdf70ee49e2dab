import { useMemo, type ReactElement } from 'react';
import { plural, t } from '../../core/language.ts';
import type { Chronicle } from '../../core/projections/chronicle.ts';
import { runTime } from '../../core/projections/figures.ts';
import { poolStatuses } from '../../core/projections/pools.ts';
import { duration } from '../../core/projections/words.ts';
import { poolName } from '../../core/projections/scope-words.ts';
import { Icon } from '../parts/Icon.tsx';
import { Remedies } from './PoolList.tsx';

/** The pools in a line: how full each is, what waits for it and why; and how long work was held. */
export function PoolLine({ chronicle }: { readonly chronicle: Chronicle }): ReactElement {
  const { state, timeline } = chronicle;
  const pools = useMemo(() => poolStatuses(state), [state]);
  const { heldMs, unheldMs } = timeline.pools;
  const held = Object.entries(heldMs).sort(([, a], [, b]) => b - a);
  const waitedMs = held.reduce((sum, [, ms]) => sum + ms, unheldMs);
  const why = held.map(([hold, ms]) => `${hold.replaceAll('-', ' ')} ${duration(ms)}`);
  return (
    <section className="pool-line" aria-label={t('Pools')}>
      <h2>{t('Pools')}</h2>
      <ul className="pools">
        {pools.map(({ pool, max, atWork, waiting, hold, says }) => (
          <li key={pool}>
            {poolName(pool)} {atWork}/{max}{' '}
            <span className="muted">
              · {waiting === 0 ? t('nothing waits') : plural(waiting, '{0} waits', '{0} wait')}
              {says === '' ? '' : `: ${says}`}
            </span>
            {hold === 'provider' && <Remedies pool={pool} />}
          </li>
        ))}
      </ul>
      <span className="spacer" />
      <span className="pool-waited small nowrap" title={why.join(', ')}>
        <Icon
          {...(waitedMs < 1_000
            ? ({ name: 'pass', tone: 'pass' } as const)
            : ({ name: 'clockface', tone: 'muted' } as const))}
          size={14}
        />
        {t('Ready work that had to wait')} <b className="num">{runTime(waitedMs)}</b>
      </span>
    </section>
  );
}
