import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, it, vi } from 'vitest';
import { runId } from '../../../src/core/ids.ts';
import type { ExportOptions } from '../../../src/engine/export/export-run.ts';
import type { ActionParts } from '../../../src/extension/actions/action-parts.ts';
import { exportRun } from '../../../src/extension/actions/export-run.ts';
import type { LiveRun } from '../../../src/extension/runs/runs.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { FakeMemory } from '../runs/window.ts';

interface Editor {
  /** Which of the two ways is picked, where the page goes, and which button is clicked then. */
  pick: number | null;
  goes: (proposed: string) => string | null;
  click: string | undefined;
  readonly proposed: string[];
  readonly told: string[];
  readonly done: string[];
}
const editor = vi.hoisted((): Editor => ({
  ...{ pick: 0, goes: (proposed) => proposed, click: undefined },
  ...{ proposed: [], told: [], done: [] },
}));
const engine = vi.hoisted(
  (): { readonly asked: (readonly [string, ExportOptions])[]; gives: object } => ({
    ...{ asked: [], gives: {} },
  }),
);

vi.mock('vscode', () => {
  class Uri {
    readonly scheme: string;
    readonly fsPath: string;
    constructor(text: string) {
      const [, scheme = 'file', path = text] = /^([a-z-]+):\/\/(.*)$/.exec(text) ?? [];
      this.scheme = scheme;
      this.fsPath = path;
    }
    static file = (path: string) => new Uri(path);
    static joinPath = ({ scheme, fsPath }: Uri, to: string) =>
      new Uri(`${scheme}://${fsPath}/${to}`);
  }
  const tell = async (text: string): Promise<string | undefined> => {
    editor.told.push(text);
    return Promise.resolve(editor.click);
  };
  return {
    Uri,
    l10n: {
      t: (text: string, ...args: readonly unknown[]) =>
        text.replace(/\{(\d)\}/g, (_, at: string) => String(args[Number(at)])),
    },
    // Nobody has said that it may be trusted: exporting runs nothing.
    workspace: { isTrusted: false },
    env: { openExternal: async () => Promise.resolve(editor.done.push('opened')) },
    commands: { executeCommand: async (id: string) => Promise.resolve(editor.done.push(id)) },
    window: {
      showQuickPick: async (items: readonly unknown[]) =>
        Promise.resolve(editor.pick === null ? undefined : items[editor.pick]),
      showSaveDialog: async ({ defaultUri }: { defaultUri: Uri }) => {
        editor.proposed.push(defaultUri.fsPath);
        const to = editor.goes(defaultUri.fsPath);
        return Promise.resolve(to === null ? undefined : new Uri(to));
      },
      showInformationMessage: tell,
      showWarningMessage: tell,
      showErrorMessage: tell,
    },
  };
});

vi.mock('../../../src/extension/engine-door.ts', () => ({
  engine: async () =>
    Promise.resolve({
      exportRun: async (workspace: string, options: ExportOptions) => {
        engine.asked.push([workspace, options]);
        return Promise.resolve(engine.gives);
      },
    }),
}));

const { Uri } = await import('vscode');
const run = runId('20260301-1200-ab3d');
const name = `ashlar-${run}.html`;

function rig() {
  const refused: string[] = [];
  const logged: string[] = [];
  const write = (text: string): void => void logged.push(text);
  const parts: unknown = {
    context: {
      workspaceState: new FakeMemory(),
      extension: { packageJSON: { version: '0.1.0' } },
    },
    models: { options: async () => Promise.resolve({ service: { apiKey: 'sk-ant-1' } }) },
    log: { info: write, warn: write, error: write, show: () => undefined },
    refused: (says: string) => refused.push(says),
  };
  const live = (folder: string): LiveRun =>
    ({ key: { folder: `file://${folder}`, run }, folder: { uri: Uri.file(folder) } }) as LiveRun;
  const exports = (folder: string) => exportRun(parts as ActionParts, live(folder));
  return { exports, refused, logged };
}

beforeEach(() => {
  Object.assign(editor, { pick: 0, goes: (proposed: string) => proposed, click: undefined });
  editor.proposed.length = editor.told.length = editor.done.length = engine.asked.length = 0;
  engine.gives = { ok: true, notes: [], inProgress: false };
});

it('a run is exported from its own folder, in a workspace that is not trusted too', async () => {
  const { exports, refused } = rig();
  editor.click = 'Open';
  await exports('/projects/second');
  expect(editor.proposed).toEqual([`/projects/second/${name}`]);
  expect(engine.asked).toMatchObject([
    [
      '/projects/second',
      { run, file: `/projects/second/${name}`, evidence: false, version: '0.1.0' },
    ],
  ]);
  // What is known to be a key is taken out of what goes along.
  expect(engine.asked[0]?.[1].keys()).toEqual(['sk-ant-1']);
  expect({ told: editor.told, done: editor.done, refused }).toEqual({
    told: [`Run ${run} was exported.`],
    done: ['opened'],
    refused: [],
  });
});

it('the next one is proposed where the last one went, of whichever folder it is', async () => {
  await using folder = await tempFolder();
  const out = join(folder.path, 'out');
  await mkdir(out);
  const { exports } = rig();
  editor.goes = () => join(out, 'mine.html');
  await exports('/projects/first');
  editor.goes = () => null;
  await exports('/projects/second');
  expect(editor.proposed).toEqual([`/projects/first/${name}`, join(out, name)]);
  expect(engine.asked).toHaveLength(1);
});

it('who leaves before there is a place has exported nothing', async () => {
  const { exports, refused } = rig();
  editor.pick = null;
  await exports('/projects/first');
  expect({ asked: engine.asked, proposed: editor.proposed }).toEqual({ asked: [], proposed: [] });
  editor.pick = 1;
  editor.goes = () => null;
  await exports('/projects/first');
  expect({ asked: engine.asked, told: editor.told, refused }).toEqual({
    ...{ asked: [], told: [], refused: [] },
  });
});

it('only a disk takes it', async () => {
  const { exports, refused } = rig();
  editor.goes = () => 'vscode-vfs://github/a.html';
  await exports('/projects/first');
  expect(refused).toEqual(['A run can be exported only to a disk, not to vscode-vfs.']);
  expect(engine.asked).toEqual([]);
});

it('what did not work is said, and so is what was left out', async () => {
  const { exports, refused, logged } = rig();
  engine.gives = { ok: false, code: 'no-run', message: 'there is no such run' };
  await exports('/projects/first');
  expect(refused).toEqual(['There is no such run.']);
  const note = `the journal is damaged from line 40 on: what comes after that, ${'a lot of it, '.repeat(4)}is left out`;
  engine.gives = { ok: true, notes: [note], inProgress: true };
  await exports('/projects/first');
  expect(editor.told).toHaveLength(2);
  expect(editor.told[0]).toContain('The journal is damaged from line 40 on');
  expect(editor.told[1]).toContain('was exported as it is now: it is in progress.');
  expect(logged).toEqual([editor.told[0]]);
});
