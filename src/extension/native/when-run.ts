import type { Runs } from '../runs/runs.ts';
import type { Ending } from './watch-current.ts';

/** Begins something as soon as there is a run, so that a window without one does without it. */
export function whenRun(runs: Runs, begin: () => readonly Ending[]): Ending {
  let begun: readonly Ending[] | null = null;
  const look = (): void => {
    if (begun !== null || runs.current === null) return;
    // First: what cannot begin is not tried again at each change.
    begun = [];
    begun = begin();
  };
  const subscription = runs.onDidChange(look);
  look();
  return {
    dispose: () => {
      for (const each of [subscription, ...(begun ?? [])]) each.dispose();
    },
  };
}
