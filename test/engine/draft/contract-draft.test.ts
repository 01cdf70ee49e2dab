import {
  existsSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { moduleId, type RunId } from '../../../src/core/ids.ts';
import type { RunState } from '../../../src/core/state.ts';
import {
  openDraft,
  readDraft,
  rebaseDraft,
  removeDraft,
  stageDraft,
  unstageDraft,
  type DraftPlace,
} from '../../../src/engine/draft/contract-draft.ts';
import { listDrafts } from '../../../src/engine/draft/draft-folder.ts';
import { sendCommand, type Sent } from '../../../src/engine/person.ts';
import { readRun } from '../../../src/engine/run-record.ts';
import { Store } from '../../../src/engine/store/store.ts';
import { writeQuick } from '../../support/tiny-plan.ts';
import { runTiny } from '../../support/tiny-workspace.ts';
import { workspaceFolder } from '../run/rig.ts';

const alpha = moduleId('alpha');

/** A finished run of three sealed modules, and its draft of `alpha`. */
async function finished(workspace: string, store: Store) {
  writeQuick(workspace);
  const { state } = await runTiny(workspace, { speed: 1000 });
  const folder = join(workspace, '.ce-workspace/runs', state.run, 'drafts/alpha');
  const place: DraftPlace = { store, state, module: alpha };
  return { place, run: state.run, files: join(folder, 'files'), folder };
}

/** Confirms the draft; the module is at its next version once the command is carried out. */
async function confirm(workspace: string, place: DraftPlace): Promise<Sent> {
  const staged = await stageDraft(place);
  if (!staged.ok) throw new Error(staged.message);
  const { kind, contractPath, removed } = staged;
  const request = { type: kind, module: 'alpha', reason: 'More.', contractPath, removed } as const;
  return sendCommand(workspace, place.state.run, request);
}

/** What the state would be had somebody else given the module its next version. */
async function withNextVersion(place: DraftPlace, path: string, text: string): Promise<RunState> {
  const { store, state } = place;
  const module = state.modules.get(0);
  const oid = await store.putBlob(Buffer.from(text));
  const entries = await store.listTree(module.contract.tree);
  const tree = await store.putTree(
    entries.map((entry) => (entry.path === path ? { ...entry, oid } : entry)),
  );
  const contract = { ...module.contract, tree, version: 2 };
  return { ...state, modules: state.modules.set(0, { ...module, contract }) };
}

test('a draft begins with the files of the contract, and nothing is to be confirmed before one changes', async () => {
  await using workspace = await workspaceFolder();
  await using store = await Store.open(workspace.path);
  const { place, files } = await finished(workspace.path, store);

  const { contractFile } = await openDraft(place, 'reopen');

  expect(contractFile).toBe(join(files, 'contracts/alpha.md'));
  expect(readFileSync(contractFile, 'utf8')).toContain('# alpha');
  expect(readFileSync(join(files, 'tests/alpha/test.sh'), 'utf8')).toContain('-ge 1');
  expect(readFileSync(join(files, 'stubs/alpha/src/alpha/number'), 'utf8')).toBe('0\n');
  expect(await readDraft(place)).toEqual({
    ...{ kind: 'reopen', module: alpha, from: 1, files: [], stale: false },
    problem: 'Nothing is changed yet.',
  });
  expect(await listDrafts(workspace.path, place.state.run)).toEqual([alpha]);
});

test('what a person wrote outlives opening the draft again', async () => {
  await using workspace = await workspaceFolder();
  await using store = await Store.open(workspace.path);
  const { place, files } = await finished(workspace.path, store);
  await openDraft(place, 'reopen');
  writeFileSync(join(files, 'contracts/alpha.md'), '# alpha\n\nIt is at least two.\n');
  rmSync(join(files, 'stubs/alpha/src/alpha/number'));

  await openDraft(place, 'amend');

  expect(readFileSync(join(files, 'contracts/alpha.md'), 'utf8')).toContain('at least two');
  expect(existsSync(join(files, 'stubs/alpha/src/alpha/number'))).toBe(false);
  expect((await readDraft(place))?.kind).toBe('amend');
});

test('a draft that is opened twice at once is begun once', async () => {
  await using workspace = await workspaceFolder();
  await using store = await Store.open(workspace.path);
  const { place, files, folder } = await finished(workspace.path, store);
  await Promise.all([openDraft(place, 'reopen'), openDraft(place, 'reopen')]);
  expect(readFileSync(join(files, 'contracts/alpha.md'), 'utf8')).toContain('# alpha');
  expect(await readDraft(place)).toMatchObject({ files: [], problem: 'Nothing is changed yet.' });
  expect(readdirSync(folder).sort()).toEqual(['draft.json', 'files']);
});

test('what is being written when the editor dies is no part of the draft', async () => {
  await using workspace = await workspaceFolder();
  await using store = await Store.open(workspace.path);
  const { place, files } = await finished(workspace.path, store);
  await openDraft(place, 'reopen');
  const seen = new Set<string>();
  const watcher = watch(join(files, 'tests/alpha'), (_, name) => seen.add(String(name)));
  const state = await withNextVersion(place, 'tests/tests/alpha/test.sh', 'exit 1\n');
  await rebaseDraft({ ...place, state });
  await expect.poll(() => seen.has('test.sh')).toBe(true);
  watcher.close();
  expect([...seen]).toEqual(['test.sh']);
});

test('only the files that differ are staged, and what is confirmed is what the draft showed', async () => {
  await using workspace = await workspaceFolder();
  await using store = await Store.open(workspace.path);
  const { place, files, folder, run } = await finished(workspace.path, store);
  await openDraft(place, 'reopen');
  writeFileSync(join(files, 'tests/alpha/test.sh'), 'test "$(cat src/alpha/number)" -ge 2\n');
  writeFileSync(join(files, 'tests/alpha/more.txt'), 'more\n');

  const draft = await readDraft(place);
  const sent = await confirm(workspace.path, place);

  expect(draft?.problem).toBe('');
  expect(draft?.files.map(({ path, added, removed }) => [path, added, removed])).toEqual([
    ['tests/tests/alpha/more.txt', 1, 0],
    ['tests/tests/alpha/test.sh', 1, 1],
  ]);
  const staged = readdirSync(join(folder, 'changed'), { recursive: true }).sort();
  expect(staged).toEqual([
    ...['tests', 'tests/alpha', 'tests/alpha/more.txt', 'tests/alpha/test.sh'],
  ]);
  expect(sent).toEqual({ ok: true, how: 'left-for-resume' });
  await unstageDraft(place);
  expect(existsSync(join(folder, 'changed'))).toBe(false);
  await removeDraft(place);
  expect(await listDrafts(workspace.path, run)).toEqual([]);
});

test('a file that was deleted is taken out of the contract', async () => {
  await using workspace = await workspaceFolder();
  await using store = await Store.open(workspace.path);
  const { place, files } = await finished(workspace.path, store);
  await openDraft(place, 'reopen');
  writeFileSync(join(files, 'stubs/alpha/src/alpha/other'), '0\n');
  rmSync(join(files, 'stubs/alpha/src/alpha/number'));

  const staged = await stageDraft(place);
  const sent = await confirm(workspace.path, place);

  expect(staged).toMatchObject({ ok: true, removed: ['stubs/alpha/src/alpha/number'] });
  expect(sent.ok).toBe(true);
  const kept = await store.listRefs(`refs/ashlar/${place.state.run}/contracts/alpha`);
  const trees = await Promise.all(
    kept.map(async ({ oid }) => (await store.listTree(oid as never)).map(({ path }) => path)),
  );
  expect(trees).toContainEqual([
    ...['contract/contracts/alpha.md', 'stub/src/alpha/other', 'tests/tests/alpha/test.sh'],
  ]);
});

test('what a contract must have is missed before anything is sent', async () => {
  await using workspace = await workspaceFolder();
  await using store = await Store.open(workspace.path);
  const { place, files } = await finished(workspace.path, store);
  await openDraft(place, 'reopen');
  rmSync(join(files, 'tests/alpha/test.sh'));

  expect((await readDraft(place))?.problem).toBe('No file matches the tests tests/alpha/**.');
  expect(await stageDraft(place)).toMatchObject({ ok: false });
});

test('a path outside the contract and a link are refused, and no link is followed', async () => {
  await using workspace = await workspaceFolder();
  await using store = await Store.open(workspace.path);
  const { place, files, folder } = await finished(workspace.path, store);
  await openDraft(place, 'reopen');
  writeFileSync(join(files, 'contracts/beta.md'), 'not mine\n');
  const secret = join(workspace.path, 'secret.txt');
  writeFileSync(secret, 'secret\n');
  rmSync(join(files, 'contracts/alpha.md'));
  symlinkSync(secret, join(files, 'contracts/alpha.md'));

  const draft = await readDraft(place);

  expect(draft?.problem).toContain('contracts/beta.md lies outside the contract');
  expect(draft?.problem).toContain('contracts/alpha.md is no plain file');
  expect(JSON.stringify(draft)).not.toContain('secret');
  rmSync(folder, { recursive: true });
  symlinkSync(workspace.path, folder);
  await expect(openDraft(place, 'reopen')).rejects.toMatchObject({ code: 'unsafe-folder' });
  await expect(readDraft(place)).rejects.toMatchObject({ code: 'unsafe-folder' });
});

test('a draft that another version overtook is refused until it is brought up to date', async () => {
  await using workspace = await workspaceFolder();
  await using store = await Store.open(workspace.path);
  const { place, files } = await finished(workspace.path, store);
  await openDraft(place, 'reopen');
  writeFileSync(join(files, 'contracts/alpha.md'), '# alpha\n\nMine.\n');
  const overtaken = {
    ...place,
    state: await withNextVersion(place, 'stub/src/alpha/number', '9\n'),
  };

  const stale = await readDraft(overtaken);
  const refused = await stageDraft(overtaken);
  const rebased = await rebaseDraft(overtaken);
  const after = await readDraft(overtaken);

  expect(stale).toMatchObject({ stale: true, from: 1 });
  expect(stale?.problem).toContain('alpha has contract v2 by now');
  expect(refused).toMatchObject({ ok: false });
  expect(rebased?.conflicts).toEqual([]);
  expect(readFileSync(join(files, 'stubs/alpha/src/alpha/number'), 'utf8')).toBe('9\n');
  expect(after).toMatchObject({ stale: false, from: 2, problem: '' });
  expect(after?.files.map(({ path }) => path)).toEqual(['contract/contracts/alpha.md']);
});

test('what both changed stays as the person wrote it, and is named', async () => {
  await using workspace = await workspaceFolder();
  await using store = await Store.open(workspace.path);
  const { place, files } = await finished(workspace.path, store);
  await openDraft(place, 'reopen');
  writeFileSync(join(files, 'contracts/alpha.md'), '# alpha\n\nMine.\n');
  const state = await withNextVersion(place, 'contract/contracts/alpha.md', '# alpha\n\nTheirs.\n');

  const rebased = await rebaseDraft({ ...place, state });

  const path = 'contracts/alpha.md';
  expect(rebased?.conflicts).toEqual([
    { path, mine: join(files, path), theirs: 'contract/contracts/alpha.md' },
  ]);
  expect(readFileSync(join(files, 'contracts/alpha.md'), 'utf8')).toContain('Mine.');
});

test('a note that is not ours is no draft', async () => {
  await using workspace = await workspaceFolder();
  await using store = await Store.open(workspace.path);
  const { place, folder } = await finished(workspace.path, store);
  await openDraft(place, 'reopen');
  writeFileSync(join(folder, 'draft.json'), '{"kind":"reopen","from":1,"tree":"../../x"}');

  expect(await readDraft(place)).toBeNull();
  const run: RunId = place.state.run;
  expect(await readRun(workspace.path, run)).toMatchObject({ ok: true });
});
