import { rich } from '../parts/rich.tsx';
import { t } from '../../core/language.ts';
import type { ModuleId } from '../../core/ids.ts';
import type { Chronicle } from '../../core/projections/chronicle.ts';
import { moneyKnowledge } from '../../core/projections/money-known.ts';
import { money } from '../../core/projections/figures.ts';
import type { Impact, ImpactRow } from '../../core/projections/impact.ts';
import { upperFirst } from '../../core/projections/words.ts';
import type { Draft } from '../../protocol/board.ts';
import { limitMoney } from '../board/figures.ts';
import { useNow } from '../clock.ts';
import { VersionMark } from '../parts/Chip.tsx';
import { Icon } from '../parts/Icon.tsx';
import {
  addedMicroUsd,
  addedMinutes,
  etaMoves,
  summary,
  untouchedWords,
  whatWords,
} from './follow.ts';
import { FollowGraph } from './FollowGraph.tsx';

interface Props {
  readonly chronicle: Chronicle;
  readonly module: ModuleId;
  readonly kind: Draft['kind'];
  readonly follows: Impact | { readonly refused: string };
}

/** What is built and judged again because of it, by the rules themselves, before it is done. */
export function WhatFollows({ chronicle, module, kind, follows }: Props) {
  if ('refused' in follows) {
    return (
      <div className="amendment-follows scrolls">
        <h2>{t('What follows')}</h2>
        <p className="row">
          <Icon name="circle-slash" tone="fail" size={14} />{' '}
          {rich('This cannot be done now: {0}.', follows.refused)}
        </p>
      </div>
    );
  }
  const untouched = untouchedWords(follows);
  return (
    <div className="amendment-follows scrolls">
      <h2>
        {t('What follows')} <span className="small muted follows-sum">{summary(follows)}</span>
      </h2>
      <FollowGraph {...{ chronicle, module, kind, follows, untouched }} />
      <table className="follows">
        <thead>
          <tr>
            <th>{t('Module')}</th>
            <th>{t('Contract')}</th>
            <th>{t('What happens')}</th>
            <th className="follows-why">{t('Why')}</th>
            <th className="num">{t('Time')}</th>
            <th className="num">{t('Cost')}</th>
          </tr>
        </thead>
        <tbody>
          {follows.rows.map((row) => (
            <Row key={row.module} row={row} />
          ))}
          <Sum follows={follows} />
        </tbody>
      </table>
      <Note chronicle={chronicle} follows={follows} />
    </div>
  );
}

function Row({ row }: { readonly row: ImpactRow }) {
  const { module, from, to, what, why, minutes, microUsd } = row;
  const judged = what === 'judged-again';
  return (
    <tr>
      <th scope="row">{module}</th>
      <td>
        <span className="row gap-4">
          <VersionMark version={from} amended={from > 1} />
          {from !== to && (
            <>
              <Icon name="arrow-right" tone="muted" size={12} label={t('to')} />
              <VersionMark version={to} amended />
            </>
          )}
        </span>
      </td>
      <td>
        <span className="row gap-6">
          <Icon name={judged ? 'law' : 'sync'} tone={judged ? 'review' : 'run'} size={14} />
          {whatWords()[what]}
        </span>
        <div className="follows-why-below muted">{why}</div>
      </td>
      <td className="muted follows-why">{why}</td>
      <td className="num">{minutes === 0 ? '–' : `${Math.ceil(minutes)} min`}</td>
      <td className="num">{microUsd === null ? <Unknown /> : money(microUsd)}</td>
    </tr>
  );
}

const Unknown = () => (
  <span
    className="muted"
    title={t('It never happened in this run, or its agents do not tell what they cost')}
  >
    {t('not known')}
  </span>
);

function Sum({ follows }: { readonly follows: Impact }) {
  const cost = addedMicroUsd(follows);
  // Of some of it nobody knows what it will cost.
  const rest = follows.rows.some(({ microUsd }) => microUsd === null) ? ' + ?' : '';
  const by = t('by the estimates, and by what it cost before');
  return (
    <tr className="follows-total">
      <th scope="row" colSpan={3}>
        {t('Expected in all')}
        <div className="follows-why-below muted">{by}</div>
      </th>
      <td className="muted follows-why">{by}</td>
      <td className="num">{addedMinutes(follows.minutes)}</td>
      <td className="num">{cost === null ? <Unknown /> : `+${money(cost)}${rest}`}</td>
    </tr>
  );
}

interface NoteProps {
  readonly chronicle: Chronicle;
  readonly follows: Impact;
}

function Note({ chronicle, follows }: NoteProps) {
  const now = useNow(5_000);
  const eta = etaMoves(chronicle, follows, now);
  const { budget } = chronicle.state.plan;
  const cost = addedMicroUsd(follows);
  const isKnown =
    moneyKnowledge(chronicle) === 'known' &&
    follows.rows.every(({ microUsd }) => microUsd !== null);
  const left = budget.microUsd - chronicle.state.spent.microUsd - (cost ?? 0);
  return (
    <div className="follows-note medium">
      <Icon name="info" tone="run" />
      <div>
        {eta !== null && (
          <>
            {rich(
              'ETA moves from {0} to {1}.',
              <b className="num">{eta.from}</b>,
              <b className="num">{eta.to}</b>,
            )}{' '}
          </>
        )}
        {cost !== null && isKnown && (
          <>
            {rich(
              'Budget left after this: {0} of {1}.',
              <b className="num">{money(left)}</b>,
              <span className="num">{limitMoney(budget.microUsd)}</span>,
            )}{' '}
          </>
        )}
        {follows.gates.length === 0
          ? t('No tier or gate was judged yet that would be judged again.')
          : follows.gates.map(({ name, says }) => (
              <span key={name}>
                <b>{upperFirst(name)}</b> {says}.{' '}
              </span>
            ))}
      </div>
    </div>
  );
}
