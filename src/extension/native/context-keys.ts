import { commands as vscodeCommands } from 'vscode';
import type { Drafts } from '../drafts/drafts.ts';
import type { LiveRun, Runs } from '../runs/runs.ts';
import { runContext } from './run-context.ts';
import { watchCurrent, type Ending } from './watch-current.ts';

/** Keeps the context keys in step with the current run; sets only what changed. */
export function keepContextKeys(runs: Runs, drafts: Drafts): Ending[] {
  const known = new Map<string, boolean>();
  const set = (run: LiveRun | null): void => {
    const shown = run === null ? null : shownOf(run);
    const keys = runContext(shown, run === null ? 0 : drafts.list(run).length);
    for (const [key, value] of Object.entries(keys)) {
      if (known.get(key) === value) continue;
      known.set(key, value);
      void vscodeCommands.executeCommand('setContext', key, value);
    }
  };
  return [watchCurrent(runs, { changed: set }), drafts.onDidChange(() => set(runs.current))];
}

const shownOf = ({ replayed, driver, foreign = null }: LiveRun) => ({
  ...{ state: replayed?.state ?? null, driver, foreign },
});
