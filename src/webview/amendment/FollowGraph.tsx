import { useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { t } from '../../core/language.ts';
import type { ModuleId } from '../../core/ids.ts';
import { card } from '../../core/projections/card.ts';
import type { Chronicle } from '../../core/projections/chronicle.ts';
import type { Impact } from '../../core/projections/impact.ts';
import type { Draft } from '../../protocol/board.ts';
import { VersionMark } from '../parts/Chip.tsx';
import { Icon } from '../parts/Icon.tsx';
import { looks } from '../parts/looks.ts';
import { Stone } from '../parts/Stone.tsx';
import { followLayout, STONE, type Placed } from './follow-layout.ts';
import { whatWords } from './follow.ts';

interface Props {
  readonly chronicle: Chronicle;
  readonly module: ModuleId;
  readonly kind: Draft['kind'];
  readonly follows: Impact;
  readonly untouched: string;
}

/** What changes on the left, and what has to be judged again because of it to its right. */
export function FollowGraph({ chronicle, module, kind, follows, untouched }: Props) {
  const { graph } = chronicle.state;
  const layout = useMemo(() => followLayout(graph, follows.rows), [graph, follows]);
  const frame = useRef<HTMLElement>(null);
  const scale = useScale(frame, layout?.width ?? 0);
  if (layout === null) return <p className="small muted">{untouched}</p>;
  const { width, height, stones, links } = layout;
  return (
    <figure ref={frame} className="follow-graph" aria-label={t('What follows, as a graph')}>
      <div className="follow-canvas" style={{ width, height, zoom: scale }}>
        <svg width={width} height={height} aria-hidden="true">
          {links.map(({ key, path }) => (
            <path key={key} d={path} className="follow-link" markerEnd="url(#follow-arrow)" />
          ))}
          <defs>
            <marker
              {...{ id: 'follow-arrow', orient: 'auto', markerUnits: 'userSpaceOnUse' }}
              {...{ markerWidth: 8, markerHeight: 10, refX: 2, refY: 5 }}
            >
              <path d="M0 0.5L8 5L0 9.5Z" fill="var(--fg)" />
            </marker>
          </defs>
        </svg>
        {stones.map((placed) => (
          <FollowStone
            key={placed.row.module}
            {...{ chronicle, placed, kind }}
            itself={placed.row.module === module}
          />
        ))}
      </div>
      {untouched !== '' && <figcaption className="small muted">{untouched}</figcaption>}
    </figure>
  );
}

/** Smaller than this nobody can read it: then it is scrolled. */
const LEAST_SCALE = 0.7;

/** How much smaller the picture is drawn so that it fits into its frame. */
function useScale(frame: RefObject<HTMLElement | null>, width: number): number {
  const [scale, setScale] = useState(1);
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null || width === 0) return;
    const sizes = new ResizeObserver(() => {
      setScale(Math.min(1, Math.max(LEAST_SCALE, element.clientWidth / width)));
    });
    sizes.observe(element);
    return () => sizes.disconnect();
  }, [frame, width]);
  return scale;
}

interface StoneProps {
  readonly chronicle: Chronicle;
  readonly placed: Placed;
  readonly kind: Draft['kind'];
  readonly itself: boolean;
}

function FollowStone({ chronicle, placed: { row, x, y }, kind, itself }: StoneProps) {
  const node = chronicle.state.graph.moduleIndex.get(row.module) ?? 0;
  const now = card(chronicle, node);
  const shape = itself ? (kind === 'reopen' ? 'reopened' : now.shape) : now.shape;
  const { icon, tone } = looks[shape];
  return (
    <div
      className={itself ? 'follow-stone follow-itself' : 'follow-stone'}
      style={{ left: x, top: y, ...STONE }}
    >
      <Stone shape={shape} {...STONE} ghost={itself && kind === 'reopen'} />
      <div className="row gap-6">
        <Icon name={icon} tone={tone} />
        <b className="ellipsis" title={row.module}>
          {row.module}
        </b>
        <span className="spacer" />
        <VersionMark version={row.to} amended={row.to > 1} />
      </div>
      <div className="follow-what medium ellipsis">{whatWords()[row.what]}</div>
    </div>
  );
}
