import { useMemo, type ReactElement } from 'react';
import { rich } from '../parts/rich.tsx';
import { plural, t } from '../../core/language.ts';
import { needsYou } from '../../core/projections/needs-you.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import type { Desk, DeskRun, RunKey } from '../../protocol/board.ts';
import { host } from '../host.ts';
import { Button, IconButton } from '../parts/controls.tsx';
import { Icon } from '../parts/Icon.tsx';
import { useBoard } from '../store.ts';
import { Beginning, Broken, NoFolder, Preparing, Restricted } from './Beginning.tsx';
import { ConflictsSection } from './ConflictsSection.tsx';
import { NeedsYouSection } from './NeedsYouSection.tsx';
import { OpenRuns, PastRuns } from './RunList.tsx';
import { PoolsSection } from './PoolsSection.tsx';
import { RunSection } from './RunSection.tsx';
import './Sidebar.css';
import { StreamsSection } from './StreamsSection.tsx';

/**
 * What needs a person now, and where the run is; always in this order: what needs you, the run, its
 * streams, conflicts and pools, other runs. In 300 × 700 pixels all of it has its heading in sight.
 */
export function Sidebar(): ReactElement {
  const desk = useBoard((state) => state.desk);
  return (
    <main className="sidebar scrolls" aria-label={t('Ashlar')}>
      {desk === null ? (
        <p className="sidebar-pad muted">{t('Looking for runs…')}</p>
      ) : (
        <Runs desk={desk} />
      )}
    </main>
  );
}

function Runs({ desk }: { desk: Desk }): ReactElement {
  const { folders, runs, current, starting, trusted, broken } = desk;
  const shown = runs.find(({ key }) => isRun(key, current)) ?? null;
  const others = runs.filter((run) => run !== shown);
  const open = others.filter(({ outcome }) => outcome === null);
  const past = others.filter(({ outcome }) => outcome !== null);
  if (broken === undefined && folders.length === 0 && runs.length === 0) return <NoFolder />;
  return (
    <>
      {broken !== undefined && <Broken says={broken} />}
      {!trusted && <Restricted />}
      <Refused />
      {starting !== null && <Preparing {...starting} />}
      <Current run={shown} others={open} />
      {shown === null && starting === null && trusted && broken === undefined && (
        <Beginning folders={folders} />
      )}
      {open.length > 0 && <OpenRuns runs={open} />}
      {(broken === undefined || past.length > 0) && <PastRuns runs={past} />}
    </>
  );
}

/** The current run in full, as soon as its events are here. */
function Current(props: { run: DeskRun | null; others: readonly DeskRun[] }): ReactElement | null {
  const { run, others } = props;
  const key = useBoard((state) => state.key);
  const folded = useBoard((state) => state.chronicle);
  const chronicle = run !== null && isRun(run.key, key) ? folded : null;
  const needs = useMemo(() => (chronicle === null ? [] : needsYou(chronicle.state)), [chronicle]);
  const waiting = others.filter((other) => other.needs > 0);
  const elsewhere = waiting.reduce((sum, other) => sum + other.needs, 0);
  const total = needs.length + elsewhere;
  return (
    <>
      <p className="unseen" role="status">
        {total === 0 ? '' : plural(total, '{0} thing needs you', '{0} things need you')}
      </p>
      {total > 0 && (
        <NeedsYouSection chronicle={chronicle} needs={needs} others={waiting} total={total} />
      )}
      {run !== null && chronicle === null && <Unread run={run} />}
      {run !== null && chronicle !== null && (
        <>
          <RunSection run={run} chronicle={chronicle} first={needs.length === 0} />
          <StreamsSection chronicle={chronicle} />
          <ConflictsSection chronicle={chronicle} />
          {chronicle.state.phase.at !== 'finished' && <PoolsSection chronicle={chronicle} />}
        </>
      )}
    </>
  );
}

/** A run whose events are not here: they come, or its journal is broken. */
function Unread({ run }: { run: DeskRun }): ReactElement {
  if (run.problem === null) return <p className="sidebar-pad muted">{t('Reading the run…')}</p>;
  return (
    <div className="sidebar-pad" role="alert">
      <p className="row gap-6">
        <Icon name="warning" tone="revise" />
        {rich('Run {0} cannot be read', run.key.run.slice(-4))}
      </p>
      <p className="small muted">{oneLine(run.problem, 300)}</p>
      <Button onClick={() => host.act({ do: 'show-output' })}>{t('Show output')}</Button>
    </div>
  );
}

/** What a person asked for and did not get; stays until it is put away. */
function Refused(): ReactElement | null {
  const refusal = useBoard((state) => state.refusal);
  const dismiss = useBoard((state) => state.dismissRefusal);
  if (refusal === null) return null;
  return (
    <div className="sidebar-refused" role="alert">
      <Icon name="error" tone="fail" size={14} />
      <span>{oneLine(refusal, 600)}</span>
      <IconButton icon="close" label={t('Put away')} onClick={dismiss} />
    </div>
  );
}

const isRun = (a: RunKey, b: RunKey | null): boolean =>
  b !== null && a.run === b.run && a.folder === b.folder;
