/** What work waits for. */
interface Ports {
  /** Calls back before the next picture is painted. */
  readonly frame: (run: () => void) => void;
  /** Calls back in a task of its own, after that picture. */
  readonly after: (ms: number, run: () => void) => void;
  readonly now: () => number;
}

/** How long work rests for each millisecond that it took. */
const REST = 20;
/** Rest that is saved up while there is nothing to do, and may be spent at once. */
const MOST_SAVED_MS = 800;
/** Nobody waits longer than this for news. */
const MOST_REST_MS = 400;

/**
 * Runs work before a picture is painted. What comes now and then is done at once; work that comes
 * without end rests in proportion to what it took, its rendering and painting included. A board of
 * 1,000 modules shows several batches together when they come fast, and no change rests longer than
 * two fifths of a second.
 */
export function paced({ frame, after, now }: Ports): (run: () => void) => void {
  let savedMs = MOST_SAVED_MS;
  let savedAt = now();
  let working = false;
  /** Asked for before it was known what the last one took. */
  let asked: (() => void) | null = null;

  const begin = (run: () => void): void => {
    frame(() => {
      const began = now();
      working = true;
      run();
      after(0, () => {
        const tookMs = now() - began;
        savedMs = Math.max(-MOST_REST_MS, saved(began) - tookMs * REST);
        savedAt = now();
        working = false;
        const next = asked;
        asked = null;
        if (next !== null) ask(next);
      });
    });
  };
  const saved = (at: number): number => Math.min(MOST_SAVED_MS, savedMs + (at - savedAt));
  const ask = (run: () => void): void => {
    const restMs = -saved(now());
    if (working) asked = run;
    else if (restMs <= 0) begin(run);
    else after(restMs, () => begin(run));
  };
  return ask;
}
