import type { ModuleId, RunId, TreeId } from '../../core/ids.ts';
import type { BaseRecord } from '../../core/events/run-origin.ts';

/** A sealed module as it is delivered. */
export interface DeliveredSeal {
  readonly module: ModuleId;
  /** First line of the commit. */
  readonly title: string;
  /** What the builder says of it. */
  readonly summary: string;
  /** The owned files. */
  readonly tree: TreeId;
  readonly owns: readonly string[];
  /** UTC milliseconds of the seal: the commit's date. */
  readonly at: number;
}

export interface Delivery {
  readonly run: RunId;
  /** UTC milliseconds of the run's start: the date of what it started from. */
  readonly at: number;
  readonly base: BaseRecord;
  /** Providers before their consumers. */
  readonly seals: readonly DeliveredSeal[];
}

export type DeliveryFailureCode =
  /** the repository that the base was taken from is not there any more */
  | 'repository-gone'
  /** the branch is checked out: moving it would change the user's files under their hands */
  | 'branch-checked-out'
  /** branches of both names exist and are not of this run, or git refuses them */
  | 'branch-refused';

export interface DeliveryFailure {
  readonly code: DeliveryFailureCode;
  readonly message: string;
  readonly fix: string;
}

export type DeliveryOutcome =
  | {
      readonly ok: true;
      readonly kind: 'branch';
      /** Without `refs/heads/`. */
      readonly name: string;
      /** The branch's tip. */
      readonly commit: string;
      /** The commits that this delivery added, oldest first; none where all was there already. */
      readonly commits: readonly string[];
    }
  | { readonly ok: true; readonly kind: 'folder'; /** absolute */ readonly path: string }
  | { readonly ok: false; readonly failure: DeliveryFailure };
