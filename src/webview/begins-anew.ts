import type { Desk } from '../protocol/board.ts';

/** Whether a run is being prepared, or has been started, since `before`. */
export function beginsAnew(before: Desk, { starting, runs }: Desk): boolean {
  const latest = Math.max(0, ...before.runs.map(({ startedAt }) => startedAt));
  return (
    (starting !== null && before.starting?.plan !== starting.plan) ||
    runs.some(({ startedAt }) => startedAt > latest)
  );
}
