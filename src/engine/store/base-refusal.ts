import type { BaseFailure, BaseFailureCode } from './base-record.ts';

const fixes: Readonly<Record<BaseFailureCode, string>> = {
  'no-commit': 'Commit once, or leave out --base HEAD.',
  'objects-missing': 'Fetch the whole commit (git fetch --refetch), or leave out --base HEAD.',
  'format-mismatch': 'Move .ce-workspace/store.git away: past runs keep their object format.',
  empty: 'Add the files to build on, with the plan and its contracts.',
  unreadable: 'Make the file readable, or have git ignore it.',
  'bad-path': 'Rename the file, or have git ignore it.',
};

/** Carries an expected failure out of the depth of taking a base; `takeBase` turns it into data. */
export class BaseRefusal extends Error {
  readonly failure: BaseFailure;

  constructor(code: BaseFailureCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'BaseRefusal';
    this.failure = { code, message, fix: fixes[code] };
  }
}
