import { l10n, StatusBarAlignment, ThemeColor, window, type StatusBarItem } from 'vscode';
import { commands as ids } from '../contributions.ts';
import type { LiveRun, Runs } from '../runs/runs.ts';
import { preparingWords } from './preparing-words.ts';
import type { StatusWords } from './status-words.ts';
import { watchCurrent, type Ending } from './watch-current.ts';

/** Estimates grow old without an event. */
const refreshMs = 30_000;

/** How far the current run is, and beside it, marked, what needs a person. */
export function showStatus(runs: Runs): Ending[] {
  const needs = window.createStatusBarItem('ashlar.needsYou', StatusBarAlignment.Left, 51);
  needs.name = l10n.t('Ashlar: Needs You');
  needs.backgroundColor = new ThemeColor('statusBarItem.warningBackground');
  const progress = window.createStatusBarItem('ashlar.progress', StatusBarAlignment.Left, 50);
  progress.name = l10n.t('Ashlar: Progress');

  const show = (run: LiveRun | null): void => {
    const { starting } = runs;
    if (starting !== null) put(progress, preparingWords(starting), ids.showOutput, []);
    else {
      const words = run === null ? null : run.engine.progressWords(run, Date.now());
      put(progress, words, ids.openBoard, run === null ? [] : [run.key]);
    }
    const what = run === null ? null : run.engine.needsWords(run.replayed);
    put(needs, what, ids.openBoard, run === null ? [] : [run.key, 'gates']);
  };
  const timer = setInterval(() => show(runs.current), refreshMs);
  const stop = { dispose: () => clearInterval(timer) };
  return [needs, progress, watchCurrent(runs, { changed: show }), stop];
}

function put(
  item: StatusBarItem,
  words: StatusWords | null,
  command: string,
  given: readonly unknown[],
): void {
  if (words === null) {
    item.hide();
    return;
  }
  item.text = words.text;
  item.tooltip = words.tooltip;
  item.command = { command, title: '', arguments: [...given] };
  item.show();
}
