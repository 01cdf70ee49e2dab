import type { ReactNode } from 'react';

/** At which step a metric leaves a header that is too narrow; the fifth takes none, only room. */
export type Leaves = 'first' | 'second' | 'third' | 'fourth' | 'sixth' | 'seventh' | 'eighth';

interface Props {
  readonly label: string;
  readonly leaves: Leaves;
  readonly title?: string | undefined;
  readonly children: ReactNode;
}

/** One figure of the header, with its name above it. */
export function Metric({ label, leaves, title, children }: Props) {
  return (
    <div className={`metric leaves-${leaves}`} role="group" aria-label={label} title={title}>
      <div className="metric-label" aria-hidden="true">
        {label}
      </div>
      <div className="metric-value">{children}</div>
    </div>
  );
}
