import { useMemo, type ReactElement } from 'react';
import { plural, t } from '../../core/language.ts';
import type { Chronicle } from '../../core/projections/chronicle.ts';
import { poolStatuses } from '../../core/projections/pools.ts';
import { Section } from '../parts/Section.tsx';
import { PoolList } from '../streams/PoolList.tsx';

/** The pools in a line, which is all that most need to know of them; unfolded, each of them. */
export function PoolsSection({ chronicle }: { readonly chronicle: Chronicle }): ReactElement {
  const { state } = chronicle;
  const pools = useMemo(() => poolStatuses(state), [state]);
  const sum = (of: (pool: (typeof pools)[number]) => number): number =>
    pools.reduce((all, pool) => all + of(pool), 0);
  const waiting = sum((pool) => pool.waiting);
  return (
    <Section
      {...{ title: t('Pools'), open: false }}
      action={
        <span className="small muted num nowrap">
          {t('{0} of {1} at work', ...[sum(({ atWork }) => atWork), sum(({ max }) => max)])}
          {waiting > 0 && <> · {plural(waiting, '{0} waits', '{0} wait')}</>}
        </span>
      }
    >
      <PoolList state={state} />
    </Section>
  );
}
