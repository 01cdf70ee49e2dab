import { errorCode } from '../journal/durable.ts';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'its permissions do not allow it',
};

/** Why a plan file could not even be looked at. */
export function unreadablePlan(
  planFile: string,
  error: Error,
): { readonly code: string; readonly message: string } {
  const why = reasons[errorCode(error) ?? ''] ?? error.message;
  return { code: 'plan-unreadable', message: `${planFile} cannot be read: ${why}` };
}
