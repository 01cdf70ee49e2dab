import type { Verb } from '../verb.ts';
import { sendRequest } from './send.ts';
import { namedRun } from './named-run.ts';

export const pause: Verb = (context, given) => {
  const run = namedRun(given);
  const done = `run ${run} is paused; what is at work goes on to its end`;
  return sendRequest(context, run, { type: 'pause' }, done);
};
