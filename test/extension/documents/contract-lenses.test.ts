import { beforeEach, expect, it, vi } from 'vitest';
import type { Uri } from 'vscode';
import { contractLenses } from '../../../src/extension/documents/contract-lenses.ts';
import type { LiveRun, Runs } from '../../../src/extension/runs/runs.ts';
import { given, type Scenario } from '../../support/scenario.ts';
import { runId, type TreeId } from '../../../src/core/ids.ts';
import { listed, sealed } from '../../support/scenario-moves.ts';
import { cancels, reopens } from '../../support/scenario-people.ts';
import { plan } from '../../support/scenario-plan.ts';

const editor = vi.hoisted(() => ({ isTrusted: true }));

vi.mock('vscode', () => ({
  l10n: {
    t: (text: string, ...given: unknown[]) =>
      text.replaceAll(/\{(\d)\}/g, (_, at: string) => String(given[Number(at)])),
  },
  workspace: {
    get isTrusted() {
      return editor.isTrusted;
    },
  },
  Range: vi.fn(),
  CodeLens: class {
    readonly command: unknown;
    constructor(_: unknown, command: unknown) {
      this.command = command;
    }
  },
}));

// Trees of scenarios are words, which no URI holds.
vi.mock('../../../src/extension/documents/document-uri.ts', () => ({
  readDocumentUri: ({ place }: { readonly place?: unknown }) => place ?? null,
}));

beforeEach(() => {
  editor.isTrusted = true;
});

const drawn = plan({ modules: { lexer: {}, parser: { needs: ['lexer'] } } });
const two = {
  ...drawn,
  modules: drawn.modules.map((module) => ({
    ...module,
    contract: { ...module.contract, file: `contracts/${module.id}.md` },
  })),
};
const file = 'contracts/lexer.md';
const folder = 'file:///project';
const id = runId('20260101-0000-aaaa');

function window({ state, history: events }: Scenario): Runs {
  const run: unknown = {
    key: { folder, run: id },
    folder: { uri: { scheme: 'file', path: '/project' } },
    replayed: { state },
    events,
  };
  const runs: unknown = { current: run as LiveRun, follow: async () => run };
  return runs as Runs;
}

const uriOf = (given: object): Uri => {
  const uri: unknown = given;
  return uri as Uri;
};
const inWorkspace = (path: string): Uri => uriOf({ scheme: 'file', path });
const ofVersion = (tree: TreeId, path = `contract/${file}`): Uri =>
  uriOf({ scheme: 'ashlar', place: { kind: 'file', folder, run: id, tree, path } });

async function titles(uri: Uri, runs: Runs): Promise<string[]> {
  return (await contractLenses(uri, runs, () => undefined)).map(
    ({ command }) => command?.title ?? '',
  );
}

it('a version says which it is of how many; a sealed module can be reopened, and its seal shown', async () => {
  const run = given(two, ...sealed('lexer'), reopens('lexer', 'lexer-2'), listed('lexer'));
  const [one, latest] = run.module('lexer').contract.history;
  expect(await titles(ofVersion(one!.tree), window(run))).toEqual([
    'lexer: contract v1 of 2',
    'Amend…',
    'Show Seal',
  ]);
  const again = run.when(...sealed('lexer'));
  expect(await titles(ofVersion(latest!.tree), window(again))).toEqual([
    'lexer: contract v2 of 2',
    'Reopen…',
    'Show Seal',
  ]);
});

it('the file in the workspace says which contract the run has, and commands know module and run', async () => {
  const lenses = await contractLenses(
    inWorkspace(`/project/${file}`),
    window(given(two)),
    () => undefined,
  );
  expect(lenses.map(({ command }) => command)).toMatchObject([
    { title: 'Run aaaa: lexer has contract v1', command: 'ashlar.openContract' },
    {
      ...{ title: 'Amend…', command: 'ashlar.amendContract' },
      arguments: [{ folder, run: id, module: 'lexer' }],
    },
  ]);
});

it('nothing stands above other files, and nothing is offered that is not possible', async () => {
  const runs = window(given(two));
  const tree = given(two).module('lexer').contract.tree;
  expect(await titles(inWorkspace('/project/other.md'), runs)).toEqual([]);
  expect(await titles(inWorkspace(`/elsewhere/${file}`), runs)).toEqual([]);
  expect(await titles(ofVersion(tree, 'tests/a.js'), runs)).toEqual([]);
  const over = window(given(two, cancels));
  expect(await titles(ofVersion(tree), over)).toEqual(['lexer: contract v1 of 1']);
  editor.isTrusted = false;
  expect(await titles(ofVersion(tree), runs)).toEqual(['lexer: contract v1 of 1']);
});
