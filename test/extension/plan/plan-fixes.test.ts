import { afterEach, expect, it, vi } from 'vitest';
import type { CodeAction, CodeActionProvider, TextDocument, Uri } from 'vscode';
import { predict } from '../../../src/core/plan/predict.ts';
import { setLanguage } from '../../../src/core/language.ts';
import { loadPlan } from '../../../src/engine/plan/load.ts';
import { edited } from '../../engine/plan/edited.ts';
import { english, german } from '../../support/german.ts';
import { spoil } from '../../engine/plan/good-plan.ts';

interface Place {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** As much of the editor as quick fixes need. */
const editor = vi.hoisted(() => ({
  provider: {},
  documents: [] as unknown[],
  shown: new Map<string, readonly { code: string; message: string; range: Place }[]>(),
  listeners: new Map<string, (given: unknown) => void>(),
}));

vi.mock('vscode', () => {
  const on = (name: string) => (listener: (given: unknown) => void) => {
    editor.listeners.set(name, listener);
    return { dispose: () => undefined };
  };
  class Range {
    readonly line: number;
    readonly column: number;
    readonly endLine: number;
    readonly endColumn: number;
    constructor(line: number, column: number, endLine: number, endColumn: number) {
      this.line = line + 1;
      this.column = column + 1;
      this.endLine = endLine + 1;
      this.endColumn = endColumn + 1;
    }
    intersection(other: Range): Range | undefined {
      return other.line > this.endLine || other.endLine < this.line ? undefined : other;
    }
  }
  return {
    l10n: {
      t: (text: string, ...given: unknown[]) =>
        text.replaceAll(/\{(\d)\}/g, (_, at: string) => String(given[Number(at)])),
    },
    Range,
    CodeAction: class {
      readonly title: string;
      readonly kind: unknown;
      constructor(title: string, kind: unknown) {
        this.title = title;
        this.kind = kind;
      }
    },
    CodeActionKind: { QuickFix: 'quickfix' },
    WorkspaceEdit: class {
      readonly made: object[] = [];
      replace(uri: unknown, range: object, text: string): void {
        this.made.push({ uri, text, ...range });
      }
    },
    Diagnostic: class {
      readonly range: unknown;
      readonly message: string;
      constructor(range: unknown, message: string) {
        this.range = range;
        this.message = message;
      }
    },
    DiagnosticSeverity: { Error: 0, Information: 2 },
    languages: {
      match: () => 1,
      registerCodeActionsProvider: (_: unknown, provider: object) => {
        editor.provider = provider;
        return { dispose: () => undefined };
      },
      createDiagnosticCollection: () => ({
        set: (uri: Uri, found: never) => editor.shown.set(uri.toString(), found),
        delete: () => undefined,
        dispose: () => undefined,
      }),
    },
    workspace: {
      textDocuments: editor.documents,
      asRelativePath: () => 'a.plan.yaml',
      onDidOpenTextDocument: on('open'),
      onDidChangeTextDocument: on('change'),
      onDidSaveTextDocument: on('save'),
      onDidCloseTextDocument: on('close'),
    },
  };
});
vi.mock('../../../src/extension/engine-door.ts', async () => {
  const load = await import('../../../src/engine/plan/load.ts');
  return { engine: async () => ({ loadPlan: async (...given: [string, string]) => load.loadPlan(...given) }) };
}); // prettier-ignore

const { PlanDiagnostics } = await import('../../../src/extension/plan/plan-diagnostics.ts');
const { registerPlanFixes } = await import('../../../src/extension/plan/plan-fixes.ts');

const made: unknown = { scheme: 'file', toString: () => 'file:///project/a.plan.yaml' };
const uri = made as Uri;
const key = uri.toString();
/** Its server could begin sooner, and two of its checks use one port. */
const text = spoil(
  'run: node --test tests/store,',
  'run: PORT=3000 x,',
  spoil(
    'run: node --test tests/search,',
    'run: y --port 3000,',
    spoil('minutes: 60, review: 2', 'minutes: 30, review: 2'),
  ),
);

const diagnostics = new PlanDiagnostics({ error: expect.unreachable } as never);
afterEach(() => {
  diagnostics.dispose();
  editor.shown.clear();
});

/** The document as an editor that has it open would see it. */
const opened = (content: string, version: number): TextDocument =>
  ({
    uri,
    version,
    isClosed: false,
    isDirty: false,
    getText: () => content,
  }) as unknown as TextDocument;

async function underlined(document: TextDocument): Promise<void> {
  registerPlanFixes(diagnostics);
  editor.shown.clear();
  editor.listeners.get('open')!(document);
  await expect.poll(() => editor.shown.get(key)).toBeDefined();
}

/** What the light bulb offers where a diagnostic of that code stands. */
function offered(document: TextDocument, code: string): CodeAction[] {
  const at = editor.shown.get(key)!.find((each) => each.code === code)!.range;
  const provider = editor.provider as CodeActionProvider;
  return provider.provideCodeActions(
    document,
    at as never,
    {} as never,
    {} as never,
  ) as CodeAction[];
}

const minutes = (content: string): number => {
  const { plan, diagnostics: found } = loadPlan(content, 'a');
  expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
  return predict(plan!).parallelMinutes;
};

it.each(['could-be-soft', 'undeclared-resource'])('%s is mended by a quick fix', async (code) => {
  const document = opened(text, 1);
  await underlined(document);
  const [action, ...others] = offered(document, code);
  expect(others.map(({ isPreferred }) => isPreferred)).not.toContain(true);
  expect(action).toMatchObject({ kind: 'quickfix', isPreferred: true });
  expect(action?.diagnostics).toMatchObject([{ code }]);
  const { made: changes } = action!.edit as unknown as { made: Parameters<typeof edited>[1] };
  const after = edited(text, changes);
  const promised = loadPlan(text, 'a').diagnostics.find((each) => each.code === code)!.saves!;
  expect(minutes(text) - minutes(after)).toBeCloseTo(promised.parallelMinutes, 1);
  await underlined(opened(after, 2));
  expect(editor.shown.get(key)!.map((each) => each.code)).not.toContain(code);
});

it('a window that speaks German underlines and offers in German', async () => {
  setLanguage(german);
  const document = opened(text, 4);
  await underlined(document);
  const [action] = offered(document, 'undeclared-resource');
  setLanguage(english);
  expect(action?.title).toBe('port-3000 deklarieren; belegt, während sie beurteilt werden');
  const said = editor.shown.get(key)!.find((each) => each.code === 'undeclared-resource');
  expect(said?.message).toContain('die Prüfungen von store und search benutzen Port 3000');
  expect(said?.message).toContain('\n→ Deklarieren Sie „port-3000: 1“');
});

it('nothing is offered for a text that has changed since it was looked at', async () => {
  const document = opened(text, 1);
  await underlined(document);
  expect(offered(opened(`# later\n${text}`, 2), 'could-be-soft')).toEqual([]);
  expect(offered(document, 'could-be-soft')).toHaveLength(1);
});

it('what a whole check found can be mended in the text that it looked at', async () => {
  const document = opened(text, 3);
  await underlined(document);
  const { diagnostics: found } = loadPlan(text, 'a');
  diagnostics.show(uri, found, 3);
  expect(offered(document, 'could-be-soft')).toHaveLength(1);
  diagnostics.show(uri, found, 2);
  expect(offered(document, 'could-be-soft')).toEqual([]);
  editor.documents.push(document);
  diagnostics.show(uri, found);
  expect(offered(document, 'could-be-soft')).toHaveLength(1);
});
