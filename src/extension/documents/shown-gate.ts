import { commands, TabInputTextDiff, window, type Disposable, type Tab, type Uri } from 'vscode';
import type { RunKey } from '../../protocol/board.ts';
import { isSameRun } from '../../protocol/run-key.ts';
import { openGates } from '../actions/open-gates.ts';
import { documentScheme, editorKeys } from '../contributions.ts';
import { watchCurrent, type Ending } from '../native/watch-current.ts';
import type { LiveRun, Runs } from '../runs/runs.ts';
import { gateDiffTitle } from './diff-titles.ts';
import { readDocumentUri } from './document-uri.ts';
import type { AskingGate } from './documents.ts';

/** Nobody keeps more diffs open that they want to decide in. */
const maxKept = 32;

/**
 * Knows whether the active editor compares exactly what a gate asks a person about now, so that it can be
 * decided there. The title of the diff holds the gate and the beginning of the submission's hash; the run is
 * told by what is compared, because two runs of one plan may ask about the same result. Both outlive a
 * reload. What is decided is always what the run asks about, by its whole hash.
 */
export class ShownGates implements Disposable {
  readonly #runs: Runs;
  /** By run and title; those of the current run are found without. */
  readonly #opened = new Map<string, { readonly title: string; readonly run: LiveRun }>();
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
    const key = JSON.stringify([run.key.folder, run.key.run, title]);
    this.#opened.delete(key);
    this.#opened.set(key, { title, run });
    const [oldest] = this.#opened.keys();
    if (this.#opened.size > maxKept && oldest !== undefined) this.#opened.delete(oldest);
  }

  get shown(): AskingGate | null {
    return this.#asking(window.tabGroups.activeTabGroup.activeTab);
  }

  /**
   * What a button in an editor's title is about, which may not be that of the active group: the editor says
   * of which document it was. A diff of many files has none, and groups are not told: where several of them
   * could be meant, nobody knows which.
   */
  clicked(document: Uri | null): AskingGate | 'several' | null {
    if (document === null) return this.shown;
    const { all } = window.tabGroups;
    const tabs = all.flatMap(({ activeTab }) => activeTab ?? []);
    const found = tabs.filter((tab) => mayShow(tab, document)).map((tab) => this.#asking(tab));
    const [first] = found;
    if (first === undefined) return null;
    return found.every((each) => isSameGate(each, first)) ? first : 'several';
  }

  #asking(tab: Tab | undefined): AskingGate | null {
    const compared = tab === undefined ? null : runCompared(tab);
    if (tab === undefined || compared === null) return null;
    const found = this.#candidates(tab)
      .filter(({ key }) => compared === 'untold' || isSameRun(key, compared))
      .flatMap((run) => askingIn(run, tab) ?? []);
    // Where the editor does not tell the run, and the title fits two of them, nobody knows which is seen.
    const [only] = found;
    return found.length === 1 && only !== undefined ? only : null;
  }

  dispose(): void {
    for (const each of this.#endings) each.dispose();
  }

  /** Every run that such a diff may be of, once. */
  #candidates(tab: Tab): readonly LiveRun[] {
    const { current } = this.#runs;
    const runs = current === null ? [] : [current];
    for (const { title, run } of this.#opened.values()) {
      if (isTitled(tab, title) && !runs.some(({ key }) => isSameRun(key, run.key))) runs.push(run);
    }
    return runs;
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

/**
 * The run that a diff of what we show is of; null for anything else, such as a file of the workspace that
 * has such a name, or files of several runs.
 */
function runCompared({ input }: Tab): RunKey | 'untold' | null {
  if (input instanceof TabInputTextDiff) return runOf([input]);
  // A diff of many files has a shape that the editor does not promise; where it has none, the title says it.
  if (input === undefined) return 'untold';
  if (typeof input !== 'object' || input === null || !('textDiffs' in input)) return null;
  const { textDiffs } = input;
  if (!Array.isArray(textDiffs)) return null;
  // The editor may leave out files that are on one side alone.
  return textDiffs.length === 0 ? 'untold' : runOf(textDiffs);
}

function runOf(diffs: readonly unknown[]): RunKey | null {
  let key: RunKey | null = null;
  for (const diff of diffs) {
    if (!(diff instanceof TabInputTextDiff)) return null;
    // A file that is on one side alone has no other.
    const sides: readonly (Uri | undefined)[] = [diff.original, diff.modified];
    const uris = sides.filter((uri) => uri !== undefined);
    if (uris.length === 0) return null;
    for (const uri of uris) {
      const place = uri.scheme === documentScheme ? readDocumentUri(uri) : null;
      if (place === null || (key !== null && !isSameRun(key, place))) return null;
      key ??= { folder: place.folder, run: place.run };
    }
  }
  return key;
}

/** Whether a tab may be the one whose title was clicked, which is about that document. */
function mayShow({ input, label }: Tab, document: Uri): boolean {
  if (input instanceof TabInputTextDiff) {
    return [input.original, input.modified].some((uri) => String(uri) === String(document));
  }
  if (document.scheme !== manyFiles) return false;
  // Settings and walkthroughs have no input either; a board or a terminal has one that compares nothing.
  if (input === undefined) return looksOurs.test(label);
  return typeof input === 'object' && input !== null && 'textDiffs' in input;
}

/** In whatever language: what is compared, and the beginning of a hash. */
const looksOurs = / · .*[0-9a-f]{12}/;

/** Of the document that the editor makes for a diff of many files. */
const manyFiles = 'multi-diff-editor';

const isSameGate = (a: AskingGate | null, b: AskingGate | null): boolean =>
  a === null || b === null
    ? a === b
    : isSameRun(a.run.key, b.run.key) && a.gate === b.gate && a.submission === b.submission;
