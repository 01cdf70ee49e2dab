import { useMemo, useRef } from 'react';
import { rich } from '../parts/rich.tsx';
import { plural, t } from '../../core/language.ts';
import { tokens } from '../../core/projections/figures.ts';
import { briefMoney, moneyKnowledge, moneyNote } from '../../core/projections/money-known.ts';
import { needsYou } from '../../core/projections/needs-you.ts';
import { poolLine, poolStatuses } from '../../core/projections/pools.ts';
import type { Replayed } from '../../core/projections/timeline.ts';
import type { Driver } from '../../protocol/board.ts';
import { useNow } from '../clock.ts';
import { NeedsYouChip } from '../parts/Chip.tsx';
import { Icon } from '../parts/Icon.tsx';
import { useDriven } from '../standstill.ts';
import { useBoard } from '../store.ts';
import { Course } from './Course.tsx';
import { atWork, elapsed, limitMoney, saved, type Figure } from './figures.ts';
import './Header.css';
import { Metric, type Leaves } from './Metric.tsx';
import { phaseWord } from './phase.ts';
import { RunControls } from './RunControls.tsx';
import { useLeaving } from './use-leaving.ts';
import { Unhurried } from './Unhurried.tsx';
import { WaitingMetric } from './WaitingMetric.tsx';

/** What the run as a whole is at, in figures, and what can be done with it as a whole. */
export function Header({ chronicle }: { readonly chronicle: Replayed }) {
  const moment = useBoard((state) => state.moment);
  const now = useBoard((state) => state.driver);
  // Nobody drives the past, and nobody is missed there.
  const driver = moment === null ? now : 'here';
  const over = chronicle.state.phase.at === 'finished';
  const metrics = useRef<HTMLDivElement>(null);
  useLeaving(metrics);
  return (
    <header className="header">
      <div ref={metrics} className="header-metrics">
        <Phase chronicle={chronicle} driver={driver} />
        <NeedsYou chronicle={chronicle} />
        <Sealed chronicle={chronicle} />
        {over ? (
          <Delivered chronicle={chronicle} />
        ) : (
          <AtWork chronicle={chronicle} driver={driver} />
        )}
        {!over && (
          <Unhurried value={chronicle.state} state={chronicle.state}>
            {(state) => <WaitingMetric state={state} />}
          </Unhurried>
        )}
        <Unhurried value={chronicle} state={chronicle.state}>
          {(at) => (
            <Time chronicle={at} of={saved} label={t('Saved vs sequential')} leaves="second" />
          )}
        </Unhurried>
        <Spent chronicle={chronicle} />
        <Unhurried value={chronicle} state={chronicle.state}>
          {(at) => (
            <Time
              chronicle={at}
              of={elapsed}
              label={over ? t('Elapsed') : t('Elapsed · ETA')}
              leaves="sixth"
            />
          )}
        </Unhurried>
      </div>
      <RunControls chronicle={chronicle} driver={driver} />
    </header>
  );
}

interface Shown {
  readonly chronicle: Replayed;
}

function Phase({ chronicle, driver }: Shown & { readonly driver: Driver }) {
  const { artifact } = chronicle.state.plan;
  const { run } = chronicle.state;
  const { word, icon, tone, spin } = phaseWord(chronicle, driver);
  const elsewhere = driver === 'elsewhere' ? t(' · driven by another window') : '';
  return (
    <div
      className="metric metric-phase"
      title={t('{0}, run {1}{2}', artifact.name, run, elsewhere)}
    >
      <div className="metric-label">
        {rich(
          '{0} · run {1}{2}{3}',
          artifact.name,
          run.slice(-4),
          chronicle.state.way === 'sequential' && t(' · in sequence'),
          driver === 'elsewhere' && (
            <span className="elsewhere">
              <Icon name="link-external" size={12} /> {t('driven by another window')}
            </span>
          ),
        )}
      </div>
      <div className="metric-value metric-word">
        <Icon name={icon} tone={tone} size={14} spin={spin} />
        {word}
      </div>
    </div>
  );
}

function NeedsYou({ chronicle }: Shown) {
  const open = useBoard((state) => state.open);
  const count = useMemo(() => needsYou(chronicle.state).length, [chronicle]);
  if (count === 0) return null;
  return (
    <div className="metric metric-needs">
      <button
        type="button"
        className="plain-button"
        title={t('Show what waits for you')}
        onClick={() => open('gates')}
      >
        <NeedsYouChip count={count} />
      </button>
    </div>
  );
}

function Sealed({ chronicle }: Shown) {
  const { sealed, modules } = chronicle.state;
  return (
    <Metric
      label={t('Sealed')}
      leaves="eighth"
      title={t('{0} of {1} sealed', sealed, plural(modules.length, '{0} module', '{0} modules'))}
    >
      {sealed}/{modules.length}
      <Course state={chronicle.state} />
    </Metric>
  );
}

function AtWork({ chronicle, driver }: Shown & { readonly driver: Driver }) {
  const ordered = useMemo(() => atWork(chronicle.state), [chronicle]);
  // What was at work when the driver went is lost, or is done again when another takes over.
  const { modules, gates } = driver === 'nobody' ? { modules: 0, gates: 0 } : ordered;
  const pools = useMemo(() => poolStatuses(chronicle.state), [chronicle]);
  const what = t(
    '{0} and {1} at work',
    plural(modules, '{0} module', '{0} modules'),
    plural(gates, '{0} gate', '{0} gates'),
  );
  const title = [what, ...pools.map(poolLine)].join('\n');
  const running = modules + gates;
  return (
    <Metric label={t('At work')} leaves="third" title={title}>
      {running > 0 && <Icon name="sync" tone="run" size={12} spin />}
      {running === 0 ? t('nothing') : t('{0} running', running)}
    </Metric>
  );
}

function Delivered({ chronicle }: Shown) {
  const { delivered } = chronicle.timeline;
  const { phase } = chronicle.state;
  const reason = phase.at === 'finished' ? phase.reason : '';
  if (delivered === null) {
    return (
      <Metric label={t('Outcome')} leaves="seventh" title={reason}>
        <span className="metric-cut">{reason === '' ? t('nothing delivered') : reason}</span>
      </Metric>
    );
  }
  const { kind, name } = delivered;
  return (
    <Metric
      label={kind === 'branch' ? t('Delivered to branch') : t('Delivered to folder')}
      leaves="seventh"
      title={name}
    >
      <Icon name={kind === 'branch' ? 'git-branch' : 'folder'} size={12} tone="muted" />
      <span className="metric-cut">{name}</span>
    </Metric>
  );
}

function Spent({ chronicle }: Shown) {
  const { spent, plan } = chronicle.state;
  const known = moneyKnowledge(chronicle);
  return (
    <>
      <Metric
        label={t('Tokens')}
        leaves="first"
        title={t('{0} of {1}', spent.tokens, plan.budget.tokens)}
      >
        {tokens(spent.tokens)} <small>{rich('of {0}', tokens(plan.budget.tokens))}</small>
      </Metric>
      <Metric label={t('Cost')} leaves="fourth" title={moneyNote(known)}>
        {briefMoney(spent.microUsd, known)}{' '}
        <small>{rich('of {0}', limitMoney(plan.budget.microUsd))}</small>
      </Metric>
    </>
  );
}

interface TimeProps extends Shown {
  readonly of: (chronicle: Replayed, at: number) => Figure;
  readonly label: string;
  readonly leaves: Leaves;
}

/** A figure that goes on while nothing happens. */
function Time({ chronicle, of, label, leaves }: TimeProps) {
  const now = useNow();
  const driven = useDriven();
  // The run's own clock stands still while nobody drives it.
  const at = driven ? now : chronicle.state.at;
  const { value, beside, title } = useMemo(() => of(chronicle, at), [of, chronicle, at]);
  return (
    <Metric label={label} leaves={leaves} title={title}>
      {value}
      {beside !== '' && <small>{leaves === 'sixth' ? `· ${beside}` : beside}</small>}
    </Metric>
  );
}
