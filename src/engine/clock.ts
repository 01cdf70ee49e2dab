/**
 * The one source of time in the engine. A demonstration runs on a sped-up clock, a test on a
 * virtual one, and nothing else notices.
 */
export interface Clock {
  /** UTC milliseconds. Follows the speed, so durations read as on the plan's clock. */
  now(): number;
  /** Milliseconds since an arbitrary start; never runs back, whatever the system's time does. */
  monotonic(): number;
  /** Rejects with `signal.reason` when aborted, at once if it already is. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Calls `fn` once, never early; disposing before then calls it off. */
  after(ms: number, fn: () => void, options?: TimerOptions): Disposable;
}

export interface TimerOptions {
  /** A background timer keeps neither the process alive nor a virtual clock busy. */
  readonly background?: boolean;
}

/** Node fires timers with longer delays at once instead. */
const longestTimerMs = 2 ** 31 - 1;

/** The system's time, `speed` times as fast from now on. */
export function systemClock(speed = 1): Clock {
  if (!(speed > 0 && Number.isFinite(speed))) throw new Error(`not a clock speed: ${speed}`);
  const startNow = Date.now();
  const startMonotonic = performance.now();
  const monotonic = (): number => (performance.now() - startMonotonic) * speed;
  const after: Clock['after'] = (ms, fn, options) => {
    const due = monotonic() + ms;
    let timer: NodeJS.Timeout;
    const arm = (): void => {
      const leftMs = Math.ceil((due - monotonic()) / speed);
      timer = setTimeout(fire, Math.max(0, Math.min(leftMs, longestTimerMs)));
      if (options?.background === true) timer.unref();
    };
    // Timers are kept in whole milliseconds and can fire a fraction early.
    const fire = (): void => {
      if (monotonic() < due) arm();
      else fn();
    };
    arm();
    return { [Symbol.dispose]: () => clearTimeout(timer) };
  };
  return {
    now: () => Math.floor(startNow + monotonic()),
    monotonic,
    after,
    sleep: (ms, signal) => sleepBy(after, ms, signal),
  };
}

/** A sleep made of a timer, for every clock alike. */
export function sleepBy(after: Clock['after'], ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    // A reason is whatever the aborter gave, and callers compare it by identity.
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
    const fail = (): void => reject(signal?.reason);
    if (signal?.aborted === true) {
      fail();
      return;
    }
    const timer = after(ms, () => {
      signal?.removeEventListener('abort', abort);
      resolve();
    });
    const abort = (): void => {
      timer[Symbol.dispose]();
      fail();
    };
    signal?.addEventListener('abort', abort, { once: true });
  });
}
