import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, it, vi } from 'vitest';
import { runId } from '../../../src/core/ids.ts';
import type { OpenOptions, ReadRecord } from '../../../src/engine/export/open-record.ts';
import type { ActionParts } from '../../../src/extension/actions/action-parts.ts';
import { openRecord, reopenRecord } from '../../../src/extension/actions/open-record.ts';
import type { LiveRun } from '../../../src/extension/runs/runs.ts';
import { Story } from '../../core/projections/story.ts';
import { journalText } from '../../support/laid-run.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { FakeMemory } from '../runs/window.ts';

/** What the editor shows while something is read, and how a person ends it. */
interface Shown {
  readonly title: string;
  readonly cancellable: boolean;
  readonly cancel: () => void;
  readonly parts: number[];
  readonly over: Promise<unknown>;
}

const editor = vi.hoisted(() => ({
  shown: [] as Shown[],
  showing: (): void => undefined,
  folders: [] as { uri: { scheme: string; fsPath: string } }[],
  /** Where a dialog opened, and what is chosen in it. */
  dialogs: [] as (string | undefined)[],
  picks: undefined as string | undefined,
}));
const engine = vi.hoisted(() => ({
  openRecord: null as ((path: string, options: OpenOptions) => Promise<ReadRecord>) | null,
}));

vi.mock('vscode', () => {
  class Uri {
    readonly scheme = 'file';
    readonly fsPath: string;
    constructor(fsPath: string) {
      this.fsPath = fsPath;
    }
    static file = (path: string) => new Uri(path);
    static parse = (text: string) => new Uri(text.replace('file://', ''));
    static joinPath = (uri: Uri, to: string) => new Uri(`${uri.fsPath}/${to}`);
    toString = () => `file://${this.fsPath}`;
  }
  return {
    Uri,
    EventEmitter: class {
      readonly event = () => ({ dispose: () => undefined });
    },
    ProgressLocation: { Notification: 15 },
    l10n: {
      t: (text: string, ...args: readonly unknown[]) =>
        text.replace(/\{(\d)\}/g, (_, at: string) => String(args[Number(at)])),
    },
    workspace: {
      get workspaceFolders() {
        return editor.folders;
      },
    },
    window: {
      showOpenDialog: async ({ defaultUri }: { defaultUri?: Uri }) => {
        editor.dialogs.push(defaultUri?.fsPath);
        return Promise.resolve(editor.picks === undefined ? undefined : [new Uri(editor.picks)]);
      },
      withProgress: (
        { title, cancellable }: Pick<Shown, 'title' | 'cancellable'>,
        work: (progress: unknown, token: unknown) => Promise<unknown>,
      ) => {
        let cancel = (): void => undefined;
        const parts: number[] = [];
        const progress = { report: (each: { increment: number }) => parts.push(each.increment) };
        const token = { onCancellationRequested: (listener: () => void) => (cancel = listener) };
        const over = work(progress, token);
        editor.shown.push({ title, cancellable, cancel: () => { cancel(); }, parts, over }); // prettier-ignore
        editor.showing();
        return over;
      },
    },
  };
});

vi.mock('../../../src/extension/engine-door.ts', async () => {
  const real = await import('../../../src/engine/export/open-record.ts');
  return {
    engine: async () =>
      Promise.resolve({
        openRecord: (path: string, options: OpenOptions) =>
          (engine.openRecord ?? real.openRecord)(path, options),
      }),
  };
});

beforeEach(() => {
  editor.shown.length = 0;
  engine.openRecord = null;
});

const { Uri } = await import('vscode');
const text = journalText(new Story().go().events);
const old = runId('20260301-1200-ab3d');

it('shows after a reload what the file held before', async () => {
  await using folder = await tempFolder();
  const path = join(folder.path, 'journal.jsonl');
  await writeFile(path, text);
  const read = await reopenRecord({ folder: `file://${path}`, run: old });
  expect(read).toMatchObject({ ok: true, run: { key: { run: old } } });
});

it('shows no other run under the title of the one that the file held before', async () => {
  await using folder = await tempFolder();
  const path = join(folder.path, 'journal.jsonl');
  await writeFile(path, text);
  const before = runId('20260228-0900-ab3d');
  expect(await reopenRecord({ folder: `file://${path}`, run: before })).toEqual({
    ...{ ok: false, ended: false },
    message:
      'journal.jsonl holds run 20260301-1200-ab3d now, not run 20260228-0900-ab3d, which this board showed. To look at it, use “Ashlar: Open Journal or Export…”.',
  });
});

it('tells how far a long reading is, and lets a person end it without a word more', async () => {
  vi.useFakeTimers();
  let tell = (_part: number): void => undefined;
  engine.openRecord = (_path, { signal, onProgress }) =>
    new Promise((resolve) => {
      if (onProgress !== undefined) tell = onProgress;
      signal?.addEventListener('abort', () => {
        resolve({ ok: false, code: 'cancelled', message: 'it was ended' });
      });
    });
  const opened: LiveRun[] = [];
  const refused: string[] = [];
  const boards = { openRecord: (run: LiveRun) => opened.push(run) };
  const parts = { boards, refused: (message: string) => refused.push(message) };
  const opening = openRecord(parts as unknown as ActionParts, Uri.file('/runs/long.html'));
  await vi.advanceTimersByTimeAsync(10_000);
  const [shown] = editor.shown;
  expect(shown).toMatchObject({ title: 'Reading long.html', cancellable: true });
  tell(0.25);
  tell(0.75);
  expect(shown?.parts).toEqual([25, 50]);
  shown?.cancel();
  await opening;
  await shown?.over;
  expect({ opened, refused }).toEqual({ opened: [], refused: [] });
  vi.useRealTimers();
});

it('asks where the runs of the workspace lie, and the next time where one was chosen last', async () => {
  await using folder = await tempFolder();
  const [empty, elsewhere] = [join(folder.path, 'empty'), join(folder.path, 'elsewhere')];
  const runs = join(folder.path, 'project', '.ce-workspace', 'runs');
  for (const path of [empty, elsewhere, runs]) await mkdir(path, { recursive: true });
  await writeFile(join(elsewhere, 'a.jsonl'), text);
  editor.folders = [empty, join(folder.path, 'project')].map((path) => ({ uri: Uri.file(path) }));
  const memory = new FakeMemory();
  const parts = {
    ...{ context: { workspaceState: memory }, runs: { current: null } },
    ...{ boards: { openRecord: () => undefined }, refused: () => undefined },
  } as unknown as ActionParts;
  await openRecord(parts, undefined);
  editor.picks = join(elsewhere, 'a.jsonl');
  await openRecord(parts, undefined);
  await openRecord(parts, undefined);
  // A folder that is gone is none to open in.
  await rm(elsewhere, { recursive: true });
  editor.picks = undefined;
  await openRecord(parts, undefined);
  expect(editor.dialogs).toEqual([runs, runs, elsewhere, runs]);
});
