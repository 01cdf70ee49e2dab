import type { RunEvent } from '../../core/events.ts';

/** What is handed over as it happens: a handoff, or a seal to all that waited for it. */
export const handsOver = ({ type }: RunEvent): boolean =>
  type === 'handoff-delivered' || type === 'module-sealed';
