import type { ReactElement } from 'react';
import type { CardShape } from '../../core/projections/card-shape.ts';
import { unreachable } from '../../core/unreachable.ts';
import './Stone.css';

/** A stone in its place: its size, and how much of it marks take up. */
interface Block {
  readonly width: number;
  readonly height: number;
  /** How far the drafted margin lies inside. */
  readonly margin: number;
  /** Size of a recut or broken corner. */
  readonly chip: number;
  /** How far a ghost stands up and to the left. */
  readonly ghost: number;
}

/**
 * The outline of a module, which tells its state by shape alone: a set stone is solid and closed,
 * everything else an outline. It fills the box that it is given; ghost and ring stand outside it.
 */
export function Stone(props: {
  shape: CardShape;
  width: number;
  height: number;
  /** An earlier seal stays behind. */
  ghost?: boolean | undefined;
  needsYou?: boolean | undefined;
}): ReactElement {
  const { shape, width, height, ghost = false, needsYou = false } = props;
  const small = height < 40;
  const block: Block = {
    ...{ width, height, margin: small ? 3 : 3.5 },
    ...(small ? { chip: 6, ghost: 3.5 } : { chip: 14, ghost: 7.5 }),
  };
  return (
    <svg className="stone" width={width} height={height} aria-hidden="true">
      {ghost && <Ghost block={block} />}
      <Outline shape={shape} block={block} />
      {needsYou && (
        <rect
          {...{ x: -3, y: -3, width: width + 6, height: height + 6, rx: 4 }}
          {...{ fill: 'none', stroke: 'var(--you-line)', strokeWidth: 2 }}
        />
      )}
    </svg>
  );
}

/** Two sides of the stone that stood here before. */
function Ghost({ block: { width, height, ghost } }: { block: Block }): ReactElement {
  const path = `M${width - ghost - 2.5} 0V${-ghost}H${-ghost}V${height - ghost - 2.5}H0`;
  return <path d={path} fill="none" stroke="var(--outline)" />;
}

function Outline({ shape, block }: { shape: CardShape; block: Block }): ReactElement {
  const { width, height, chip } = block;
  switch (shape) {
    case 'planned':
      return <Box block={block} stroke="var(--outline)" dash="1 4" round />;
    case 'waiting':
    case 'ready':
      return <Box block={block} stroke="var(--hair)" />;
    case 'building':
    case 'revising':
      return <Box block={block} stroke="var(--run)" heavy />;
    case 'review':
      return (
        <>
          <Box block={block} stroke="var(--review)" heavy />
          <path
            d={`M0 ${height * 0.28}V${height * 0.72}M${width} ${height * 0.28}V${height * 0.72}`}
            {...{ stroke: 'var(--review)', strokeWidth: 4 }}
          />
        </>
      );
    case 'needs-revision':
      return (
        <>
          <Box block={block} stroke="var(--revise)" heavy />
          <path
            d={`M${width - chip - 6} 1L${width - 1} ${chip + 6}`}
            {...{ stroke: 'var(--revise)', strokeWidth: 1.5, strokeDasharray: '3 2' }}
          />
        </>
      );
    case 'failed':
      return <Broken block={block} stroke="var(--fail)" />;
    case 'abandoned':
      return <Broken block={block} stroke="var(--outline)" />;
    case 'blocked':
      return (
        <>
          <Box block={block} stroke="var(--outline)" />
          <path d={hatching(height)} stroke="var(--fail)" strokeWidth={1.5} />
        </>
      );
    case 'passed':
      return <Box block={block} stroke="var(--outline)" fill="none" dash="4 4" />;
    case 'sealed':
    case 'stale':
      return (
        <>
          <Box block={block} stroke="var(--outline)" fill="var(--stone)" className="stone-face" />
          <Box
            {...{ block, inset: block.margin, stroke: 'var(--draft)', fill: 'none' }}
            className="stone-margin"
          />
        </>
      );
    case 'reopened':
      return <Box block={block} stroke="var(--outline)" />;
    default:
      return unreachable(shape);
  }
}

function Box(props: {
  block: Block;
  stroke: string;
  fill?: string;
  /** From the edge; by default so that the line lies wholly inside. */
  inset?: number;
  heavy?: boolean;
  dash?: string;
  round?: boolean;
  className?: string;
}): ReactElement {
  const { block, stroke, fill = 'var(--bg)', heavy = false, dash, round, className } = props;
  const inset = props.inset ?? (heavy ? 0.75 : 0.5);
  const { width, height } = block;
  return (
    <rect
      {...{ x: inset, y: inset, width: width - 2 * inset, height: height - 2 * inset, rx: 2 }}
      {...{ fill, stroke, strokeDasharray: dash, className }}
      strokeWidth={heavy ? 1.5 : 1}
      strokeLinecap={round === true ? 'round' : undefined}
    />
  );
}

/** The upper right corner has come off. */
function Broken({ block, stroke }: { block: Block; stroke: string }): ReactElement {
  const { width, height, chip } = block;
  const crack = `l4 ${chip * 0.45} 5 ${chip * 0.1} -1 ${chip * 0.4} ${chip - 3} ${chip * 0.35}`;
  return (
    <path
      d={`M1 1H${width - chip - 6}${crack}V${height - 1}H1Z`}
      {...{ fill: 'var(--bg)', stroke, strokeWidth: 1.5, strokeLinejoin: 'round' }}
    />
  );
}

/** A strip along the left edge. */
function hatching(height: number): string {
  const lines = Array.from({ length: Math.floor(height / 8) }, (_, line) => line * 8);
  return lines.map((y) => `M1 ${y + 8}L7 ${y + 2}`).join('');
}
