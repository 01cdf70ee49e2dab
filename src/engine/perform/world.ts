import type { RunEvent } from '../../core/events.ts';
import type { Digest, RunId } from '../../core/ids.ts';
import type { Clock } from '../clock.ts';
import type { Providers } from '../providers.ts';
import type { CheckRunner, ProvidedFolder } from '../gates/check-request.ts';
import type { Redaction } from '../gates/redaction.ts';
import type { SandboxMode } from '../gates/sandbox.ts';
import type { HandoffNews } from './handoff-news.ts';
import type { Store } from '../store/store.ts';
import type { WorkFolders } from '../store/work-folder.ts';

/** What the effects of one run act on and through. */
export interface World {
  readonly run: RunId;
  /** `.ce-workspace/runs/<run>`, absolute. */
  readonly runFolder: string;
  readonly store: Store;
  readonly folders: WorkFolders;
  readonly runner: CheckRunner;
  readonly sandbox: SandboxMode;
  /** What the plan's environment provides, set up before the run began. */
  readonly environment: PreparedEnvironment;
  readonly providers: Pick<Providers, 'of' | 'switch'>;
  /** Taken out of all that agents and checks say, before it is kept. */
  readonly secrets: Redaction;
  readonly clock: Clock;
  /** All events that are durable, oldest first. */
  readonly events: () => readonly RunEvent[];
  /** The run's minutes, as a person may have changed them since. */
  readonly minutes: () => number;
  /** Called when the run is paused and when it goes on: agents' clocks follow. */
  readonly pauses: PauseSwitch;
  /** Whether its agents are given nothing of what earlier runs learned. */
  readonly withoutInsights?: boolean;
  /** Where builders at work hear of handoffs. */
  readonly handoffs: HandoffNews;
}

export interface PreparedEnvironment {
  readonly digest: Digest | null;
  readonly provided: readonly ProvidedFolder[];
}

/** Tells whoever measures time at work that a run is paused. */
export class PauseSwitch {
  readonly #listeners = new Set<{ pause(): void; resume(): void }>();
  #paused = false;

  set(paused: boolean): void {
    if (paused === this.#paused) return;
    this.#paused = paused;
    for (const each of this.#listeners) {
      if (paused) each.pause();
      else each.resume();
    }
  }

  follow(listener: { pause(): void; resume(): void }): Disposable {
    this.#listeners.add(listener);
    if (this.#paused) listener.pause();
    return { [Symbol.dispose]: () => this.#listeners.delete(listener) };
  }
}
