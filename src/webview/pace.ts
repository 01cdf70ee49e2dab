/** What work waits for. */
interface Ports {
  /** Calls back before the next picture is painted. */
  readonly frame: (run: () => void) => void;
  /** Calls back in a task of its own, after that picture. */
  readonly after: (ms: number, run: () => void) => void;
  readonly now: () => number;
}

/** Work rests this many times as long as it took, so that the page stays free for whoever uses it. */
const REST = 3;
/** Nobody waits longer than this for news. */
const MOST_REST_MS = 200;

/**
 * Runs work before a picture is painted, and the next not before it has rested in proportion to what
 * the last one took, its rendering and painting included. Small boards show each batch at once; one
 * of 1,000 modules shows several together, and no change rests longer than a fifth of a second.
 */
export function paced({ frame, after, now }: Ports): (run: () => void) => void {
  let restedAt = 0;
  let working = false;
  /** Asked for before it was known what the last one took. */
  let asked: (() => void) | null = null;

  const begin = (run: () => void): void => {
    frame(() => {
      const began = now();
      working = true;
      run();
      after(0, () => {
        const ended = now();
        restedAt = ended + Math.min(MOST_REST_MS, REST * (ended - began));
        working = false;
        const next = asked;
        asked = null;
        if (next !== null) ask(next);
      });
    });
  };
  const ask = (run: () => void): void => {
    const restMs = restedAt - now();
    if (working) asked = run;
    else if (restMs <= 0) begin(run);
    else after(restMs, () => begin(run));
  };
  return ask;
}
