import type { ReactElement } from 'react';
import { age } from '../../core/projections/figures.ts';
import { useNow } from '../clock.ts';
import { NeedsYouChip } from '../parts/Chip.tsx';

/** For how long a person has been waited for; nothing where that is not known. */
export function Age({ since }: { since: number | null }): ReactElement | null {
  const now = useNow();
  if (since === null) return null;
  return <span className="small num nowrap">{age(now - since)}</span>;
}

export function AgeChip({ since }: { since: number | null }): ReactElement {
  const now = useNow();
  return <NeedsYouChip age={since === null ? undefined : age(now - since)} />;
}
