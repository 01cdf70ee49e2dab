import { randomInt } from 'node:crypto';
import { runId, type RunId } from '../../src/core/ids.ts';

/** Another one at each call: a run's processes are known by its id, and each ends what others have left. */
export const ownRun = (): RunId =>
  runId(
    `20260101-0000-${randomInt(32 ** 4)
      .toString(32)
      .padStart(4, '0')}`,
  );
