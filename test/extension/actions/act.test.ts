import { beforeEach, expect, test, vi } from 'vitest';
import type { Uri } from 'vscode';
import { moduleId } from '../../../src/core/ids.ts';
import { act } from '../../../src/extension/actions/act.ts';
import type { ActionParts } from '../../../src/extension/actions/action-parts.ts';
import type { LiveRun } from '../../../src/extension/runs/runs.ts';

/** As much of the editor as these actions need. */
const editor = vi.hoisted(() => ({
  active: undefined as { document: { uri: unknown } } | undefined,
  /** Everything that was picked from. */
  offered: [] as string[][],
}));

vi.mock('vscode', () => ({
  l10n: {
    t: (text: string, ...given: unknown[]) =>
      text.replaceAll(/\{(\d)\}/g, (_, at: string) => String(given[Number(at)])),
  },
  ProgressLocation: { Notification: 15 },
  commands: {},
  window: {
    get activeTextEditor() {
      return editor.active;
    },
    showQuickPick: async (items: readonly { label: string }[]) => {
      editor.offered.push(items.map(({ label }) => label));
      return undefined;
    },
  },
  workspace: {
    workspaceFolders: [{}],
    getWorkspaceFolder: () => ({}),
    asRelativePath: ({ path }: Uri) => path.slice(1),
  },
}));

beforeEach(() => {
  editor.active = undefined;
  editor.offered = [];
});

function planUri(name: string): Uri {
  const uri: unknown = { scheme: 'file', path: `/${name}.plan.yaml` };
  return uri as Uri;
}

/** What the actions did, in order. */
function rig(plans: readonly Uri[] = []) {
  const did: unknown[] = [];
  const parts: unknown = {
    plans: { find: async () => plans },
    boards: { open: async (_: unknown, show: unknown) => did.push(['board', show]) },
    drafts: {
      get: () => ({ kind: 'amend' }),
      open: async (_: unknown, module: string, kind: string) => did.push([kind, module]),
    },
    refused: (message: string) => did.push(['refused', message]),
  };
  return { did, parts: parts as ActionParts };
}

test('a plan that is to be run from the side bar is chosen where there are several, whatever file is open', async () => {
  const plans = [planUri('one'), planUri('two')];
  editor.active = { document: { uri: plans[1] } };
  await act({ do: 'run-plan' }, null, rig(plans).parts);
  expect(editor.offered).toEqual([['one.plan.yaml', 'two.plan.yaml']]);
});

test.for(['reopen', 'amend', 'open-draft'] as const)(
  'to %s a module shows its amendment on the board, then its contract',
  async (does) => {
    const { did, parts } = rig();
    const module = moduleId('lexer');
    const run: unknown = { key: { folder: 'file:///work', run: '20260101-0000-aaaa' } };
    await act({ do: does, module }, run as LiveRun, parts);
    const kind = does === 'reopen' ? 'reopen' : 'amend';
    expect(did).toEqual([
      ['board', { view: 'amendment', module: 'lexer' }],
      [kind, 'lexer'],
    ]);
  },
);
