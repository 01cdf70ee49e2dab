import { t } from '../../core/language.ts';
import type { Store } from '../../engine/store/store.ts';
import type { LiveRun } from '../runs/runs.ts';

type Engine = typeof import('../engine.ts');

/** The stores of this window's runs, opened when somebody looks something up. */
export interface RunFiles {
  /** Throws where the workspace is not trusted: nothing of a run is read by git before that. */
  read<T>(run: LiveRun, use: (engine: Engine, store: Store) => Promise<T>): Promise<T>;
  /** The run's postmortem; before its end, as it would be now. */
  report(run: LiveRun): Promise<Uint8Array>;
  /** What one agent was told, said and did; for people alone. */
  transcript(run: LiveRun, file: string): Promise<Uint8Array>;
  dispose(): void;
}

/** What the stores need from outside. */
export interface RunFilesPorts {
  readonly engine: () => Promise<Engine>;
  readonly isTrusted: () => boolean;
}

/** A store keeps a child process; one that nobody reads for this long is closed. */
const idleMs = 60_000;

interface OpenStore {
  readonly store: Promise<Store>;
  readers: number;
  timer: NodeJS.Timeout | null;
}

export function createRunFiles({ engine, isTrusted }: RunFilesPorts): RunFiles {
  const open = new Map<string, OpenStore>();

  const close = (workspace: string, each: OpenStore): void => {
    if (each.timer !== null) clearTimeout(each.timer);
    if (open.get(workspace) === each) open.delete(workspace);
    each.store.then(
      (store) => store[Symbol.asyncDispose](),
      () => undefined,
    );
  };

  return {
    read: async (run, use) => {
      if (!isTrusted()) {
        throw new Error(t('The files of a run are shown once this workspace is trusted.'));
      }
      const workspace = run.folder.uri.fsPath;
      const loaded = await engine();
      let each = open.get(workspace);
      if (each === undefined) {
        each = { store: loaded.Store.open(workspace), readers: 0, timer: null };
        open.set(workspace, each);
      }
      const mine = each;
      mine.readers += 1;
      if (mine.timer !== null) clearTimeout(mine.timer);
      try {
        return await use(loaded, await mine.store);
      } finally {
        mine.readers -= 1;
        // A store that could not be opened is tried again the next time.
        await mine.store.catch(() => close(workspace, mine));
        if (mine.readers === 0 && open.get(workspace) === mine) {
          mine.timer = setTimeout(() => close(workspace, mine), idleMs);
          mine.timer.unref();
        }
      }
    },
    report: async (run) => {
      const { replayed, events, folder } = run;
      if (replayed === null) throw new Error(t('This run has not begun yet.'));
      const { readReport, runFolder } = await engine();
      const place = runFolder(folder.uri.fsPath, run.key.run);
      const { state } = replayed;
      return Buffer.from(await readReport({ folder: place, state, events }));
    },
    transcript: async (run, file) => {
      const { readTranscript, runFolder } = await engine();
      const text = await readTranscript(runFolder(run.folder.uri.fsPath, run.key.run), file);
      if (text === null) throw new Error(t('There is no such transcript.'));
      return Buffer.from(text);
    },
    dispose: () => {
      for (const [workspace, each] of open) close(workspace, each);
    },
  };
}
