import { mkdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { journalPath } from '../../../src/engine/journal/journal-place.ts';
import { LivePlan } from '../../../src/engine/live-plan.ts';
import { runFolder } from '../../../src/engine/run-folder.ts';
import {
  commitAll,
  goodScript,
  runTiny,
  tinyFiles,
  writeFiles,
} from '../../support/tiny-workspace.ts';
import { workspaceFolder } from '../run/rig.ts';

const journalFile = vi.hoisted(() => ({ read: (): void => undefined }));
vi.mock('../../../src/engine/journal/journal-file.ts', async (original) => {
  const real = await original<typeof import('../../../src/engine/journal/journal-file.ts')>();
  return {
    ...real,
    readJournalFile: (folder: string) => {
      journalFile.read();
      return real.readJournalFile(folder);
    },
  };
});

/** Nothing of it can be run: it says neither what it makes nor how that is judged. */
const worthless = `ashlar: 1
modules:
  store: { owns: [a/**], contract: { file: c.md, tests: [t], stub: [stubs/s/**] } }
  search: { owns: [b/**], contract: { file: d.md, tests: [u], stub: [stubs/v/**] }, needs: [store] }
`;

test('a text whose graph is sound is a plan, though nothing of it may be run yet', async () => {
  const live = new LivePlan('/nowhere');
  const read = await live.read(worthless, 'a.plan.yaml');
  expect(read.troubles).toEqual([]);
  expect(read.estimates).toBe("by the plan's estimates");
  expect(read.plan?.modules.length).toBeGreaterThan(0);
});

test('a text that cannot be drawn says why: the first three reasons by line, and how many more', async () => {
  const live = new LivePlan('/nowhere');
  expect(await live.read('modules: [', 'p')).toMatchObject({ plan: null, more: 0 });
  const wrong = ['a', 'b', 'c', 'd', 'e'].map((name) => `  ${name}: 7\n`).join('');
  const broken = await live.read(`ashlar: 1\nmodules:\n${wrong}`, 'p');
  expect(broken.plan).toBeNull();
  expect(broken.troubles).toHaveLength(3);
  expect(broken.more).toBeGreaterThan(0);
  for (const { line, message } of broken.troubles) {
    expect(line).toBeGreaterThan(0);
    expect(message).not.toBe('');
  }
});

test('only what stands in the way of the graph is told', async () => {
  const live = new LivePlan('/nowhere');
  const { plan, troubles, more } = await live.read(
    `${worthless}gates:\n  ship: { kind: approval, requires: [stor], approvers: person }\n`,
    'p',
  );
  expect([plan, more]).toEqual([null, 0]);
  expect(troubles.map(({ message }) => message)).toEqual([expect.stringContaining('stor')]);
});

test('what could not be read is read again the next time', async () => {
  await using folder = await workspaceFolder();
  const { path } = folder;
  const files = tinyFiles();
  writeFiles(path, { ...files, ...goodScript() });
  commitAll(path);
  await runTiny(path);
  const runs = join(path, '.ce-workspace', 'runs');
  renameSync(runs, `${runs}-elsewhere`);
  writeFileSync(runs, 'no folder, as where a disk is not mounted');
  const live = new LivePlan(path);
  const sources = async (): Promise<string[]> => [
    ...new Set(
      (await live.read(files['tiny.plan.yaml']!, 'p')).plan?.modules.map(
        ({ estimate }) => estimate.source,
      ),
    ),
  ];
  expect(await sources()).toEqual(['plan']);
  rmSync(runs);
  renameSync(`${runs}-elsewhere`, runs);
  expect(await sources()).toEqual(['history']);
});

test('a journal that can never be read is not read again until it changes', async () => {
  await using folder = await workspaceFolder();
  const { path } = folder;
  const files = tinyFiles();
  writeFiles(path, { ...files, ...goodScript() });
  commitAll(path);
  const { run } = (await runTiny(path)).state;
  const journal = journalPath(runFolder(path, run));
  renameSync(journal, `${journal}-elsewhere`);
  mkdirSync(journal);
  const reading = vi.spyOn(journalFile, 'read');
  const live = new LivePlan(path);
  const source = async (): Promise<string | undefined> =>
    (await live.read(files['tiny.plan.yaml']!, 'p')).plan?.modules[0]?.estimate.source;
  expect([await source(), await source(), await source()]).toEqual(['plan', 'plan', 'plan']);
  expect(reading).toHaveBeenCalledTimes(1);
  rmdirSync(journal);
  renameSync(`${journal}-elsewhere`, journal);
  expect(await source()).toBe('history');
});

test('what earlier runs took is read once, until another run is over', async () => {
  await using folder = await workspaceFolder();
  const { path } = folder;
  const files = tinyFiles();
  writeFiles(path, { ...files, ...goodScript() });
  commitAll(path);
  const text = files['tiny.plan.yaml']!;
  const live = new LivePlan(path);
  const sources = async (): Promise<string[]> => [
    ...new Set((await live.read(text, 'p')).plan?.modules.map(({ estimate }) => estimate.source)),
  ];
  expect(await sources()).toEqual(['plan']);
  const { state } = await runTiny(path);
  expect(await sources()).toEqual(['plan']);
  live.forgetRuns();
  expect(await sources()).toEqual(['history']);
  writeFileSync(journalPath(runFolder(path, state.run)), 'not a journal\n');
  expect(await sources()).toEqual(['history']);
});
