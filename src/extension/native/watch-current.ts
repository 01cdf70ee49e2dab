import type { Disposable } from 'vscode';
import type { RunEvent } from '../../core/events.ts';
import type { LiveRun, Runs } from '../runs/runs.ts';

/** What the editor disposes of with the extension. */
export interface Ending {
  dispose(): unknown;
}

export interface CurrentWatcher {
  /** Another run is the current one, or there is none any more. */
  readonly turned?: (run: LiveRun | null) => void;
  /** Its events, as they come; not those that were there before. */
  readonly appended?: (events: readonly RunEvent[], run: LiveRun) => void;
  /** Something about it may look different; gathered, not for every event. */
  readonly changed?: (run: LiveRun | null) => void;
}

const gatherMs = 200;

/** Follows whichever run is the current one. */
export function watchCurrent(runs: Runs, watcher: CurrentWatcher): Ending {
  let run: LiveRun | null = null;
  let followed: Disposable[] = [];
  let timer: NodeJS.Timeout | null = null;
  const soon = (): void => {
    timer ??= setTimeout(() => {
      timer = null;
      watcher.changed?.(run);
    }, gatherMs);
  };
  const turn = (): void => {
    soon();
    if (runs.current === run) return;
    run = runs.current;
    for (const each of followed) each.dispose();
    followed = run === null ? [] : follow(run);
    watcher.turned?.(run);
  };
  const follow = (live: LiveRun): Disposable[] => [
    live.onDidAppend((events) => {
      watcher.appended?.(events, live);
      soon();
    }),
    live.onDidChange(soon),
  ];
  const subscription = runs.onDidChange(turn);
  turn();
  return {
    dispose: () => {
      if (timer !== null) clearTimeout(timer);
      for (const each of [subscription, ...followed]) each.dispose();
    },
  };
}
