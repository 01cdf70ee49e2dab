import type { Verb } from '../verb.ts';
import { namedRun } from './named-run.ts';
import { sendRequest } from './send.ts';

export const resolve: Verb = (context, given) => {
  const conflict = Number(given.positional('conflict') ?? '');
  const decision = given.option('decision') ?? '';
  const reason = given.option('reason') ?? '';
  const request = { type: 'resolve', conflict, decision, reason } as const;
  return sendRequest(context, namedRun(given), request, `conflict ${conflict} is decided`);
};
