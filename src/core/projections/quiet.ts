/** What happened when, event by event, on the run's own clock. */
export interface EventCourse {
  /** Milliseconds, never falling. */
  readonly times: readonly number[];
  /** How many agents and checks were at work after each event. */
  readonly busy: readonly number[];
  /** Whether a person was asked for something after it. */
  readonly asked: readonly boolean[];
}

/** A stretch in which nothing happened and nobody was at work. */
export interface Quiet {
  readonly fromMs: number;
  readonly toMs: number;
  /** The run waited for a person. */
  readonly forYou: boolean;
}

/** Shorter ones are drawn as they are, however short the rest is. */
const leastMs = 15_000;
/** Of all the rest. */
const leastShare = 0.2;
/** The longest; a course of breaks alone would say nothing. */
const most = 20;

/**
 * The quiet stretches until `endMs` that are so long, beside all the rest, that whoever draws the course
 * true to scale shows little else; in the order of time.
 */
export function longQuiets({ times, busy, asked }: EventCourse, endMs: number): Quiet[] {
  const quiets: Quiet[] = [];
  let restMs = endMs;
  for (let at = 0; at < times.length; at++) {
    if (busy[at] !== 0) continue;
    const fromMs = times[at] ?? 0;
    const toMs = times[at + 1] ?? endMs;
    if (toMs <= fromMs) continue;
    restMs -= toMs - fromMs;
    if (toMs - fromMs >= leastMs) quiets.push({ fromMs, toMs, forYou: asked[at] ?? false });
  }
  const longMs = Math.max(leastMs, restMs * leastShare);
  return quiets
    .filter((quiet) => lengthOf(quiet) > longMs)
    .sort((a, b) => lengthOf(b) - lengthOf(a))
    .slice(0, most)
    .sort((a, b) => a.fromMs - b.fromMs);
}

/** Milliseconds. */
export const lengthOf = ({ fromMs, toMs }: Quiet): number => toMs - fromMs;
