import type { Verb } from '../verb.ts';
import { namedRun } from './named-run.ts';
import { sendRequest } from './send.ts';

export const reject: Verb = (context, given) => {
  const run = namedRun(given);
  const gate = given.positional('gate') ?? '';
  const submission = given.option('subject');
  const request = { type: 'reject', gate, submission, note: given.option('note') ?? '' } as const;
  const done = `${gate} is refused; reopen what must change: ${context.program} reopen ${run} <module> --reason "…"`;
  return sendRequest(context, run, request, done);
};
