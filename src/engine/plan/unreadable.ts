import { errorCode } from '../journal/durable.ts';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'its permissions do not allow it',
};

const unwritable: Readonly<Record<string, string>> = {
  EACCES: 'the permissions of the file or its folder do not allow it',
  EPERM: 'the file or its folder may not be changed',
  EROFS: 'it lies on a file system that is read only',
  ENOSPC: 'no space is left where it lies',
  EDQUOT: 'your share of the space where it lies is used up',
};

/** Why a plan file could not be written; it is as it was. */
export function unwritablePlan(
  planFile: string,
  error: Error,
): { readonly code: string; readonly message: string } {
  const why = unwritable[errorCode(error) ?? ''] ?? error.message;
  const message = `${planFile} cannot be written: ${why}; it is as it was. Change that, or make the edits that \`ashlar check\` names`;
  return { code: 'plan-unwritable', message };
}

/** Why a plan file could not even be looked at. */
export function unreadablePlan(
  planFile: string,
  error: Error,
): { readonly code: string; readonly message: string } {
  const why = reasons[errorCode(error) ?? ''] ?? error.message;
  return { code: 'plan-unreadable', message: `${planFile} cannot be read: ${why}` };
}
