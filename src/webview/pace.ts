/** What work waits for. */
interface Ports {
  /** Calls back before the next picture is painted. */
  readonly frame: (run: () => void) => void;
  /** Calls back in a task of its own, after that picture. */
  readonly after: (ms: number, run: () => void) => void;
  readonly now: () => number;
}

/** How many changes a picture shows. */
type Work = () => number;

/** How long work rests for each millisecond that it took: where little is new each time, */
const LEAST_REST = 8;
/** for every change more, */
const REST_A_CHANGE = 0.5;
/** and where much is. */
const MOST_REST = 40;
/** Rest that is saved up while there is nothing to do, and may be spent at once. */
const MOST_SAVED_MS = 800;
/** Nobody waits longer than this for news. */
const MOST_REST_MS = 600;

/**
 * Runs work before a picture is painted. What comes now and then is done at once; work that comes
 * without end rests in proportion to what it took, its rendering and painting included, and to how
 * much it showed: a few changes a second are shown as they come, a hundred are shown several
 * together. No change rests longer than three fifths of a second.
 */
export function paced({ frame, after, now }: Ports): (run: Work) => void {
  let savedMs = MOST_SAVED_MS;
  let savedAt = now();
  let working = false;
  /** Asked for before it was known what the last one took. */
  let asked: Work | null = null;

  const begin = (run: Work): void => {
    frame(() => {
      const began = now();
      working = true;
      const changes = run();
      after(0, () => {
        const rest = Math.min(MOST_REST, LEAST_REST + changes * REST_A_CHANGE);
        savedMs = Math.max(-MOST_REST_MS, saved(began) - (now() - began) * rest);
        savedAt = now();
        working = false;
        const next = asked;
        asked = null;
        if (next !== null) ask(next);
      });
    });
  };
  const saved = (at: number): number => Math.min(MOST_SAVED_MS, savedMs + (at - savedAt));
  const ask = (run: Work): void => {
    const restMs = -saved(now());
    if (working) asked = run;
    else if (restMs <= 0) begin(run);
    else after(restMs, () => begin(run));
  };
  return ask;
}
