import type { ReactNode } from 'react';

/** In which order metrics leave where the header gets too narrow for them; `stays` never does. */
export type Leaves = 'first' | 'second' | 'third' | 'fourth' | 'stays';

interface Props {
  readonly label: string;
  readonly leaves?: Leaves;
  readonly title?: string;
  readonly children: ReactNode;
}

/** One figure of the header, with its name above it. */
export function Metric({ label, leaves = 'stays', title, children }: Props) {
  return (
    <div className={`metric leaves-${leaves}`} role="group" aria-label={label} title={title}>
      <div className="metric-label" aria-hidden="true">
        {label}
      </div>
      <div className="metric-value">{children}</div>
    </div>
  );
}
