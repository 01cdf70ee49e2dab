export type StoreErrorCode =
  /** git is not there, or too old to keep objects durably */
  | 'git-missing'
  /** a git command failed; `stderr` says why */
  | 'git-failed'
  /** the caller's signal ended a git command */
  | 'aborted'
  /** an object, file or ref that was asked for is not there */
  | 'not-found'
  /** an object is there and is not what its id says */
  | 'object-broken'
  /** the store was made for another kind of object id than asked for */
  | 'format-mismatch'
  /** a folder of ours is a link, or stands where it must not */
  | 'unsafe-folder'
  /** two paths of one tree cannot stand side by side on this file system */
  | 'path-collision'
  /** a name for a ref, a folder or a path that is not allowed */
  | 'bad-name';

/** What goes wrong at the edge to git and to the disk. Match on `code`, never on the text. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;
  /** The end of what git wrote to stderr, at most 2,000 characters; empty where git had no part. */
  readonly stderr: string;

  constructor(
    code: StoreErrorCode,
    message: string,
    more: { stderr?: string; cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'StoreError';
    this.code = code;
    this.stderr = (more.stderr ?? '').trim().slice(-2_000);
  }
}

/** True for a system error with one of these codes (`ENOENT`, `EEXIST` …). */
export function isSystemError(error: unknown, ...codes: readonly string[]): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    codes.includes(error.code)
  );
}
