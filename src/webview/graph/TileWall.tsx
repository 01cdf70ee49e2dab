import { memo, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { flushSync } from 'react-dom';
import { rich } from '../parts/rich.tsx';
import { t } from '../../core/language.ts';
import type { Graph } from '../../core/graph.ts';
import type { Plan } from '../../core/plan/plan.ts';
import type { CardShape } from '../../core/projections/card-shape.ts';
import { gateCard } from '../../core/projections/gate-card.ts';
import { IconButton } from '../parts/controls.tsx';
import { Icon } from '../parts/Icon.tsx';
import { looks } from '../parts/looks.ts';
import { Stone } from '../parts/Stone.tsx';
import { moduleOfFocus, pressedOn } from '../keys/module-keys.ts';
import { isOff } from '../keys/single-keys.ts';
import { board, useBoard } from '../store.ts';
import { CourseHead } from './Bands.tsx';
import { cardAt } from './card-at.ts';
import { useAnyOf, useWatched } from './card-watch.ts';
import { FoldButton } from './FoldButton.tsx';
import { foldAll, foldKey, foldOf } from './folds.ts';
import { membersOf, type Members } from './grid.ts';
import { spoken } from './ModuleCard.tsx';
import { countsOf, countWords } from './tile-counts.ts';
import { focusNode } from './viewport.ts';
import './TileWall.css';

const TILE = { width: 44, height: 30, gap: 4 };
/** More than a screen holds are there from the first picture on; the others come in tasks of their own. */
const SOONEST = 1_000;
const NEXT = 400;

/** Outlines that the style sheet draws: most tiles have one, and a drawing of its own costs more. */
const sheet: Partial<Record<CardShape, string>> = {
  planned: 'tile-planned',
  waiting: 'tile-open',
  ready: 'tile-open',
  building: 'tile-building',
  revising: 'tile-building',
  review: 'tile-reviewed',
  passed: 'tile-passed',
  sealed: 'tile-set',
  stale: 'tile-set',
};

/** All modules as small stones in running bond, in the order of the plan, tier by tier. */
export function TileWall(props: { plan: Plan; graph: Graph; onCards: () => void }) {
  const { plan, graph, onCards } = props;
  const courses = useMemo(() => membersOf(plan, graph), [plan, graph]);
  const wall = useRef<HTMLDivElement>(null);
  const perRow = usePerRow(wall);
  const folded = useBoard((state) => state.folded);
  const fold = useBoard((state) => state.fold);
  /** What is folded is not laid. */
  const open = courses.filter(({ tier }) => !folded.has(foldKey(plan, graph, tier)));
  const most = open.reduce((sum, { modules }) => sum + modules.length, 0);
  const laid = useLaid(most);
  const laidIn = shareOut(open, laid.count);
  /** Where Tab goes into the wall. */
  const first = open[0]?.modules[0];
  const select = useBoard((state) => state.select);
  const focus = useBoard((state) => state.focus);
  const focusModule = useBoard((state) => state.focusModule);
  useEffect(() => {
    const node = focus === null ? undefined : graph.moduleIndex.get(focus.module);
    if (focus === null || node === undefined || wall.current === null) return;
    const { chronicle, fold: set, focused } = board.store.getState();
    const key = chronicle === null ? null : foldOf(chronicle.state, node);
    // It is looked for again when its tier is laid out.
    if (key !== null && folded.has(key)) {
      set([key], false);
      return;
    }
    if (laid.count < most) {
      laid.all();
      return;
    }
    focused(focus);
    if (focus.quietly !== true) focusNode(node, wall.current);
    wall.current.querySelector(`[data-node="${node}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [focus, folded, graph, laid, most]);

  /** Folds the tier that the focus is in, or opens it; the focus stays with its head. */
  const turnTier = (target: EventTarget): void => {
    const section = target instanceof Element ? target.closest('.wall-course') : null;
    const course = courses[section === null ? -1 : sectionsOf(wall.current).indexOf(section)];
    if (course === undefined) return;
    const key = foldKey(plan, graph, course.tier);
    fold([key], !folded.has(key));
    section?.querySelector<HTMLElement>('.course-head')?.focus();
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      select(null);
      return;
    }
    const module = moduleOfFocus(event.target);
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !isOff(event);
    if (plain && pressedOn(module, event)) return;
    if (plain && event.key === 'z' && module !== null) {
      onCards();
      focusModule(module, true);
      event.preventDefault();
      return;
    }
    if (plain && event.key === 'X') {
      foldAll(plan, graph, courses);
      event.preventDefault();
      return;
    }
    if (plain && event.key === 'x') {
      turnTier(event.target);
      event.preventDefault();
      return;
    }
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -perRow, ArrowDown: perRow }[event.key];
    if (step === undefined || !(event.target instanceof HTMLElement)) return;
    const at = tilesOf(wall.current).indexOf(event.target);
    if (at === -1) return;
    // A key may lead to one that is still to come.
    if (at + step >= laid.count) flushSync(laid.all);
    const tiles = tilesOf(wall.current);
    tiles[Math.min(tiles.length - 1, Math.max(0, at + step))]?.focus();
    event.preventDefault();
  };

  return (
    <div className="wall scrolls" ref={wall} onKeyDown={onKeyDown}>
      <div className="wall-tools">
        <FoldButton {...{ plan, graph, courses }} />
        <IconButton icon="zoom-in" label={t('Show cards instead of tiles')} onClick={onCards} />
      </div>
      {courses.map((course) => (
        <section key={course.tier ?? 'none'} className="wall-course">
          <div className="wall-name">
            <CourseHead {...{ plan, graph, course }} />
          </div>
          {folded.has(foldKey(plan, graph, course.tier)) ? (
            <span className="wall-folded" />
          ) : (
            <Tiles {...{ course, perRow, first, laid: laidIn.get(course) ?? 0 }} />
          )}
          <Counts course={course} />
        </section>
      ))}
    </div>
  );
}

const tilesOf = (wall: HTMLElement | null): HTMLElement[] => [
  ...(wall?.querySelectorAll<HTMLElement>('.tile') ?? []),
];

const sectionsOf = (wall: HTMLElement | null): Element[] => [
  ...(wall?.querySelectorAll('.wall-course') ?? []),
];

/** How many tiles fit beside each other, with room for the half stone of every second row. */
function usePerRow(wall: { readonly current: HTMLElement | null }): number {
  const [perRow, setPerRow] = useState(16);
  useEffect(() => {
    const element = wall.current;
    if (element === null) return;
    const observer = new ResizeObserver(([entry]) => {
      const stones = element.querySelector('.wall-stones');
      const width = stones?.clientWidth ?? entry?.contentRect.width ?? 0;
      if (width === 0) return;
      const room = width - TILE.width / 2 + TILE.gap;
      setPerRow(Math.max(4, Math.floor(room / (TILE.width + TILE.gap))));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [wall]);
  return perRow;
}

/** How many tiles are there already; a wall of thousands grows to its whole size by and by. */
function useLaid(all: number): { readonly count: number; readonly all: () => void } {
  const [count, setCount] = useState(SOONEST);
  useEffect(() => {
    if (count >= all) return;
    const timer = setTimeout(() => setCount(count + NEXT));
    return () => clearTimeout(timer);
  }, [count, all]);
  return useMemo(() => ({ count, all: () => setCount(all) }), [count, all]);
}

/** Of so many, how many are in each course, from the first on. */
function shareOut(courses: readonly Members[], count: number): ReadonlyMap<Members, number> {
  let left = count;
  const shares = new Map<Members, number>();
  for (const course of courses) {
    const here = Math.min(course.modules.length, left);
    shares.set(course, here);
    left -= here;
  }
  return shares;
}

const Tiles = memo(function Tiles(props: {
  course: Members;
  perRow: number;
  /** How many of them are there already; there is room for all. */
  laid: number;
  /** Where Tab goes into the wall. */
  first: number | undefined;
}) {
  const { perRow, first, laid } = props;
  const { modules } = props.course;
  const rows = Array.from({ length: Math.ceil(laid / perRow) }, (_, row) =>
    modules.slice(row * perRow, Math.min(laid, (row + 1) * perRow)),
  );
  const high = Math.ceil(modules.length / perRow) * (TILE.height + TILE.gap);
  return (
    <div className="wall-stones" style={laid < modules.length ? { minHeight: high } : undefined}>
      {rows.map((row) => (
        <div key={row[0]} className="wall-row">
          {row.map((node) => (
            <Tile key={node} node={node} first={node === first} />
          ))}
        </div>
      ))}
    </div>
  );
});

/** Tab stops at one of them; arrows lead to the others. */
const Tile = memo(function Tile({ node, first }: { node: number; first: boolean }) {
  const { card: shown, selected, dim } = useWatched(node);
  const select = useBoard((state) => state.select);
  if (shown === null) return null;
  const { shape, ghost, needsYou, percent } = shown;
  // Nothing turns here: each turning icon is a layer of its own, and a wall has many.
  const { icon, tone } = looks[needsYou === null ? shape : 'needs-you'];
  const plain = needsYou === null && (shape === 'sealed' || shape === 'planned');
  const label = spoken(shown);
  const outline = ghost || needsYou !== null ? undefined : sheet[shape];
  const className = `tile ${outline ?? ''} ${selected ? 'tile-selected' : ''} ${dim ? 'tile-dim' : ''}`;
  return (
    <button
      {...{ type: 'button', className, title: label }}
      {...{ 'data-node': node, 'aria-label': label, 'aria-pressed': selected }}
      tabIndex={selected || first ? 0 : -1}
      onClick={() => select(shown.id)}
    >
      {outline === undefined && (
        <Stone
          {...{ shape, ghost, width: TILE.width, height: TILE.height }}
          needsYou={needsYou !== null}
        />
      )}
      {!plain && <Icon {...{ name: icon, tone, size: 14 }} />}
      {percent !== null && (
        <span
          className={`tile-progress ${shape === 'review' ? 'tile-review' : ''}`}
          style={{ width: `${percent}%` }}
        />
      )}
    </button>
  );
});

/** What of a course is not sealed: what needs a person and what failed first. */
function Counts({ course }: { course: Members }) {
  useAnyOf(course.modules);
  const now = board.store.getState().chronicle;
  const counts = now === null ? {} : countsOf(course.modules.map((node) => cardAt(now, node)));
  const open = countWords().filter(([kind]) => (counts[kind] ?? 0) > 0);
  return (
    <div className="wall-counts small">
      {open.length === 0 && <AllSealed tier={course.tier} />}
      {open.map(([kind, word]) => (
        <span key={kind}>
          <Icon {...{ name: looks[kind].icon, tone: looks[kind].tone, size: 12 }} />
          {counts[kind]} {word}
        </span>
      ))}
    </div>
  );
}

/** What its gate says is made only now: that of a course that is being built nobody sees here. */
function AllSealed({ tier }: { tier: number | null }) {
  const gate = useBoard(({ chronicle }) =>
    chronicle === null || tier === null ? '' : gateCard(chronicle, tier).says,
  );
  return (
    <span>
      <Icon name="lock" size={12} />
      {rich('all sealed{0}', gate === '' ? '' : ` · ${gate}`)}
    </span>
  );
}
