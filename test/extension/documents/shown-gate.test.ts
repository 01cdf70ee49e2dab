import type { Uri } from 'vscode';
import { beforeEach, expect, it, vi } from 'vitest';
import { gateDiffTitle } from '../../../src/extension/documents/diff-titles.ts';
import { documentUri } from '../../../src/extension/documents/document-uri.ts';
import { ShownGates } from '../../../src/extension/documents/shown-gate.ts';
import { digest as sha256, gateId, runId, treeId } from '../../../src/core/ids.ts';
import type { LiveRun, Runs } from '../../../src/extension/runs/runs.ts';
import { given, type Scenario } from '../../support/scenario.ts';
import { digest } from '../../support/scenario-beginning.ts';
import { composed, listed, sealed } from '../../support/scenario-moves.ts';
import { approves, rejects, reopens } from '../../support/scenario-people.ts';
import { plan } from '../../support/scenario-plan.ts';

interface FakeTab {
  readonly label: string;
  readonly input: unknown;
}

const editor = vi.hoisted(() => ({
  tab: undefined as FakeTab | undefined,
  /** In other groups. */
  others: [] as FakeTab[],
  look: [] as (() => void)[],
  keys: [] as unknown[][],
  Diff: class {
    readonly original: unknown;
    readonly modified: unknown;
    constructor(original: unknown, modified: unknown) {
      this.original = original;
      this.modified = modified;
    }
  },
}));

vi.mock('vscode', () => ({
  l10n: {
    t: (text: string, ...given: unknown[]) =>
      text.replaceAll(/\{(\d)\}/g, (_, at: string) => String(given[Number(at)])),
  },
  TabInputTextDiff: editor.Diff,
  commands: { executeCommand: async (...given: unknown[]) => void editor.keys.push(given) },
  window: {
    tabGroups: {
      get activeTabGroup() {
        return { activeTab: editor.tab };
      },
      get all() {
        return [editor.tab, ...editor.others].map((activeTab) => ({ activeTab }));
      },
      onDidChangeTabs: (look: () => void) => {
        editor.look.push(look);
        return { dispose: () => undefined };
      },
      onDidChangeTabGroups: () => ({ dispose: () => undefined }),
    },
  },
}));

beforeEach(() => {
  editor.tab = undefined;
  editor.others = [];
  editor.look = [];
  editor.keys = [];
});

const shipped = plan({ modules: { lexer: {} }, gates: { ship: { requires: ['lexer'] } } });
const ship = gateId('ship');
const asked = () => given(shipped, ...sealed('lexer'), composed('ship', '1-seals'));
const first = gateDiffTitle(ship, digest('1-seals'), 'base');

const [here, there] = [runId('20260301-1200-ab3d'), runId('20260301-1200-ab3e')];

function liveRun({ state }: Scenario, id = here): LiveRun {
  const run: unknown = {
    key: { folder: 'file:///project', run: id },
    replayed: { state },
    onDidAppend: () => ({ dispose: () => undefined }),
    onDidChange: () => ({ dispose: () => undefined }),
  };
  return run as LiveRun;
}

function watching(current: LiveRun | null): ShownGates {
  const runs: unknown = { current, onDidChange: () => ({ dispose: () => undefined }) };
  return new ShownGates(runs as Runs);
}

function turnTo(tab: FakeTab | undefined): void {
  editor.tab = tab;
  for (const look of editor.look) look();
}

function sideOf(scheme: string, run = here, digit = 'a'): unknown {
  const place = {
    folder: 'file:///project',
    run,
    tree: treeId(digit.repeat(40)),
    path: 'src/lexer.js',
  };
  const uri = { scheme, ...documentUri({ kind: 'file', ...place }) };
  return { ...uri, toString: () => JSON.stringify(uri) };
}

const diff = (scheme = 'ashlar', run = here) =>
  new editor.Diff(sideOf(scheme, run), sideOf(scheme, run, 'b'));

const many = (label: string, scheme = 'ashlar', run = here): FakeTab => ({
  label,
  input: { textDiffs: [diff(scheme, run), new editor.Diff(undefined, sideOf(scheme, run))] },
});

it('knows the diff of what a gate asks about, with any number of files, also after a reload', () => {
  const run = liveRun(asked());
  const gates = watching(run);
  turnTo(many(`${first} (7 files)`));
  expect(gates.shown).toEqual({ run, gate: ship, submission: digest('1-seals') });
  turnTo(many(gateDiffTitle(ship, digest('1-seals'), 'previous')));
  expect(gates.shown).not.toBeNull();
  turnTo({ label: first, input: diff() });
  expect(gates.shown).not.toBeNull();
  // An editor that tells nothing of a diff of many files but its title.
  turnTo({ label: first, input: undefined });
  expect(gates.shown).not.toBeNull();
  turnTo(undefined);
  expect(gates.shown).toBeNull();
  expect(editor.keys).toEqual([
    ['setContext', 'ashlar.gateDiff', true],
    ['setContext', 'ashlar.gateDiff', false],
  ]);
  gates.dispose();
});

it('takes no other editor for it, whatever its name', () => {
  const gates = watching(liveRun(asked()));
  for (const tab of [
    many(gateDiffTitle(ship, digest('0-seals'), 'base')),
    many(`${first}x`),
    { label: first, input: { uri: 'file:///project/ship' } },
    { label: first, input: diff('file') },
    many(first, 'git'),
    { label: first, input: new editor.Diff(sideOf('ashlar'), sideOf('ashlar', there)) },
    { label: first, input: { textDiffs: [diff('ashlar', there), diff()] } },
  ]) {
    turnTo(tab);
    expect(gates.shown, tab.label).toBeNull();
  }
  gates.dispose();
});

it('knows nothing to decide once it is decided, or a newer submission came', () => {
  for (const run of [
    asked().when(approves('ship', '1-seals')),
    asked().when(rejects('ship', '1-seals')),
    asked().when(
      reopens('lexer', 'lexer-2'),
      listed('lexer'),
      ...sealed('lexer'),
      composed('ship', '2-seals'),
    ),
  ]) {
    const gates = watching(liveRun(run));
    turnTo(many(first));
    expect(gates.shown).toBeNull();
    gates.dispose();
  }
});

it('knows diffs of runs that are not the current one, where they were opened here', () => {
  const run = liveRun(asked());
  const gates = watching(null);
  turnTo(many(first));
  expect(gates.shown).toBeNull();
  gates.opening(first, run);
  expect(gates.shown).toMatchObject({ run, gate: ship });
  gates.dispose();
});

it('tells two runs of one plan that ask about the same result by what is compared', () => {
  const [current, other] = [liveRun(asked(), here), liveRun(asked(), there)];
  const gates = watching(current);
  gates.opening(first, other);
  turnTo(many(first, 'ashlar', here));
  expect(gates.shown?.run).toBe(current);
  turnTo(many(first, 'ashlar', there));
  expect(gates.shown?.run).toBe(other);
  gates.opening(first, current);
  expect(gates.shown?.run).toBe(other);
  // By its title it may be either.
  for (const input of [undefined, { textDiffs: [] }]) {
    turnTo({ label: first, input });
    expect(gates.shown).toBeNull();
  }
  gates.dispose();
});

it('decides nothing in a diff of a run that it does not know', () => {
  const gates = watching(liveRun(asked(), here));
  turnTo(many(first, 'ashlar', there));
  expect(gates.shown).toBeNull();
  gates.dispose();
});

it('is about the editor in whose title a person clicked, whichever group is active', () => {
  const run = liveRun(asked());
  const gates = watching(run);
  const of = (given: unknown) => gates.clicked(given as Uri);
  const manyFiles = { scheme: 'multi-diff-editor', toString: () => 'multi-diff-editor:1' };
  const shown = { run, gate: ship, submission: digest('1-seals') };
  // The active group shows something else.
  turnTo({ label: 'notes.md', input: { uri: 'file:///project/notes.md' } });
  editor.others = [many(first)];
  expect(gates.clicked(null)).toBeNull();
  expect(of(manyFiles)).toEqual(shown);
  const one = diff();
  editor.others = [{ label: first, input: one }];
  expect(of(one.modified)).toEqual(shown);
  expect(of({ scheme: 'file', toString: () => 'file:///project/notes.md' })).toBeNull();
  // The other way round: the active one asks, and the click was in another.
  turnTo({ label: first, input: diff() });
  const other = new editor.Diff(sideOf('ashlar', there), sideOf('ashlar', there, 'b'));
  editor.others = [{ label: 'other', input: other }];
  expect(of(other.modified)).toBeNull();
  // Two of many files: groups are not told.
  turnTo(many(first));
  editor.others = [many('Changes of yesterday')];
  expect(of(manyFiles)).toBe('several');
  expect(gates.clicked(null)).toEqual(shown);
  editor.others = [many(gateDiffTitle(ship, digest('1-seals'), 'previous'))];
  expect(of(manyFiles)).toEqual(shown);
  gates.dispose();
});

it('is not in doubt about the editor because others show what compares nothing', () => {
  const run = liveRun(asked());
  const gates = watching(run);
  const manyFiles = { scheme: 'multi-diff-editor', toString: () => 'multi-diff-editor:1' };
  const of = () => gates.clicked(manyFiles as unknown as Uri);
  turnTo(many(first));
  editor.others = [
    { label: 'Ashlar', input: { viewType: 'mainThreadWebview-ashlar.board' } },
    { label: 'bash', input: {} },
    { label: 'Settings', input: undefined },
  ];
  expect(of()).toEqual({ run, gate: ship, submission: digest('1-seals') });
  // What may be such a diff by its title still is.
  const older = gateDiffTitle(ship, sha256('a'.repeat(64)), 'base');
  editor.others = [{ label: older, input: undefined }];
  expect(of()).toBe('several');
  gates.dispose();
});
