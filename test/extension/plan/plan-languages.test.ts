import { beforeEach, expect, it, vi } from 'vitest';
import { goodPlan } from '../../engine/plan/good-plan.ts';
import type { Runs } from '../../../src/extension/runs/runs.ts';
import { registerPlanLanguage } from '../../../src/extension/plan/plan-languages.ts';
import type { DeskRun } from '../../../src/protocol/board.ts';

interface Place {
  readonly line: number;
  readonly character: number;
}
interface Span {
  readonly start: Place;
  readonly end: Place;
}
interface Item {
  readonly label: string;
  readonly kind: string;
  readonly range: Span;
  readonly sortText: string;
  readonly insertText: string | { readonly snippet: string };
  readonly command?: { readonly command: string };
}
interface Lens {
  readonly range: Span;
  readonly command: {
    readonly title: string;
    readonly command: string;
    readonly arguments: unknown[];
  };
}
type Provider = Record<string, (...given: unknown[]) => Promise<unknown>>;

/** What was registered with the editor, and the files of each folder of the window. */
const editor = vi.hoisted(() => ({
  providers: new Map<string, Provider>(),
  folders: new Map<string, readonly string[]>(),
  looked: [] as string[],
}));

vi.mock('vscode', () => {
  class Position {
    readonly line: number;
    readonly character: number;
    constructor(line: number, character: number) {
      this.line = line;
      this.character = character;
    }
    translate(lines: number, characters: number) {
      return new Position(this.line + lines, this.character + characters);
    }
  }
  const made = (...names: readonly string[]) =>
    class {
      readonly made = names;
      constructor(...given: readonly unknown[]) {
        for (const [at, name] of names.entries()) Object.assign(this, { [name]: given[at] });
      }
    };
  class Range {
    readonly start: unknown;
    readonly end: unknown;
    constructor(...given: readonly unknown[]) {
      const [a, b, c, d] = given as readonly number[];
      const isSpan = given.length === 2;
      this.start = isSpan ? given[0] : new Position(a!, b!);
      this.end = isSpan ? given[1] : new Position(c!, d!);
    }
  }
  const register =
    (kind: string) =>
    (_: unknown, provider: Provider): { dispose(): void } => {
      editor.providers.set(kind, provider);
      return { dispose: () => undefined };
    };
  return {
    Position,
    Range,
    CodeLens: made('range', 'command'),
    CompletionItem: made('label', 'kind'),
    CompletionItemKind: {
      ...{ Property: 'key', EnumMember: 'value', Reference: 'reference' },
      ...{ File: 'file', Folder: 'folder' },
    },
    Hover: made('contents', 'range'),
    MarkdownString: made('text'),
    SnippetString: made('snippet'),
    RelativePattern: made('base', 'pattern'),
    env: { language: 'en' },
    l10n: { bundle: undefined, t: (text: string) => text },
    languages: {
      registerCompletionItemProvider: register('completion'),
      registerHoverProvider: register('hover'),
      registerDefinitionProvider: register('definition'),
      registerReferenceProvider: register('references'),
      registerRenameProvider: register('rename'),
      registerDocumentSymbolProvider: register('symbols'),
      registerCodeLensProvider: register('lenses'),
    },
    workspace: {
      getWorkspaceFolder: (uri: string) => {
        const folder = [...editor.folders.keys()].find((each) => uri.startsWith(`${each}/`));
        return folder === undefined ? undefined : { uri: folder };
      },
      findFiles: async ({ base }: { base: { uri: string } }) => {
        editor.looked.push(base.uri);
        return Promise.resolve(
          (editor.folders.get(base.uri) ?? []).map((path) => `${base.uri}/${path}`),
        );
      },
      asRelativePath: (uri: string) => uri.replace(/^file:\/\/\/\w+\//, ''),
    },
  };
});

vi.mock('../../../src/extension/engine-door.ts', () => ({
  engine: async () => import('../../../src/extension/engine.ts'),
}));

beforeEach(() => {
  editor.looked.length = 0;
  editor.folders = new Map([
    ['file:///one', ['contracts/one.md']],
    ['file:///two', ['contracts/two.md', 'contracts/deep/three.md']],
  ]);
  const known: unknown = { list: runs, onDidChange: () => ({ dispose: () => undefined }) };
  registerPlanLanguage(known as Runs);
});

const run = (id: string, folder: string): DeskRun =>
  ({
    ...{ key: { folder, run: id }, artifact: 'tiny', outcome: 'complete', reason: '' },
    ...{ sealed: 3, modules: 3, needs: 0, driver: 'nobody', problem: null, paused: false },
  }) as unknown as DeskRun;
const runs = [run('20260301-1200-ab3d', 'file:///one'), run('20260228-1200-52d0', 'file:///two')];

/** A document with the cursor where `|` stands. */
function open(marked: string, uri = 'file:///two/a.plan.yaml') {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const positionAt = (at: number): Place => {
    const before = text.slice(0, at).split('\n');
    return { line: before.length - 1, character: before.at(-1)!.length };
  };
  const position = {
    ...positionAt(offset),
    translate: (_: number, by: number) => positionAt(offset + by),
  };
  return { document: { uri, getText: () => text, positionAt, offsetAt: () => offset }, position };
}

async function asks<T>(kind: string, method: string, marked: string, uri?: string): Promise<T> {
  const { document, position } = open(marked, uri);
  return (await editor.providers.get(kind)![method]!(document, position)) as T;
}
const completes = (marked: string, uri?: string): Promise<Item[]> =>
  asks('completion', 'provideCompletionItems', marked, uri);

it('a suggestion replaces what was typed of it, and stands in the order of the language', async () => {
  const items = await completes('modules:\n  lexer:\n    pur|\n');
  const purpose = items.find(({ label }) => label === 'purpose')!;
  expect(purpose.range).toMatchObject({
    start: { line: 2, character: 4 },
    end: { line: 2, character: 7 },
  });
  expect(items.map(({ sortText }) => sortText)).toEqual(
    items.map((_, index) => String(index).padStart(4, '0')),
  );
});

it('files are suggested of the folder in which the plan lies, whichever is first in the window', async () => {
  const labels = async (uri: string): Promise<string[]> => {
    const items = await completes(
      'modules:\n  lexer:\n    contract:\n      file: contracts/|\n',
      uri,
    );
    return items.map(({ label }) => label);
  };
  expect((await labels('file:///two/a.plan.yaml')).join()).toContain('two.md');
  expect((await labels('file:///one/a.plan.yaml')).join()).toContain('one.md');
  expect(editor.looked).toEqual(['file:///two', 'file:///one']);
});

it('a folder among them asks at once what is in it', async () => {
  const items = await completes('modules:\n  lexer:\n    contract:\n      file: contracts/|\n');
  const folder = items.find(({ kind }) => kind === 'folder');
  expect(folder?.command).toMatchObject({ command: 'editor.action.triggerSuggest' });
});

it('a plan in no folder of the window has no files, and its keys all the same', async () => {
  const loose = 'file:///elsewhere/a.plan.yaml';
  expect(
    await completes('modules:\n  lexer:\n    contract:\n      file: contracts/|\n', loose),
  ).toEqual([]);
  expect((await completes('modules:\n  lexer:\n    |\n', loose)).length).toBeGreaterThan(3);
  expect(editor.looked).toEqual([]);
});

it('pointing at a name tells of it, and at nothing says nothing', async () => {
  const at = goodPlan.indexOf('server:');
  const plan = `${goodPlan.slice(0, at + 1)}|${goodPlan.slice(at + 1)}`;
  const hover = await asks<{ contents: { text: string }; range: Span }>(
    ...(['hover', 'provideHover', plan] as const),
  );
  expect(hover.contents.text).toContain('Contract `contracts/server.md`');
  const line = goodPlan.slice(0, at).split('\n').length - 1;
  expect(hover.range).toMatchObject({
    start: { line, character: 2 },
    end: { line, character: 8 },
  });
  expect(await asks('hover', 'provideHover', 'modules:\n  lexer:\n    purpose: a\n|\n')).toBe(
    undefined,
  );
});

it('the lens on a plan leads to the last run of its own folder', async () => {
  const text = 'ashlar: 1\nartifact:\n  name: tiny\n|';
  const lenses = await asks<Lens[]>('lenses', 'provideCodeLenses', text);
  expect(lenses.map(({ command }) => command.command)).toEqual([
    ...['ashlar.runPlan', 'ashlar.checkPlan', 'ashlar.previewPlan', 'ashlar.openBoard'],
  ]);
  expect(lenses[3]?.command.title).toContain('52d0');
  expect(lenses[3]?.command.arguments).toEqual([runs[1]?.key]);
  const loose = 'file:///elsewhere/a.plan.yaml';
  expect(await asks('lenses', 'provideCodeLenses', text, loose)).toEqual([]);
});
