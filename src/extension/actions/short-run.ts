import type { RunId } from '../../core/ids.ts';

/** `7f3a`: what people call a run by, where its day and minute do not matter. */
export const shortRun = (run: RunId): string => run.slice(run.lastIndexOf('-') + 1);
