import { refOf } from '../../core/graph.ts';
import {
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactElement,
} from 'react';
import { t } from '../../core/language.ts';
import type { Chronicle } from '../../core/projections/chronicle.ts';
import { modulesDoneIn } from '../../core/projections/eta.ts';
import { useNow } from '../clock.ts';
import { cardAt } from '../graph/card-at.ts';
import { foldedTiers, foldKey } from '../graph/folds.ts';
import { gridOf } from '../graph/grid.ts';
import { pressedOn } from '../keys/module-keys.ts';
import { isOff } from '../keys/single-keys.ts';
import { useBoard } from '../store.ts';
import { CourseRow, GateRow, GatesRow, ModuleRow, SubmissionRowOf, type RowProps } from './Row.tsx';
import { GATES_KEY, tableRows, type TableRow } from './rows.ts';
import './Table.css';
import { useWindow } from './use-window.ts';

const ROW_PX = 26;
const columns = [
  ...['Module', 'State', 'Contract', 'Attempt', 'Verdict', 'Tests', 'Progress', 'Needs'],
  ...['Stream', 'Tokens', 'Cost', 'ETA'],
] as const;

const columnWords = (): Readonly<Record<(typeof columns)[number], string>> => ({
  ...{ Module: t('Module'), State: t('State'), Contract: t('Contract'), Attempt: t('Attempt') },
  ...{ Verdict: t('Verdict'), Tests: t('Tests'), Progress: t('Progress'), Needs: t('Needs') },
  ...{ Stream: t('Stream'), Tokens: t('Tokens'), Cost: t('Cost'), ETA: t('ETA') },
});

/** The graph as a tree of rows, for keyboards, screen readers and thousands of modules. */
export function Table(): ReactElement | null {
  const chronicle = useBoard((board) => board.chronicle);
  return chronicle === null ? null : <Rows chronicle={chronicle} />;
}

function Rows({ chronicle }: { readonly chronicle: Chronicle }): ReactElement {
  const { plan, graph } = chronicle.state;
  const courses = useMemo(() => gridOf(plan, graph).courses, [plan, graph]);
  const filter = useBoard((board) => board.filter);
  const selected = useBoard((board) => board.selected);
  const folded = useBoard((board) => board.folded);
  const fold = useBoard((board) => board.fold);
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  const [focused, setFocused] = useState<string | null>(null);
  const rows = useMemo(
    () => tableRows(chronicle, courses, turned, filter, foldedTiers(plan, graph, folded)),
    [chronicle, courses, turned, filter, plan, graph, folded],
  );
  const box = useRef<HTMLElement>(null);
  const view = useWindow(box, rows.length, ROW_PX, ROW_PX);
  const doneIn = useDoneIn(chronicle);

  const selectedAt = rows.findIndex((row) => moduleOf(chronicle, row) === selected);
  const focusedAt = rows.findIndex(({ key }) => key === focused);
  const at = focusedAt >= 0 ? focusedAt : Math.max(0, selected === null ? 0 : selectedAt);
  const turn = (key: string): void => {
    const row = rows.find((each) => each.key === key);
    if (row?.kind === 'course') {
      fold([foldKey(plan, graph, row.course.tier)], row.open);
      return;
    }
    setTurned((before) => {
      const after = new Set(before);
      if (!after.delete(key)) after.add(key);
      return after;
    });
  };
  const goTo = (index: number): void => {
    const row = rows[Math.min(rows.length - 1, Math.max(0, index))];
    if (row === undefined) return;
    setFocused(row.key);
    view.reveal(rows.indexOf(row));
  };
  useFocus(box, focused, view.first);
  const onKeyDown = useTreeKeys({ rows, at, turn, goTo, chronicle });

  return (
    <section ref={box} className="table-view" aria-label={t('Table')}>
      <table
        {...{ role: 'treegrid', 'aria-label': t('Modules and gates'), onKeyDown }}
        {...{ 'aria-rowcount': rows.length + 1, 'aria-colcount': columns.length }}
      >
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((name) => (
              <th key={name} scope="col" className={`col-${name.toLowerCase()}`}>
                {columnWords()[name]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Gap rows={view.first} />
          {rows.slice(view.first, view.end).map((row, offset) => {
            const index = view.first + offset;
            const shared: RowProps = {
              chronicle,
              index,
              isTabStop: index === at,
              isSelected: selected !== null && index === selectedAt,
              onFocus: () => setFocused(row.key),
              onTurn: () => turn(row.key),
            };
            return <AnyRow key={row.key} {...{ row, shared, doneIn }} />;
          })}
          <Gap rows={rows.length - view.end} />
        </tbody>
      </table>
      {filter.length > 0 && rows.every(({ kind }) => kind === 'gates' || kind === 'gate') && (
        <p className="muted table-none">{t('No module is in the states that the filter shows.')}</p>
      )}
      <p className="table-keys small muted" aria-hidden="true">
        <kbd>↑</kbd> <kbd>↓</kbd> {t('move')} <kbd>→</kbd> {t('open row')} <kbd>{t('Enter')}</kbd>{' '}
        {t('details')} <kbd>g</kbd> {t('show in graph')} <kbd>?</kbd> {t('all keys')}
      </p>
    </section>
  );
}

interface AnyRowProps {
  readonly row: TableRow;
  readonly shared: RowProps;
  readonly doneIn: readonly number[] | null;
}

function AnyRow({ row, shared, doneIn }: AnyRowProps): ReactElement {
  switch (row.kind) {
    case 'course':
      return <CourseRow {...shared} course={row.course} open={row.open} />;
    case 'module': {
      const done = doneIn?.[row.node] ?? null;
      return <ModuleRow {...shared} node={row.node} open={row.open} doneInMs={done} />;
    }
    case 'submission':
      return <SubmissionRowOf {...shared} submission={row.submission} />;
    case 'gates':
      return <GatesRow {...shared} open={row.open} />;
    case 'gate':
      return <GateRow {...shared} node={row.node} />;
  }
}

/** In place of rows that are not in view. */
function Gap({ rows }: { readonly rows: number }): ReactElement | null {
  if (rows <= 0) return null;
  return (
    <tr aria-hidden="true">
      <td colSpan={columns.length} style={{ height: rows * ROW_PX, padding: 0 }} />
    </tr>
  );
}

function useDoneIn(chronicle: Chronicle): readonly number[] | null {
  const now = useNow(10_000);
  return useMemo(() => modulesDoneIn(chronicle, now), [chronicle, now]);
}

const moduleOf = ({ state }: Chronicle, row: TableRow) =>
  row.kind === 'module' ? (state.plan.modules[row.node]?.id ?? null) : null;

/** The row that a person went to has the focus, once it is drawn. */
function useFocus(
  box: { readonly current: HTMLElement | null },
  key: string | null,
  firstDrawn: number,
): void {
  useLayoutEffect(() => {
    const { activeElement } = document;
    // The row that had it may have been left out of view, and the focus with it.
    const lost = activeElement === null || activeElement === document.body;
    if (key === null || !(lost || box.current?.contains(activeElement) === true)) return;
    const row = box.current?.querySelector<HTMLElement>('tr[tabindex="0"]');
    if (row !== document.activeElement) row?.focus({ preventScroll: true });
  }, [box, key, firstDrawn]);
}

interface TreeKeys {
  readonly rows: readonly TableRow[];
  readonly at: number;
  readonly turn: (key: string) => void;
  readonly goTo: (index: number) => void;
  readonly chronicle: Chronicle;
}

/** The keys of a tree grid (WAI-ARIA 1.2, treegrid): arrows go and turn, Enter opens the details. */
function useTreeKeys({ rows, at, turn, goTo, chronicle }: TreeKeys) {
  const select = useBoard((board) => board.select);
  const selectGate = useBoard((board) => board.selectGate);
  const open = useBoard((board) => board.open);
  const focus = useBoard((board) => board.focusModule);
  return (event: KeyboardEvent): void => {
    const row = rows[at];
    if (row === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isOff(event)) return;
    const onRow = event.target instanceof HTMLTableRowElement;
    const isOpen = 'open' in row ? row.open : null;
    const module =
      row.kind === 'module' || row.kind === 'submission' ? cardAt(chronicle, row.node).id : null;
    if (onRow && pressedOn(module, event)) return;
    if (event.key === 'ArrowDown') goTo(at + 1);
    else if (event.key === 'ArrowUp') goTo(at - 1);
    else if (event.key === 'Home') goTo(0);
    else if (event.key === 'End') goTo(rows.length - 1);
    else if (event.key === 'PageDown') goTo(at + 20);
    else if (event.key === 'PageUp') goTo(at - 20);
    else if (event.key === 'ArrowRight') {
      if (isOpen === false) turn(row.key);
      else if (isOpen === true) goTo(at + 1);
    } else if (event.key === 'ArrowLeft') {
      if (isOpen === true) turn(row.key);
      else if (row.parent !== null) goTo(rows.findIndex(({ key }) => key === row.parent));
    } else if (event.key === 'Escape') select(null);
    else if (event.key === 'Enter' && onRow) {
      if (module !== null) select(module);
      else if (row.key === GATES_KEY || row.kind === 'course') turn(row.key);
      else if (row.kind === 'gate') selectGate(refOf(chronicle.state.graph, row.node));
    } else if (event.key === 'g' && module !== null) {
      open('graph');
      select(module);
      focus(module);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
}
