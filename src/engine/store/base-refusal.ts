import { inWriting, joined, phrase, type Phrase } from '../../core/phrase.ts';
import type { BaseFailure, BaseFailureCode } from './base-record.ts';

const fixes: Readonly<Record<BaseFailureCode, Phrase>> = {
  'no-commit': phrase('Commit once, or leave out --base HEAD.'),
  'objects-missing': phrase(
    'Fetch the whole commit (git fetch --refetch), or leave out --base HEAD.',
  ),
  'format-mismatch': phrase(
    'Move .ce-workspace/store.git away: past runs keep their object format.',
  ),
  empty: phrase('Add the files to build on, with the plan and its contracts.'),
  unreadable: phrase('Make the file readable, or have git ignore it.'),
  'bad-path': phrase('Rename the file, or have git ignore it.'),
};

/** Carries an expected failure out of the depth of taking a base; `takeBase` turns it into data. */
export class BaseRefusal extends Error {
  readonly failure: BaseFailure;

  constructor(code: BaseFailureCode, says: Phrase, cause?: unknown) {
    const message = inWriting(says);
    super(message, { cause });
    this.name = 'BaseRefusal';
    const fix = fixes[code];
    this.failure = { code, message, fix: inWriting(fix), words: joined(' ', [says, fix]) };
  }
}
