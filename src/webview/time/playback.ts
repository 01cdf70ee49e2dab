import type { Moments } from './moments.ts';

/** Times as fast as it was. */
export const SPEEDS = [1, 10, 60, 300] as const;
export type Speed = (typeof SPEEDS)[number];

/** While nothing happens, a replay goes on to the next event after this long. */
const IDLE_MS = 700;
/** A run is played in about this long, unless a person chooses otherwise. */
const WHOLE_MS = 45_000;

/** The slowest speed that plays a run of this length in less than a minute. */
export function speedFor(totalMs: number): Speed {
  return SPEEDS.find((speed) => totalMs / speed <= WHOLE_MS) ?? 300;
}

/** A replay from a moment on: where it is on the run's own clock, moved on by real time. */
export class Playback {
  readonly #moments: Moments;
  #ms: number;
  #idleMs = 0;

  constructor(moments: Moments, from: number) {
    this.#moments = moments;
    this.#ms = moments.times[from - 1] ?? 0;
  }

  /** The moment after `realMs` more at `speed`; null when the present is reached. */
  advance(realMs: number, speed: Speed): number | null {
    const moments = this.#moments;
    const before = moments.momentAt(this.#ms);
    this.#idleMs += realMs;
    this.#ms += realMs * speed;
    const next = moments.times[before];
    // Nobody wants to watch a night in which nothing happens.
    if (next !== undefined && next > this.#ms && this.#idleMs >= IDLE_MS) this.#ms = next;
    const after = moments.momentAt(this.#ms);
    if (after > before) this.#idleMs = 0;
    return after >= moments.length ? null : after;
  }
}
