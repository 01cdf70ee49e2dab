import {
  useCallback,
  useMemo,
  useRef,
  useState,
  type CSSProperties,
  type ReactElement,
} from 'react';
import { t } from '../../core/language.ts';
import type { RunState } from '../../core/state.ts';
import type { Eta } from '../../core/projections/eta.ts';
import { lanePath } from '../../core/projections/lane-path.ts';
import type { Quiet } from '../../core/projections/quiet.ts';
import type { StreamProgress } from '../../core/projections/stream-progress.ts';
import type { StreamStatus } from '../../core/projections/streams.ts';
import { useBoard } from '../store.ts';
import { Axis } from './Axis.tsx';
import type { Shown } from './cells.ts';
import { Ground } from './Ground.tsx';
import { Overlay } from './Overlay.tsx';
import { Row } from './Row.tsx';
import { groupsOf, laneHeight, MOST_OPEN, rowsOf, rowsWithin } from './rows.ts';
import { scaleOf } from './scale.ts';
import { TimelineTools } from './TimelineTools.tsx';
import { Tip, useTip } from './Tip.tsx';
import { useBox } from './use-box.ts';
import { useLaneKeys } from './use-lane-keys.ts';
import { useZoom } from './use-zoom.ts';
import './Timeline.css';

/** The names of streams, and of their lanes beside them, before the time. */
const NAMES = { stream: 184, all: 276 };
const NARROW_NAMES = { stream: 142, all: 226 };
/** Up to this width names make room for time. */
const NARROW_PX = 900;
const AXIS_PX = 40;
/** Drawn beyond what is in sight, so that scrolling shows no holes. */
const BEYOND_PX = 200;
const STEP_PX = 100;
const stepBefore = (px: number): number =>
  Math.max(0, Math.floor((px - BEYOND_PX) / STEP_PX) * STEP_PX);
const UNSEEN = { left: 0, top: 0, width: 1_200, height: 560 };

interface Props {
  readonly shown: Shown;
  readonly eta: Eta;
  /** The length of the scale, on the run's own clock. */
  readonly totalMs: number;
  /** Long waits, which are drawn short. */
  readonly quiets: readonly Quiet[];
  /** `now`, `at` an earlier moment, or `ended`. */
  readonly nowWord: string;
  readonly streams: readonly StreamStatus[];
  readonly progress: readonly StreamProgress[];
  readonly mostPx: number;
}

/** A lane a module, by stream, over the run's own clock. What is out of sight is not drawn. */
export function Timeline(props: Props): ReactElement {
  const { shown, eta, totalMs, quiets, nowWord, streams, progress, mostPx } = props;
  const { chronicle, at, nowMs, expected } = shown;
  const { plan, graph } = chronicle.state;
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area, UNSEEN);
  const names = box.width <= NARROW_PX ? NARROW_NAMES : NAMES;
  const namesPx = names.all;
  const groups = useMemo(() => groupsOf(plan, graph), [plan, graph]);
  const [folded, setFolded] = useState<ReadonlySet<string>>(
    () => new Set(plan.modules.length > MOST_OPEN ? groups.map(({ id }) => id) : []),
  );
  const lanePx = laneHeight(groups, mostPx - AXIS_PX - 2);
  const barPx = lanePx > 34 ? 22 : 18;
  const rows = useMemo(
    () => rowsOf(groups, graph, folded, lanePx),
    [groups, graph, folded, lanePx],
  );
  const scaleAt = useCallback(
    (zoom: number) => scaleOf(totalMs, box.width - namesPx, zoom, quiets),
    [totalMs, box.width, namesPx, quiets],
  );
  const { scale, zoom, zoomBy, fit } = useZoom(area, namesPx, scaleAt);
  const fold = useCallback((id: string, isFolded: boolean): void => {
    setFolded((before) => {
      const next = new Set(before);
      if (isFolded) next.add(id);
      else next.delete(id);
      return next;
    });
  }, []);
  const tip = useTip();
  const openNode = useOpenNode(chronicle.state);
  const keys = useLaneKeys({
    ...{ area, rows: rows.rows, fold, openNode, zoomBy, fit, hideTip: tip.hide },
    insets: { top: AXIS_PX, left: namesPx },
  });

  // In steps, so that most of what is drawn stays as it is while it is scrolled.
  const [left, top] = [stepBefore(box.left), stepBefore(box.top)];
  const width = Math.min(scale.widthPx - left, box.width + 2 * BEYOND_PX + STEP_PX);
  const height = Math.min(rows.height - top, box.height + 2 * BEYOND_PX + STEP_PX);
  const window = useMemo(() => ({ left, top, width, height }), [left, top, width, height]);
  const seen = useMemo(
    () => rowsWithin(rows.rows, window.top, window.top + window.height),
    [rows, window],
  );
  const active = rows.rows.find(({ key }) => key === keys.active) ?? null;
  const drawn = active === null || seen.includes(active) ? seen : [...seen, active];
  const nodes = useMemo(() => seen.flatMap(({ node }) => (node === null ? [] : [node])), [seen]);
  const path = useMemo(() => lanePath(chronicle, expected, at), [chronicle, expected, at]);
  const chosen = useBoard((board) => board.selected);
  const selected = chosen === null ? undefined : graph.moduleIndex.get(chosen);
  const tabStop = active ?? rows.rows[0];
  const nowPx = scale.x(nowMs);

  return (
    <section
      {...{ className: 'timeline', 'aria-label': t('Time line') }}
      style={{ '--names': `${names.all}px`, '--stream': `${names.stream}px` } as CSSProperties}
    >
      <TimelineTools
        {...{ zoom: zoomBy, fit, isFit: zoom === 1 }}
        allFolded={groups.length === 0 ? null : folded.size >= groups.length}
        foldAll={(all) => setFolded(new Set(all ? groups.map(({ id }) => id) : []))}
      />
      <div
        {...{ ref: area, className: 'tl-area scrolls', style: { maxHeight: mostPx } }}
        {...{ role: 'treegrid', 'aria-label': t('Streams over time') }}
        aria-rowcount={rows.rows.length}
        onKeyDown={keys.onKeyDown}
        onFocus={(event) => {
          keys.onFocus(event);
          tip.show(event);
        }}
        onBlur={tip.hide}
        onPointerOver={tip.show}
        onPointerLeave={tip.hide}
        onScroll={tip.hide}
      >
        <div
          {...{ className: 'tl-content', role: 'presentation' }}
          style={{ width: namesPx + scale.widthPx, height: AXIS_PX + rows.height }}
        >
          <Axis
            {...{ scale, originPx: namesPx, nowMs, nowWord }}
            {...{ fromPx: window.left, toPx: window.left + window.width }}
          />
          <div className="tl-body" role="presentation" style={{ height: rows.height }}>
            <Ground {...{ originPx: namesPx, scale, window, height: rows.height, nowMs, eta }} />
            {drawn.map((row) => (
              <Row
                key={row.key}
                {...{ row, shown, scale, barPx, openNode, originPx: namesPx }}
                index={rows.rows.indexOf(row)}
                left={window.left}
                right={window.left + window.width}
                whole={row === active}
                isTabStop={row === tabStop}
                isSelected={row.node !== null && row.node === selected}
                status={streams.find(({ id }) => id === row.group.id)}
                progress={progress.find(({ id }) => id === row.group.id)}
                fold={fold}
              />
            ))}
            <div className="tl-over" role="presentation">
              <Overlay {...{ chronicle, rows, nodes, scale, window, path, barPx, nowPx }} />
            </div>
          </div>
        </div>
      </div>
      <Tip pointed={tip.pointed} />
    </section>
  );
}

/** A module in the graph with its drawer; a tier or a gate among the gates. */
function useOpenNode({ graph, modules }: RunState): (node: number) => void {
  const select = useBoard((board) => board.select);
  const focusModule = useBoard((board) => board.focusModule);
  const open = useBoard((board) => board.open);
  return useCallback(
    (node) => {
      if (node >= graph.modules) {
        open('gates');
        return;
      }
      const { id } = modules.get(node);
      select(id);
      focusModule(id);
      open('graph');
    },
    [graph, modules, select, focusModule, open],
  );
}
