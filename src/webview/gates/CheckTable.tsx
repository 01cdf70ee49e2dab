import type { ReactElement } from 'react';
import { t } from '../../core/language.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import { duration } from '../../core/projections/words.ts';
import type { CheckOutcome, CheckResult } from '../../core/verdict.ts';
import { Icon } from '../parts/Icon.tsx';
import type { Tone } from '../parts/looks.ts';
import type { BehindCheck } from './gate-checks.ts';

const outcomes = (): Readonly<
  Record<CheckOutcome, { icon: string; tone: Tone; word: string }>
> => ({
  passed: { icon: 'pass', tone: 'pass', word: t('passed') },
  failed: { icon: 'error', tone: 'fail', word: t('failed') },
  'timed-out': { icon: 'watch', tone: 'fail', word: t('timed out') },
  unstable: { icon: 'warning', tone: 'revise', word: t('gave two outcomes') },
});

/** The latest results of checks, one a row. */
export function CheckTable({ checks }: { checks: readonly BehindCheck[] }): ReactElement {
  if (checks.length === 0) {
    return <p className="need-text muted">{t('Nothing of it was checked anew in this run.')}</p>;
  }
  return (
    <table className="table check-table" aria-label={t('Checks')}>
      <tbody>
        {checks.map(({ of, result }) => (
          <Row key={`${of} ${result.check}`} of={of} result={result} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ of, result }: BehindCheck): ReactElement {
  const { icon, tone, word } = outcomes()[result.outcome];
  const name = oneLine(result.check, 60);
  return (
    <tr>
      <td>
        <Icon {...{ name: icon, tone, size: 14, label: word }} />
      </td>
      <td className="strong" title={name}>
        {name}
      </td>
      <td className="muted" title={of}>
        {result.outcome === 'passed' ? of : `${of} · ${word}`}
      </td>
      <td className="right">{tests(result)}</td>
      <td className="right muted" title={result.cached ? t('from the cache') : undefined}>
        {result.cached ? t('cached') : duration(result.durationMs)}
      </td>
    </tr>
  );
}

function tests({ passed, failed }: CheckResult): string {
  return passed + failed === 0 ? '' : `${passed}/${passed + failed}`;
}
