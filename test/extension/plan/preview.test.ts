import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Uri } from 'vscode';

/** As much of the editor as a preview needs. */
const editor = vi.hoisted(() => ({
  listeners: new Map<string, (given: unknown) => void>(),
  open: [] as { uri: { toString(): string } }[],
  errors: [] as string[],
  fired: 0,
}));
const plans = vi.hoisted(() => ({ asked: [] as { text: string; isThorough: boolean }[] }));

vi.mock('vscode', () => {
  const uriOf = (text: string) => ({ path: text, fsPath: text, toString: () => text });
  return {
    ViewColumn: { Beside: -2 },
    Uri: { from: ({ path, query }: { path: string; query: string }) => uriOf(`${path}?${query}`) },
    EventEmitter: class {
      event = () => undefined;
      fire = () => (editor.fired += 1);
      dispose = () => undefined;
    },
    window: {
      showTextDocument: async () => undefined,
      showErrorMessage: (text: string) => editor.errors.push(text),
    },
    workspace: {
      get textDocuments() {
        return editor.open;
      },
      getWorkspaceFolder: () => ({ uri: { fsPath: '/project' } }),
      registerTextDocumentContentProvider: () => ({ dispose: () => undefined }),
      openTextDocument: async (uri: { toString(): string }) => {
        const known = editor.open.find((each) => each.uri.toString() === uri.toString());
        if (known !== undefined) return known;
        const document = { uri };
        editor.open.push(document);
        return document;
      },
      onDidChangeTextDocument: (listener: (given: unknown) => void) => {
        editor.listeners.set('change', listener);
        return { dispose: () => editor.listeners.delete('change') };
      },
    },
  };
});
vi.mock('../../../src/extension/engine-door.ts', () => ({
  engine: async () => ({
    previewPlan: async (options: { text: string; isThorough: boolean }) => {
      plans.asked.push(options);
      const preview = options.text === 'broken' ? null : { plan: options.text, simulation: null };
      const diagnostics = [{ severity: 'error', message: 'there is a cycle' }];
      return { ok: true, diagnostics, preview };
    },
    simulationText: async (text: string) => `schedule of ${text}\n`,
  }),
}));

const { SchedulePreviews } = await import('../../../src/extension/plan/preview.ts');

const uri = {
  path: '/project/a.plan.yaml',
  fsPath: '/project/a.plan.yaml',
  toString: () => 'file:///project/a.plan.yaml',
} as unknown as Uri;
let text = 'one';
const plan = { uri, getText: () => text };
const shown = { toString: () => '/a schedule?file:///project/a.plan.yaml' } as unknown as Uri;

const types = async (typed: string, ms = 600): Promise<void> => {
  text = typed;
  editor.listeners.get('change')?.({ document: plan, contentChanges: [{}] });
  await vi.advanceTimersByTimeAsync(ms);
};

beforeEach(() => {
  vi.useFakeTimers();
  text = 'one';
  Object.assign(editor, { open: [plan], errors: [], fired: 0 });
  plans.asked = [];
});
afterEach(() => void vi.useRealTimers());

it('follows its plan once nobody types, and looks for a shorter schedule only briefly then', async () => {
  const previews = new SchedulePreviews();
  await previews.open(uri);
  expect(previews.provideTextDocumentContent(shown)).toBe('schedule of one\n');
  await types('tw', 100);
  await types('two');
  expect(previews.provideTextDocumentContent(shown)).toBe('schedule of two\n');
  expect(plans.asked.map((each) => [each.text, each.isThorough])).toEqual([
    ['one', true],
    ['two', false],
  ]);
  expect(editor.fired).toBe(2);
  previews.dispose();
});

it('keeps the last schedule of a plan that has none now, and says why', async () => {
  const previews = new SchedulePreviews();
  await previews.open(uri);
  await types('broken');
  await types('broken');
  expect(previews.provideTextDocumentContent(shown)).toBe(
    'of the text before: There is a cycle.\nschedule of one\n',
  );
  await types('three');
  expect(previews.provideTextDocumentContent(shown)).toBe('schedule of three\n');
  expect(editor.errors).toEqual([]);
  previews.dispose();
});

it('makes none that nobody can see', async () => {
  const previews = new SchedulePreviews();
  await types('two');
  await previews.open(uri);
  editor.open = [plan];
  await types('three');
  expect(plans.asked.map((each) => each.text)).toEqual(['two']);
  previews.dispose();
  await types('four');
  expect(plans.asked).toHaveLength(1);
});
