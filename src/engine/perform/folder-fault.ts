import { errorCode } from '../journal/durable.ts';
import { StoreError } from '../store/store-error.ts';

const codes = ['EACCES', 'EPERM', 'ENOENT', 'ENOTDIR', 'EISDIR', 'ELOOP', 'ENAMETOOLONG', 'EINVAL'];

/** True for what an agent can bring about in its own folder: it is the agent's failure, not ours. */
export function isFolderFault(error: unknown): error is Error {
  if (error instanceof StoreError) return error.code === 'unsafe-folder';
  const code = errorCode(error);
  return error instanceof Error && code !== null && codes.includes(code);
}
