/** What work waits for. */
interface Ports {
  /** Calls back before the next picture is painted. */
  readonly frame: (run: () => void) => void;
  /** Calls back in a task of its own, after that picture. */
  readonly after: (ms: number, run: () => void) => void;
  readonly now: () => number;
}

/** Of the time, what work that does not end may take: the rest is for whoever uses the page. */
const SHARE = 0.1;
/** What is saved up while there is nothing to do, and may be spent at once. */
const MOST_SAVED_MS = 40;
/** Nobody waits longer than this for news. */
const MOST_REST_MS = 200;

/**
 * Runs work before a picture is painted. What comes now and then is done at once, and so is all that
 * costs little; work that comes without end rests in proportion to what it took, its rendering and
 * painting included. A board of 1,000 modules shows several batches together when they come fast,
 * and no change rests longer than a fifth of a second.
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
        savedMs = Math.max(-MOST_REST_MS * SHARE, saved(began) - (now() - began));
        savedAt = now();
        working = false;
        const next = asked;
        asked = null;
        if (next !== null) ask(next);
      });
    });
  };
  const saved = (at: number): number => Math.min(MOST_SAVED_MS, savedMs + (at - savedAt) * SHARE);
  const ask = (run: () => void): void => {
    const restMs = -saved(now()) / SHARE;
    if (working) asked = run;
    else if (restMs <= 0) begin(run);
    else after(restMs, () => begin(run));
  };
  return ask;
}
