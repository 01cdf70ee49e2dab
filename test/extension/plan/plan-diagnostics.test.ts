import { expect, it, onTestFinished, vi } from 'vitest';
import type { TextDocument, Uri } from 'vscode';
import type { Diagnostic } from '../../../src/engine/plan/diagnostic.ts';

/** As much of the editor as underlining needs. */
const editor = vi.hoisted(() => ({
  shown: new Map<string, readonly unknown[]>(),
  listeners: new Map<string, (given: unknown) => void>(),
}));

vi.mock('vscode', () => {
  const on = (name: string) => (listener: (given: unknown) => void) => {
    editor.listeners.set(name, listener);
    return { dispose: () => undefined };
  };
  return {
    l10n: {
      t: (text: string, ...given: unknown[]) =>
        text.replaceAll(/\{(\d)\}/g, (_, at: string) => String(given[Number(at)])),
    },
    Diagnostic: class {
      code = '';
    },
    DiagnosticSeverity: { Error: 0, Information: 2 },
    Range: class {
      start = 0;
    },
    languages: {
      match: () => 1,
      createDiagnosticCollection: () => ({
        set: (uri: Uri, found: readonly unknown[]) => editor.shown.set(uri.toString(), found),
        delete: (uri: Uri) => editor.shown.delete(uri.toString()),
        dispose: () => undefined,
      }),
    },
    workspace: {
      textDocuments: [],
      asRelativePath: () => 'a.plan.yaml',
      onDidOpenTextDocument: on('open'),
      onDidChangeTextDocument: on('change'),
      onDidSaveTextDocument: on('save'),
      onDidCloseTextDocument: on('close'),
    },
  };
});
vi.mock('../../../src/extension/engine-door.ts', () => ({
  engine: async () => ({ loadPlan: async () => ({ diagnostics: [] }) }),
}));

const { PlanDiagnostics } = await import('../../../src/extension/plan/plan-diagnostics.ts');

const made: unknown = { scheme: 'file', toString: () => 'file:///project/a.plan.yaml' };
const uri = made as Uri;
const document = { uri, version: 1, isClosed: false, getText: () => '' } as unknown as TextDocument;
const missing = { code: 'contract-missing', severity: 'error' } as Diagnostic;
/** Nobody types for so long, and what was to be looked at then is. */
const quiet = () => vi.advanceTimersByTimeAsync(1_000);

it('what a whole check found stays when the plan is opened, until its text changes', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const diagnostics = new PlanDiagnostics({ error: expect.unreachable } as never);
  diagnostics.show(uri, [missing]);
  editor.listeners.get('open')!(document);
  await quiet();
  expect(editor.shown.get(uri.toString())).toHaveLength(1);
  editor.listeners.get('change')!({ document, contentChanges: [{}] });
  await quiet();
  expect(editor.shown.get(uri.toString())).toHaveLength(0);
  diagnostics.dispose();
});
