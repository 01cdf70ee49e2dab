import type { Verb } from '../verb.ts';
import { namedRun } from './named-run.ts';
import { sendRequest } from './send.ts';

export const cancel: Verb = (context, given) => {
  const run = namedRun(given);
  const reason = given.option('reason') ?? 'no reason was given';
  const done = `run ${run} is cancelled; its seals stay, and \`${context.program} report ${run}\` tells how it went`;
  return sendRequest(context, run, { type: 'cancel', reason }, done);
};
