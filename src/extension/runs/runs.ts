import type { Told } from '../../core/phrase.ts';
import type { Event, Uri, WorkspaceFolder } from 'vscode';
import type { RunEvent } from '../../core/events.ts';
import type { Replayed } from '../../core/projections/timeline.ts';
import type { Sent } from '../../engine/person.ts';
import type { PersonRequest } from '../../engine/person-request.ts';
import type { Diagnostic } from '../../engine/plan/diagnostic.ts';
import type { DeskRun, Driver, RunKey } from '../../protocol/board.ts';
import type { Source } from '../../protocol/source.ts';
import type { Engine } from './runs-host.ts';
import type { Way } from '../../core/way.ts';

/** A run whose lock says that a process of another host drives it, which nobody can see from here. */
export interface ForeignDriver {
  readonly pid: number;
  readonly host: string;
  /** Tells its hold of the lock from all others. */
  readonly nonce: string;
}

/** A run that this window follows event by event, whoever drives it. */
export interface LiveRun {
  readonly key: RunKey;
  readonly folder: WorkspaceFolder;
  /** What it is read with, and what tells of it: loaded by now, so that nobody waits for it. */
  readonly engine: Engine;
  /** Everything that is durable, oldest first. Only ever grows. */
  readonly events: readonly RunEvent[];
  /** null before the first event. */
  readonly replayed: Replayed | null;
  readonly driver: Driver;
  /** Who drives it on another host, by its lock; left out where that can be seen from here. */
  readonly foreign?: ForeignDriver | null;
  /** What is wrong with the journal; the events before it stand. */
  readonly problem: string | null;
  /** What was added: whole decisions. */
  readonly onDidAppend: Event<readonly RunEvent[]>;
  /** The driver or the problem changed. */
  readonly onDidChange: Event<void>;
  /** Its folder was closed or removed: nothing more will come of it. Left out: it is there. */
  readonly hasEnded?: boolean;
  /** Where it was opened from, to be looked at alone; left out: it lies in a folder of this window. */
  readonly source?: Source;
}

export interface Failure extends Told {
  readonly ok: false;
  readonly code: string;
}

/** Whether a run is being driven here now, with what was found in its plan. */
export type Began =
  | {
      readonly ok: true;
      readonly key: RunKey;
      /** What a person should know, such as uncommitted files in the base; none at a resume. */
      readonly notes: readonly string[];
      /** Advice on the plan; none at a resume. */
      readonly diagnostics: readonly Diagnostic[];
    }
  /** `plan-refused`: the diagnostics say why; none of any other failure. */
  | (Failure & {
      readonly diagnostics: readonly Diagnostic[];
      /** With `foreign-host`: who is to have ended before the run can be taken over. */
      readonly foreign?: ForeignDriver;
    });

/** A run that was driven here and stopped without anybody asking for it. */
export interface Stopped {
  readonly key: RunKey;
  readonly message: string;
}

/** All runs of all folders of this window. */
export interface Runs {
  /** Newest first. */
  readonly list: readonly DeskRun[];
  /** What sidebar, status bar and palette are about; null where there is no run. */
  readonly current: LiveRun | null;
  /** A run that is being prepared; `plan` as a path within its folder. */
  readonly starting: { readonly plan: string; readonly says: string } | null;
  /**
   * Runs with work that nobody does: their driver ended before they did. Those that only wait for a
   * person are not among them.
   */
  readonly interrupted: readonly RunKey[];
  /** The list, `current`, `starting` or `interrupted` changed. */
  readonly onDidChange: Event<void>;
  /** A disk that is full, a store that broke: the run stays as it is and can be resumed. */
  readonly onDidStop: Event<Stopped>;
  /** Resolves when the first look at all folders is done. */
  readonly ready: Promise<void>;

  /** Opens a run for following, also one that is over; null where there is none of that name. */
  follow(key: RunKey): Promise<LiveRun | null>;
  select(key: RunKey): Promise<void>;
  /**
   * Saves the plan, holds it against the quality bar and starts it; the answer comes once it runs.
   * `cancelled`: it is not to be started any more; once it runs that has no effect.
   */
  start(plan: Uri, cancelled?: AbortSignal, way?: Way): Promise<Began>;
  /**
   * Takes over a run that nobody drives and ends its pause; where it is driven, ends its pause. `gone`: a
   * person said that this process has ended; where another one holds the lock by now, they are to be asked.
   */
  resume(key: RunKey, gone?: ForeignDriver): Promise<Began>;
  /**
   * A person's command, to whichever process drives the run. Where nobody does, the run is taken
   * over here, so that it has its effect.
   */
  send(key: RunKey, request: PersonRequest): Promise<Sent>;
  /** Stops all sessions where they are and waits until their locks are free; for `deactivate`. */
  stop(): Promise<void>;
  dispose(): void;
}
