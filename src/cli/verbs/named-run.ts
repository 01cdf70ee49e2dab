import type { RunId } from '../../core/ids.ts';
import type { Arguments } from '../arguments.ts';

/** The run of a verb whose table requires one. */
export function namedRun(given: Arguments): RunId {
  const run = given.run();
  if (run === null) throw new Error('a run is required here');
  return run;
}
