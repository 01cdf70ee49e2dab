import { sleepBy, type Clock, type TimerOptions } from '../../src/engine/clock.ts';

interface Timer {
  readonly due: number;
  readonly background: boolean;
  readonly fn: () => void;
  live: boolean;
}

/** Time that moves only when told to: every run of a test sees the same timers in the same order. */
export class VirtualClock implements Clock {
  readonly #start: number;
  /** By due time; those of one time in the order they were set. */
  readonly #timers: Timer[] = [];
  #elapsed = 0;
  #waiting = 0;

  /** `start` is what `now()` says at first. */
  constructor(start: number = Date.UTC(2026, 0, 1)) {
    this.#start = start;
  }

  now(): number {
    return Math.floor(this.#start + this.#elapsed);
  }

  monotonic(): number {
    return this.#elapsed;
  }

  /** Timers that are set and not in the background. */
  get waiting(): number {
    return this.#waiting;
  }

  after(ms: number, fn: () => void, options?: TimerOptions): Disposable {
    const background = options?.background === true;
    const timer: Timer = { due: this.#elapsed + Math.max(0, ms), background, fn, live: true };
    this.#timers.splice(this.#placeOf(timer.due), 0, timer);
    if (!background) this.#waiting += 1;
    return { [Symbol.dispose]: () => this.#end(timer) };
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return sleepBy((delay, fn) => this.after(delay, fn), ms, signal);
  }

  /** Goes to the next timer and fires it; false if none is set. */
  advanceToNext(): boolean {
    return this.#fireNext(Infinity);
  }

  /** Goes forward, firing what falls due, what that sets included. */
  advance(ms: number): void {
    const until = this.#elapsed + ms;
    while (this.#fireNext(until));
    this.#elapsed = until;
  }

  /**
   * Fires timers, and lets promises settle before each, until none but background ones are left.
   * Real input and output is not waited for.
   */
  async runUntilIdle(limit = 1_000_000): Promise<void> {
    await settled();
    for (let fired = 0; this.#waiting > 0; fired += 1) {
      if (fired === limit) throw new Error(`still not idle after ${limit} timers`);
      this.advanceToNext();
      await settled();
    }
  }

  #fireNext(until: number): boolean {
    for (let timer = this.#timers[0]; timer !== undefined; timer = this.#timers[0]) {
      if (timer.live && timer.due > until) return false;
      this.#timers.shift();
      if (!timer.live) continue;
      this.#elapsed = timer.due;
      this.#end(timer);
      timer.fn();
      return true;
    }
    return false;
  }

  #end(timer: Timer): void {
    if (!timer.live) return;
    timer.live = false;
    if (!timer.background) this.#waiting -= 1;
  }

  /** Behind all timers that are due no later. */
  #placeOf(due: number): number {
    let low = 0;
    let high = this.#timers.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#timers[middle]!.due <= due) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** After every promise that can settle without time or input has settled. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
