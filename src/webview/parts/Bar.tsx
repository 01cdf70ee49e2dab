import type { ReactElement } from 'react';
import './Bar.css';

/** How far something is; the word for it stands beside. Nothing is drawn where nobody can tell. */
export function Bar(props: {
  /** 0 … 100; null where it is not known. */
  percent: number | null;
  tone: 'run' | 'review' | 'plain' | 'muted';
  label: string;
}): ReactElement {
  const { percent, tone, label } = props;
  const shown = percent === null ? null : Math.round(Math.min(100, Math.max(0, percent)));
  return (
    <div
      {...{ className: `bar bar-${tone}`, role: 'progressbar', 'aria-label': label }}
      {...(shown === null ? {} : { 'aria-valuenow': shown })}
    >
      <span style={{ width: `${shown ?? 0}%` }} />
    </div>
  );
}
