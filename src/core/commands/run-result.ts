import type { PrerequisiteChecked } from '../events/run.ts';
import type { Digest } from '../ids.ts';
import type { Reported } from './asked.ts';

/** What became of one prerequisite, while others are still being checked. */
export interface RecordPrerequisite extends Reported {
  readonly type: 'record-prerequisite';
  readonly result: PrerequisiteResult;
}

/** What became of all of them; those that were told before stay as they were told. */
export interface RecordPrerequisites extends Reported {
  readonly type: 'record-prerequisites';
  readonly results: readonly PrerequisiteResult[];
}

export type PrerequisiteResult = Pick<PrerequisiteChecked, 'name' | 'passed' | 'evidence'>;

export interface RecordDelivery extends Reported {
  readonly type: 'record-delivery';
  readonly result:
    | {
        readonly ok: true;
        readonly kind: 'branch' | 'folder';
        readonly name: string;
        readonly commit: string | null;
      }
    | { readonly ok: false; readonly message: string };
}

export interface RecordPostmortem extends Reported {
  readonly type: 'record-postmortem';
  readonly digest: Digest;
}

/** Of the run as a whole. */
export type RunResult =
  RecordPrerequisite | RecordPrerequisites | RecordDelivery | RecordPostmortem;
