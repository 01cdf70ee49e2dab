import type { RunKey } from './board.ts';

/** Whether two keys name the same run of the same folder. */
export const isSameRun = (one: RunKey, other: RunKey): boolean =>
  one.run === other.run && one.folder === other.folder;
