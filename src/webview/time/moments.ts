import { elapsedMs } from '../../core/allowance.ts';
import type { RunEvent } from '../../core/events.ts';
import { chronicleEvent, type Chronicle } from '../../core/projections/chronicle.ts';
import { markOf, type Mark } from './marks.ts';

/** Events between two kept folds: folding as many takes a few milliseconds. */
const STRIDE = 200;

/**
 * A run's journal as it grows, and the run as it was after any of its events. What a fold holds is
 * shared with the fold before it, so that keeping one in {@link STRIDE} costs little.
 *
 * A *moment* is a number of events, from 1 to {@link length}.
 */
export class Moments {
  /** Grows in place. */
  readonly events: RunEvent[] = [];
  /** By event: milliseconds on the run's own clock, which stands still in pauses; never falling. */
  readonly times: number[] = [];
  /** By event: how many agents and checks were at work after it. */
  readonly busy: number[] = [];
  /** By event: whether a person was asked for something after it. */
  readonly asked: boolean[] = [];
  /** What a person looks for, oldest first. */
  readonly marks: Mark[] = [];
  /** After every {@link STRIDE}th event. */
  readonly #kept: Chronicle[] = [];
  #last: Chronicle | null = null;
  /** The fold that was asked for last: the next one is mostly near it. */
  #seen: { readonly moment: number; readonly chronicle: Chronicle } | null = null;

  get length(): number {
    return this.events.length;
  }

  /** The run after its last event; null before its first. */
  get last(): Chronicle | null {
    return this.#last;
  }

  /** Throws where an event does not follow those before it; what came before it stands. */
  append(events: readonly RunEvent[]): void {
    for (const event of events) {
      const chronicle = chronicleEvent(this.#last, event);
      const { state } = chronicle;
      this.#last = chronicle;
      this.events.push(event);
      this.times.push(Math.max(this.times.at(-1) ?? 0, elapsedMs(state, event.at)));
      this.busy.push(state.inFlight);
      this.asked.push(state.needPerson > 0);
      const kind = markOf(event);
      if (kind !== null) this.marks.push({ kind, moment: this.length });
      if (this.length % STRIDE === 0) this.#kept.push(chronicle);
    }
  }

  /** The run after its first `moment` events; null where there are none. Moments outside are the nearest. */
  at(moment: number): Chronicle | null {
    const wanted = Math.min(Math.max(Math.round(moment), 1), this.length);
    if (wanted === this.length) return this.#last;
    const nearest = Math.floor(wanted / STRIDE);
    let from = nearest * STRIDE;
    let chronicle = this.#kept[nearest - 1] ?? null;
    const seen = this.#seen;
    if (seen !== null && seen.moment > from && seen.moment <= wanted) {
      ({ moment: from, chronicle } = seen);
    }
    for (const event of this.events.slice(from, wanted)) {
      chronicle = chronicleEvent(chronicle, event);
    }
    if (chronicle !== null) this.#seen = { moment: wanted, chronicle };
    return chronicle;
  }

  /** The last moment at or before `ms` on the run's own clock; the first where there is none. */
  momentAt(ms: number): number {
    let [low, high] = [1, this.length];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.times[middle - 1] ?? 0) <= ms) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
