import { commands, TabInputTextDiff, window, type Disposable, type Tab } from 'vscode';
import { openGates } from '../actions/open-gates.ts';
import { documentScheme, editorKeys } from '../contributions.ts';
import { watchCurrent, type Ending } from '../native/watch-current.ts';
import type { LiveRun, Runs } from '../runs/runs.ts';
import { gateDiffTitle } from './diff-titles.ts';
import type { AskingGate } from './documents.ts';

/** Nobody keeps more diffs open that they want to decide in. */
const maxKept = 32;

/**
 * Knows whether the active editor compares exactly what a gate asks a person about now, so that it can be
 * decided there. The editor tells nothing of its diffs of many files but their titles, so it is by title
 * that they are known: it holds the gate and the beginning of the submission's hash, and it outlives a
 * reload. What is decided is always what the run asks about, by its whole hash.
 */
export class ShownGates implements Disposable {
  readonly #runs: Runs;
  /** By title; those of the current run are found without. */
  readonly #opened = new Map<string, LiveRun>();
  readonly #endings: Ending[];
  #isShown = false;

  constructor(runs: Runs) {
    this.#runs = runs;
    const look = (): void => this.#look();
    this.#endings = [
      window.tabGroups.onDidChangeTabs(look),
      window.tabGroups.onDidChangeTabGroups(look),
      watchCurrent(runs, { changed: look }),
    ];
    look();
  }

  /** A diff is about to be opened, of a run that may not be the current one. */
  opening(title: string, run: LiveRun): void {
    this.#opened.delete(title);
    this.#opened.set(title, run);
    const [oldest] = this.#opened.keys();
    if (this.#opened.size > maxKept && oldest !== undefined) this.#opened.delete(oldest);
  }

  get shown(): AskingGate | null {
    const tab = window.tabGroups.activeTabGroup.activeTab;
    if (tab === undefined || !mayCompare(tab)) return null;
    const opened = [...this.#opened].find(([title]) => isTitled(tab, title))?.[1];
    const { current } = this.#runs;
    for (const run of [opened, current]) {
      const found = run === undefined || run === null ? null : askingIn(run, tab);
      if (found !== null) return found;
    }
    return null;
  }

  dispose(): void {
    for (const each of this.#endings) each.dispose();
  }

  #look(): void {
    const isShown = this.shown !== null;
    if (isShown === this.#isShown) return;
    this.#isShown = isShown;
    void commands.executeCommand('setContext', editorKeys.gateDiff, isShown);
  }
}

function askingIn(run: LiveRun, tab: Tab): AskingGate | null {
  const state = run.replayed?.state;
  if (state === undefined || state.phase.at === 'finished') return null;
  for (const { gate, submission, refused } of openGates(state)) {
    const titles = (['base', 'previous'] as const).map((side) =>
      gateDiffTitle(gate, submission, side),
    );
    if (!refused && titles.some((title) => isTitled(tab, title))) return { run, gate, submission };
  }
  return null;
}

/** The editor adds how many files there are. */
const isTitled = ({ label }: Tab, title: string): boolean =>
  label === title || label.startsWith(`${title} (`);

/** Only diffs of what we show; never a file of the workspace that has such a name. */
function mayCompare({ input }: Tab): boolean {
  if (input instanceof TabInputTextDiff) return input.modified.scheme === documentScheme;
  // A diff of many files has a shape that the editor does not promise; where it has none, the title says it.
  if (input === undefined) return true;
  if (typeof input !== 'object' || input === null || !('textDiffs' in input)) return false;
  const { textDiffs } = input;
  return Array.isArray(textDiffs) && textDiffs.every(isOurs);
}

const isOurs = (diff: unknown): boolean =>
  diff instanceof TabInputTextDiff &&
  [diff.original, diff.modified].some(({ scheme }) => scheme === documentScheme);
