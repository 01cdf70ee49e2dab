import { resolve } from 'node:path';
import type { Verb } from '../verb.ts';
import { namedRun } from './named-run.ts';
import { sendRequest } from './send.ts';

/** `reopen` is for sealed modules, `amend` for those that are not. */
export function changeContract(type: 'reopen' | 'amend', done: string): Verb {
  return (context, given) => {
    const module = given.positional('module') ?? '';
    const reason = given.option('reason') ?? '';
    const path = given.option('contract');
    const contractPath = path === null ? null : resolve(context.workspace, path);
    const request = { type, module, reason, contractPath };
    return sendRequest(context, namedRun(given), request, `${module} ${done}`);
  };
}
