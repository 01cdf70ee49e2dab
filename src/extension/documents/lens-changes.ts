import type { RunEvent } from '../../core/events.ts';
import type { LiveRun, Runs } from '../runs/runs.ts';

/** Nobody reads contracts of more runs at once. */
const maxKept = 8;

/** After these, lenses may say something else: another version, another seal, or something else may be done. */
const telling: ReadonlySet<RunEvent['type']> = new Set([
  ...(['run-started', 'plan-changed', 'module-split'] as const),
  ...(['contract-written', 'contract-amended'] as const),
  ...(['module-sealed', 'seal-adopted', 'module-reopened'] as const),
  ...(['delivery-started', 'delivery-failed', 'delivered', 'postmortem-written'] as const),
  ...(['run-cancelled', 'run-finished', 'run-reopened'] as const),
]);

/**
 * Tells when lenses on contracts are to be asked for again. A run says twice a second that something
 * happened; the editor would ask for every open file each time.
 */
export class LensChanges {
  readonly #runs: Runs;
  #current: LiveRun | null;
  /** How many events of each run were looked at. */
  readonly #seen = new Map<LiveRun, number>();

  constructor(runs: Runs) {
    this.#runs = runs;
    this.#current = runs.current;
    if (this.#current !== null) this.shown(this.#current);
  }

  /** Lenses on a contract of this run are on the screen. */
  shown(run: LiveRun): void {
    const seen = this.#seen.get(run) ?? run.events.length;
    this.#seen.delete(run);
    this.#seen.set(run, seen);
    const [oldest] = this.#seen.keys();
    if (this.#seen.size > maxKept && oldest !== undefined) this.#seen.delete(oldest);
  }

  /** Whether they may have changed since this was asked last. */
  haveChanged(): boolean {
    const { current } = this.#runs;
    let changed = current !== this.#current;
    this.#current = current;
    if (current !== null) this.shown(current);
    for (const [run, seen] of this.#seen) {
      for (let at = seen; at < run.events.length && !changed; at++) {
        const event = run.events[at];
        changed = event !== undefined && telling.has(event.type);
      }
      this.#seen.set(run, run.events.length);
    }
    return changed;
  }
}
