import { lazy, memo, Suspense, useState } from 'react';
import { t } from '../../core/language.ts';
import { parseNodeRef, type ModuleId, type NodeRef } from '../../core/ids.ts';
import type { Chronicle } from '../../core/projections/chronicle.ts';
import type { BoardView } from '../../protocol/board.ts';
import { IconButton } from '../parts/controls.tsx';
import { useBoard } from '../store.ts';
import { RefusalBanner, useJournalProblem } from './Banner.tsx';
import { FindModule } from './FindModule.tsx';
import { KeysButton } from '../keys/KeysButton.tsx';
import { Notice } from '../keys/Notice.tsx';
import { Header } from './Header.tsx';
import { Tabs } from './Tabs.tsx';

/** A third of all code: fetched beside the run's events, which are shown without it at first. */
const fetched = import('../graph/Graph.tsx');
const Graph = lazy(async () => ({ default: (await fetched).Graph }));

/** Fetched when they are first opened: most of what starts a board is the graph. */
const Gates = lazy(async () => {
  const { Gates } = await import('../gates/Gates.tsx');
  return { default: Gates };
});
const Streams = lazy(async () => {
  const { Streams } = await import('../streams/Streams.tsx');
  return { default: Streams };
});
const Table = lazy(async () => {
  const { Table } = await import('../table/Table.tsx');
  return { default: Table };
});
const Account = lazy(async () => {
  const { Account } = await import('../account/Account.tsx');
  return { default: Account };
});
const Drawer = lazy(async () => {
  const { Drawer } = await import('../drawer/Drawer.tsx');
  return { default: Drawer };
});
const GateDrawer = lazy(async () => {
  const { GateDrawer } = await import('../drawer/GateDrawer.tsx');
  return { default: GateDrawer };
});
const TimeBar = lazy(async () => {
  const { TimeBar } = await import('../time/TimeBar.tsx');
  return { default: TimeBar };
});

const FilterMenu = lazy(async () => {
  const { FilterMenu } = await import('./FilterMenu.tsx');
  return { default: FilterMenu };
});
/** Most boards show a run of their own window. */
const SourceLine = lazy(async () => {
  const { SourceLine } = await import('./SourceLine.tsx');
  return { default: SourceLine };
});
const StandingBanners = lazy(async () => {
  const { StandingBanners } = await import('./StandingBanners.tsx');
  return { default: StandingBanners };
});
const Announcer = lazy(async () => {
  const { Announcer } = await import('./Announcer.tsx');
  return { default: Announcer };
});

/** Up to this width the drawer covers the graph; the style sheets have it too. */
const NARROW_PX = 1000;

/** Header, tabs, and the view that is open, with the drawer of what is selected in it. */
export function RunBoard({ chronicle }: { readonly chronicle: Chronicle }) {
  const module = useBoard((board) => board.selected);
  const gate = useBoard((board) => board.gate);
  const selected = gate ?? module;
  const amending = useBoard((board) => board.amending);
  const view = useBoard((board) => board.view);
  const { shut, setShut } = useShut(selected);
  const { state } = chronicle;
  const details = (view === 'graph' || view === 'table') && selected !== null;
  return (
    <>
      <Header chronicle={chronicle} />
      <Tabs
        state={state}
        tools={
          <>
            <span id="view-tools" className="view-tools" />
            <FindModule plan={state.plan} />
            {(view === 'graph' || view === 'table') && (
              <Suspense fallback={<span className="icon-button" />}>
                <FilterMenu />
              </Suspense>
            )}
            <KeysButton />
            {details && (
              <span className="narrow-only">
                <IconButton
                  icon="layout-sidebar-right"
                  label={t('Details of {0}', gate === null ? selected : parseNodeRef(gate).id)}
                  pressed={!shut}
                  onClick={() => setShut(!shut)}
                />
              </span>
            )}
          </>
        }
      />
      <div className="board-banners">
        <FileLine />
        {amending === null && <RefusalBanner />}
        <StandingLine />
      </div>
      <div className="board-body" id="board-view" role="tabpanel" aria-labelledby={`tab-${view}`}>
        <Suspense key={view} fallback={<section className={view} aria-busy="true" />}>
          <View view={view} />
        </Suspense>
        {details && !shut && (
          <Suspense fallback={<aside className="drawer" aria-label={selected} />}>
            {gate === null ? <Drawer key={selected} /> : <GateDrawer key={gate} gate={gate} />}
          </Suspense>
        )}
        <Notice />
      </div>
      <Suspense fallback={<footer className="time-bar" aria-busy="true" />}>
        <TimeBar />
      </Suspense>
      <Suspense>
        <Announcer />
      </Suspense>
    </>
  );
}

/** An exported page says so above the board. */
function FileLine() {
  const file = useBoard(({ source }) => source?.kind === 'file');
  if (!file) return null;
  return (
    <Suspense>
      <SourceLine />
    </Suspense>
  );
}

function StandingLine() {
  const gone = useBoard((board) => board.gone);
  const problem = useJournalProblem();
  if (!gone && problem === null) return null;
  return (
    <Suspense>
      <StandingBanners />
    </Suspense>
  );
}

/** What a view shows it gets from the store by itself. */
const View = memo(function View({ view }: { readonly view: BoardView }) {
  switch (view) {
    case 'graph':
      return <Graph />;
    case 'streams':
      return <Streams />;
    case 'gates':
      return <Gates />;
    case 'table':
      return <Table />;
    case 'account':
      return <Account />;
  }
});

/** On a narrow board the drawer stays shut over what was selected before; a new choice opens it. */
function useShut(selected: ModuleId | NodeRef | null) {
  const [shut, setShut] = useState(() => window.innerWidth <= NARROW_PX);
  const [last, setLast] = useState(selected);
  if (selected !== last) {
    setLast(selected);
    setShut(false);
  }
  return { shut, setShut };
}
