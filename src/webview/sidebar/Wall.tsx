import type { ReactElement } from 'react';

/** A stone's size and the joint beside it. */
const [stoneWidth, stoneHeight, joint] = [80, 26, 6];

/** Where each stone lies, in half stones from the left and courses from the top. */
const stones = [
  { half: 0, course: 2, shape: 'set' },
  { half: 2, course: 2, shape: 'set' },
  { half: 4, course: 2, shape: 'set' },
  { half: 1, course: 1, shape: 'set' },
  { half: 3, course: 1, shape: 'cut' },
  { half: 2, course: 0, shape: 'planned' },
] as const;

/** Six stones, from the one that is only planned to those that are set: a run in a picture. */
export function Wall(): ReactElement {
  return (
    <svg className="sidebar-wall" viewBox="0 0 260 92" aria-hidden="true">
      {stones.map(({ half, course, shape }) => {
        const x = (half * (stoneWidth + joint)) / 2 + 0.5;
        const y = course * (stoneHeight + joint) + 0.5;
        return (
          <g key={`${half} ${course}`} transform={`translate(${x} ${y})`}>
            <rect
              {...{ width: stoneWidth, height: stoneHeight }}
              fill={shape === 'set' ? 'var(--stone)' : 'none'}
              stroke={shape === 'cut' ? 'var(--run)' : 'var(--outline)'}
              strokeDasharray={shape === 'planned' ? '4 4' : undefined}
            />
            {shape === 'set' && (
              <rect
                {...{ x: 3, y: 3, width: stoneWidth - 6, height: stoneHeight - 6 }}
                {...{ fill: 'none', stroke: 'var(--draft)' }}
              />
            )}
            {shape === 'cut' && (
              <path d={`M0 ${stoneHeight}H46`} stroke="var(--run)" strokeWidth={3} />
            )}
          </g>
        );
      })}
    </svg>
  );
}
