import { oneLine } from '../core/projections/safe-text.ts';

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left on the disk',
  EDQUOT: 'the disk quota is used up',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open on this machine',
  ENOENT: 'there is no such file',
  ENOTDIR: 'a part of the path is no folder',
  EISDIR: 'it is a folder',
  ELOOP: 'it has too many links',
  EBUSY: 'it is in use',
};

/** What an error of the system means; its code where nobody has words for it. */
export const reasonOf = (code: string): string => reasons[code] ?? code;

/** What went wrong, in one line without a stack: a path and a reason where the system gave them. */
export function failureLine(error: unknown): string {
  if (!(error instanceof Error)) return oneLine(String(error), 400);
  const { code, path } = error as NodeJS.ErrnoException;
  if (code !== undefined && typeof path === 'string') {
    return `${oneLine(path, 300)}: ${reasonOf(code)}`;
  }
  if (isBug(error)) {
    return `unexpected: ${oneLine(error.message, 300)}; ASHLAR_TRACE=1 shows where`;
  }
  return oneLine(error.message, 400);
}

const isBug = (error: Error): boolean =>
  error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError;
