import type { ReactElement } from 'react';
import { t } from '../../core/language.ts';
import type { Account as RunAccount } from '../../core/projections/account-shape.ts';
import { bytesWords, costWords, modelWords } from '../../core/projections/usage-account.ts';
import { Facts } from './Facts.tsx';
import { Part } from './Part.tsx';

/** What models were asked and what that cost, by role and by model; and how little of it the run reads. */
export function Models({ account }: { account: RunAccount }): ReactElement {
  const { usage, orchestratorInput } = account;
  const { total, byRole, byModel } = usage;
  return (
    <Part title={t('Models')} {...(total.calls === 0 ? {} : { aside: costWords(total) })}>
      {total.calls === 0 && <p className="muted">{t('No model was asked yet.')}</p>}
      <Facts
        wide
        of={[
          ...byRole.map((cost) => [roleWords(cost.role), costWords(cost)] as const),
          ...byModel.map((cost) => [modelWords(cost), costWords(cost)] as const),
          [t('Read by the run, of one module at most'), bytesWords(orchestratorInput.most)],
        ]}
      />
    </Part>
  );
}

/** `Contract author` */
const roleWords = (role: string): string =>
  `${role.slice(0, 1).toUpperCase()}${role.slice(1).replaceAll('-', ' ')}`;
