import {
  RelativePattern,
  workspace,
  type Disposable,
  type Event,
  type WorkspaceFolder,
} from 'vscode';
import type { Desk, DeskFolder } from '../../protocol/board.ts';
import { loadFailure, onLoadFailure } from '../native/load-failure.ts';
import { Emitter } from '../runs/emitter.ts';
import type { Runs } from '../runs/runs.ts';

/** What lies around the runs of this window, kept up to date. */
export interface WatchedDesk {
  readonly desk: Desk;
  readonly onDidChange: Event<void>;
  dispose(): void;
}

const plans = '**/*.plan.{yaml,yml}';
const notPlans = '**/{node_modules,.git,.ce-workspace}/**';
const maxPlansPerFolder = 200;
/** A branch that is checked out changes many files at once. */
const settleMs = 300;

export function createDesk(runs: Runs): WatchedDesk {
  return new DeskWatch(runs);
}

class DeskWatch implements WatchedDesk {
  readonly #runs: Runs;
  readonly #changed = new Emitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #subscriptions: Disposable[];
  #folders: readonly DeskFolder[] = foldersNow();
  #timer: NodeJS.Timeout | null = null;
  #looks = 0;

  constructor(runs: Runs) {
    this.#runs = runs;
    const watcher = workspace.createFileSystemWatcher(plans, false, true, false);
    const tell = (): void => this.#changed.fire();
    const lookSoon = (): void => {
      this.#timer ??= setTimeout(() => {
        this.#timer = null;
        void this.#look();
      }, settleMs);
    };
    this.#subscriptions = [
      watcher,
      watcher.onDidCreate(lookSoon),
      watcher.onDidDelete(lookSoon),
      workspace.onDidChangeWorkspaceFolders(() => void this.#look()),
      workspace.onDidGrantWorkspaceTrust(tell),
      runs.onDidChange(tell),
      onLoadFailure(tell),
    ];
    void this.#look();
  }

  get desk(): Desk {
    const { list, current, starting } = this.#runs;
    const failure = loadFailure();
    return {
      at: Date.now(),
      trusted: workspace.isTrusted,
      folders: this.#folders,
      runs: list,
      current: current?.key ?? null,
      starting,
      ...(failure === null ? {} : { broken: failure.message }),
    };
  }

  dispose(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    for (const each of this.#subscriptions) each.dispose();
    this.#changed.dispose();
  }

  async #look(): Promise<void> {
    const look = ++this.#looks;
    const folders = await Promise.all((workspace.workspaceFolders ?? []).map(withPlans));
    // A later look knows better.
    if (look !== this.#looks) return;
    this.#folders = folders;
    this.#changed.fire();
  }
}

const foldersNow = (): readonly DeskFolder[] =>
  (workspace.workspaceFolders ?? []).map(({ uri, name }) => ({
    ...{ uri: uri.toString(), name, plans: [] },
  }));

async function withPlans(folder: WorkspaceFolder): Promise<DeskFolder> {
  const { uri, name } = folder;
  const pattern = new RelativePattern(folder, plans);
  const found = await workspace.findFiles(pattern, notPlans, maxPlansPerFolder);
  const named = found.map((each) => ({
    uri: each.toString(),
    path: workspace.asRelativePath(each, false),
  }));
  named.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { uri: uri.toString(), name, plans: named };
}
