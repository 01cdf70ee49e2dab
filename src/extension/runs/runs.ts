import type { Disposable, Event, Uri, WorkspaceFolder } from 'vscode';
import type { RunEvent } from '../../core/events.ts';
import type { Replayed } from '../../core/projections/timeline.ts';
import type { PersonRequest, Sent } from '../../engine/person.ts';
import type { DeskRun, Driver, RunKey } from '../../protocol/board.ts';

/** A run that this window follows event by event, whoever drives it. */
export interface LiveRun {
  readonly key: RunKey;
  readonly folder: WorkspaceFolder;
  /** Everything that is durable, oldest first. Only ever grows. */
  readonly events: readonly RunEvent[];
  /** null before the first event. */
  readonly replayed: Replayed | null;
  readonly driver: Driver;
  /** What is wrong with the journal; the events before it stand. */
  readonly problem: string | null;
  /** What was added: whole decisions. */
  readonly onDidAppend: Event<readonly RunEvent[]>;
  /** The driver or the problem changed. */
  readonly onDidChange: Event<void>;
}

export interface Failure {
  readonly ok: false;
  readonly code: string;
  readonly message: string;
}
export type Began = { readonly ok: true; readonly key: RunKey } | Failure;

/** All runs of all folders of this window. */
export interface Runs extends Disposable {
  /** Newest first. */
  readonly list: readonly DeskRun[];
  /** What sidebar, status bar and palette are about; null where there is no run. */
  readonly current: LiveRun | null;
  /** A run that is being prepared. */
  readonly starting: { readonly plan: string; readonly says: string } | null;
  /** The list, `current` or `starting` changed. */
  readonly onDidChange: Event<void>;

  /** Opens a run for following, also one that is over; null where there is none of that name. */
  follow(key: RunKey): Promise<LiveRun | null>;
  select(key: RunKey): Promise<void>;
  /** Holds the plan against the quality bar and starts it; refused plans have their diagnostics shown. */
  start(plan: Uri): Promise<Began>;
  /** Takes over a run that nobody drives. */
  resume(key: RunKey): Promise<Began>;
  /** A person's command, to whichever process drives the run. */
  send(key: RunKey, request: PersonRequest): Promise<Sent>;
  /** Resolves when the first look at all folders is done. */
  readonly ready: Promise<void>;
}
