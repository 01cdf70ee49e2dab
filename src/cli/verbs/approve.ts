import type { Verb } from '../verb.ts';
import { namedRun } from './named-run.ts';
import { sendRequest } from './send.ts';

export const approve: Verb = (context, given) => {
  const gate = given.positional('gate') ?? '';
  const submission = given.option('subject') ?? '';
  const note = given.option('note') ?? '';
  const request = { type: 'approve', gate, submission, note } as const;
  return sendRequest(context, namedRun(given), request, `${gate} is approved`);
};
