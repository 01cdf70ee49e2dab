import { useState, type ReactElement } from 'react';
import { rich } from '../parts/rich.tsx';
import { t } from '../../core/language.ts';
import type { Account } from '../../core/projections/account-shape.ts';
import { howWords } from '../../core/projections/account-words.ts';
import { evidenceLine } from '../../core/projections/evidence-words.ts';
import { runTime } from '../../core/projections/figures.ts';
import { nodeName } from '../../core/projections/node-words.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import { listed } from '../../core/projections/words.ts';
import { VerdictChip } from '../parts/Chip.tsx';
import { TextLink } from '../parts/controls.tsx';
import { Part } from './Part.tsx';

/** Rows of one list that are drawn at once. */
const pageOfRows = 30;

/** Where defects were caught: alone by evaluators, or only together by integration. */
export function Defects({ account }: { account: Account }): ReactElement {
  const { caughtByEvaluators: alone, caughtByIntegration: together } = account;
  const [most, setMost] = useState(pageOfRows);
  return (
    <Part
      title={t('Defects that gates caught')}
      aside={t('{0} by evaluators, {1} by integration', alone.length, together.length)}
    >
      {alone.length + together.length === 0 && <p className="muted">{t('None so far.')}</p>}
      {alone.length > 0 && (
        <table
          className="table account-table account-wraps"
          aria-label={t('Defects by evaluators')}
        >
          <thead>
            <tr>
              <th scope="col">{t('Module')}</th>
              <th scope="col">{t('Verdict')}</th>
              <th scope="col">{t('What')}</th>
              <th scope="col">{t('Mended by')}</th>
            </tr>
          </thead>
          <tbody>
            {alone
              .slice(0, most)
              .map(({ module, attempt, verdict, summary, evidence, mendedBy }, i) => (
                <tr key={i}>
                  <td>
                    <span className="strong">{module}</span>{' '}
                    <span className="small muted">{rich('attempt {0}', attempt)}</span>
                  </td>
                  <td>
                    <VerdictChip verdict={verdict} />
                  </td>
                  <td>{evidenceLine(evidence) || oneLine(summary, 240)}</td>
                  <td className="muted">
                    {mendedBy === null ? t('not yet') : t('attempt {0}', mendedBy)}
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      )}
      {alone.length > most && (
        <TextLink className="small" onClick={() => setMost(Infinity)}>
          {rich('Show all {0}', alone.length)}
        </TextLink>
      )}
      {together.length > 0 && (
        <ul className="account-list" aria-label={t('Defects by integration')}>
          {together
            .slice(0, most)
            .map(({ gate, check, between, blamed, how, atMs, reason, evidence }, i) => (
              <li key={i}>
                <span className="muted num">{runTime(atMs)}</span>{' '}
                <span className="strong">
                  {nodeName(gate)}, {oneLine(check, 60)}
                </span>
                {rich(
                  ': between {0}; {1} was reopened ({2}). {3}',
                  listed(between, 10),
                  blamed,
                  howWords(how),
                  oneLine(reason, 300),
                )}{' '}
                <span className="muted">{evidenceLine(evidence)}</span>
              </li>
            ))}
        </ul>
      )}
    </Part>
  );
}

/** Each new version of a contract and each reopening, with who and why. */
export function Changes({
  account: { amendments, reopenings },
}: {
  account: Account;
}): ReactElement {
  const [most, setMost] = useState(pageOfRows);
  const rows = [
    ...amendments.map(({ atMs, module, version, source, by, reason }) => ({
      ...{ atMs, module, what: t('contract v{0}', version), how: source, by, reason },
    })),
    ...reopenings.map(({ atMs, module, cause, by, reason }) => ({
      ...{ atMs, module, what: 'reopened', how: cause, by, reason },
    })),
  ].sort((a, b) => a.atMs - b.atMs);
  return (
    <Part
      title={t('Amendments and reopenings')}
      aside={`${amendments.length} amended, ${reopenings.length} reopened`}
    >
      {rows.length === 0 && (
        <p className="muted">
          {t('None: every contract stands as it was written, and no seal was opened.')}
        </p>
      )}
      <ul className="account-list">
        {rows.slice(0, most).map(({ atMs, module, what, how, by, reason }, i) => (
          <li key={i}>
            <span className="muted num">{runTime(atMs)}</span>{' '}
            <span className="strong">{module}</span> {what}{' '}
            <span className="muted">
              ({how}, {oneLine(by, 60)})
            </span>
            : {oneLine(reason, 400)}
          </li>
        ))}
      </ul>
      {rows.length > most && (
        <TextLink className="small" onClick={() => setMost(Infinity)}>
          {rich('Show all {0}', rows.length)}
        </TextLink>
      )}
    </Part>
  );
}
