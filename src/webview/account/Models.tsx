import type { ReactElement } from 'react';
import { t } from '../../core/language.ts';
import type { Account as RunAccount } from '../../core/projections/account-shape.ts';
import { tokens } from '../../core/projections/figures.ts';
import {
  bytesWords,
  costMoney,
  costWords,
  modelWords,
  type CostFigures,
} from '../../core/projections/usage-account.ts';
import { Facts } from './Facts.tsx';
import { Part } from './Part.tsx';
import { roleWords } from './role-words.ts';

/** What models were asked and what that cost, by role and by model; and how little of it the run reads. */
export function Models({ account }: { account: RunAccount }): ReactElement {
  const { usage, orchestratorInput } = account;
  const { total, byRole, byModel } = usage;
  const roles = byRole.map((cost) => [roleWords(cost.role), cost] as const);
  const models = byModel.map((cost) => [modelWords(cost), cost] as const);
  return (
    <Part title={t('Models')} {...(total.calls === 0 ? {} : { aside: costWords(total) })}>
      {total.calls === 0 ? (
        <p className="muted">{t('No model was asked yet.')}</p>
      ) : (
        <table className="table account-table account-models" aria-label={t('Models')}>
          <Asked title={t('By role')} of={roles} />
          <Asked title={t('By model')} of={models} />
        </table>
      )}
      <Facts
        wide
        of={[[t('Read by the run, of one module at most'), bytesWords(orchestratorInput.most)]]}
      />
    </Part>
  );
}

/** The same calls in all, told apart in one way. */
function Asked(props: {
  title: string;
  of: readonly (readonly [name: string, cost: CostFigures])[];
}): ReactElement {
  const { title, of } = props;
  return (
    <tbody>
      <tr className="account-group">
        <th scope="rowgroup">{title}</th>
        <th scope="col" className="right">
          {t('Calls')}
        </th>
        <th scope="col" className="right">
          {t('Tokens in')}
        </th>
        <th scope="col" className="right account-cached">
          {t('From the cache')}
        </th>
        <th scope="col" className="right">
          {t('Tokens out')}
        </th>
        <th scope="col" className="right">
          {t('Money')}
        </th>
      </tr>
      {of.map(([name, cost]) => (
        <tr key={name} title={costWords(cost)}>
          <th scope="row">{name}</th>
          <td className="right">{cost.calls}</td>
          <td className="right">
            {tokens(cost.input + cost.cacheRead + cost.cacheWrite)}
            {cost.untold > 0 && (
              <div className="small muted">{t('{0} of unknown kind', tokens(cost.untold))}</div>
            )}
          </td>
          <td className="right account-cached">
            {cost.cacheRead === 0 ? '–' : tokens(cost.cacheRead)}
          </td>
          <td className="right">{tokens(cost.output)}</td>
          <td className="right">{costMoney(cost)}</td>
        </tr>
      ))}
    </tbody>
  );
}
