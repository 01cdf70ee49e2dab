import { useMemo } from 'react';
import { t } from '../../core/language.ts';
import { useNow } from '../clock.ts';
import { host } from '../host.ts';
import { Icon } from '../parts/Icon.tsx';
import { Section } from '../parts/Section.tsx';
import { TextLink } from '../parts/controls.tsx';
import { useDriven, useStandstill } from '../standstill.ts';
import { budgetGroups, type BudgetGroup } from './budget-groups.ts';
import type { ShownModule } from './shown-module.ts';

/** Every budget that pays for the module's work: what is used, what is reserved, and the limit. */
export function BudgetsSection({ shown }: { readonly shown: ShownModule }) {
  const { state } = shown.chronicle;
  const running = useDriven();
  const ticking = useNow(10_000);
  // The run's own clock stands still while nobody drives it.
  const now = running ? Math.max(ticking, state.at) : state.at;
  const groups = useMemo(() => budgetGroups(shown, now), [shown, now]);
  const tight = groups.filter((group) => group.tight).length;
  return (
    <Section
      title={t('Budgets')}
      aside={tight === 0 ? undefined : t('· {0} nearly or wholly used', tight)}
    >
      <table className="budgets drawer-body" aria-label={t('Budgets')}>
        <thead>
          <tr>
            <th scope="col">{t('Of')}</th>
            <th scope="col">{t('Used')}</th>
            <th scope="col">{t('Reserved')}</th>
            <th scope="col">{t('Limit')}</th>
          </tr>
        </thead>
        {groups.map((group) => (
          <Group key={group.scope} group={group} over={state.phase.at === 'finished'} />
        ))}
      </table>
    </Section>
  );
}

function Group({ group, over }: { readonly group: BudgetGroup; readonly over: boolean }) {
  const { scope, name, rows, tight, inFull } = group;
  const mayAct = useStandstill() === null;
  return (
    <tbody>
      <tr className="budget-of">
        <th scope="rowgroup" colSpan={4}>
          <span className="row gap-6">
            <span className="ellipsis">{name}</span>
            {tight && mayAct && !over && (
              <TextLink className="small" onClick={() => host.act({ do: 'raise-budget', scope })}>
                {t('Raise…')}
              </TextLink>
            )}
          </span>
        </th>
      </tr>
      {rows.map(({ name: what, used, reserved, limit, exhausted }) => (
        <tr key={what}>
          <th scope="row">
            {what}
            {exhausted && <Icon name="error" tone="fail" size={12} label={t('used up')} />}
          </th>
          <td>{used}</td>
          <td>{reserved}</td>
          <td>{limit}</td>
        </tr>
      ))}
      {inFull !== '' && (
        <tr>
          <td className="budget-note muted" colSpan={4}>
            {inFull}
          </td>
        </tr>
      )}
    </tbody>
  );
}
