import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import type { RunId } from '../../../src/core/ids.ts';
import type { PersonRequest } from '../../../src/engine/person-request.ts';
import { live as liveElsewhere, openPlace, workspaceFolder } from '../../engine/run/rig.ts';
import { approvalGate, holds, quickScript, writeQuick } from '../../support/tiny-plan.ts';
import { runTiny } from '../../support/tiny-workspace.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { drivenBy, FakeWindow, fileUri, saw } from './window.ts';

const runsOf = (workspace: string) => join(workspace, '.ce-workspace', 'runs');
const keyOf = (workspace: string, run: RunId) => ({ folder: fileUri(workspace).toString(), run });

describe('two windows on one folder', () => {
  test('see the same run, and an approval in the one that follows has its effect', async () => {
    await using folder = await workspaceFolder();
    writeQuick(folder.path, quickScript(), { gates: approvalGate });
    await using follower = new FakeWindow([folder.path]);
    await follower.runs.ready;
    await using driver = new FakeWindow([folder.path]);
    const driven = await driver.begin(folder.path);
    const { key } = driven;

    const followed = await follower.until(({ current }) => current);
    expect(followed.key).toEqual(key);
    await drivenBy(followed, 'elsewhere');
    const { gate, submission } = await saw(followed, 'approval-requested');
    await follower.until(({ list }) => list[0]?.needs === 1);
    expect(driven.driver).toBe('here');
    expect(follower.runs.interrupted).toEqual([]);
    expect(await follower.runs.resume(key)).toMatchObject({ ok: false, code: 'held' });

    const approve = { type: 'approve', gate, submission, note: 'fine' } as const;
    expect(await follower.runs.send(key, approve)).toEqual({ ok: true, how: 'done' });
    await saw(followed, 'postmortem-written');
    await drivenBy(followed, 'nobody');
    await drivenBy(driven, 'nobody');
    expect(followed.events).toEqual(driven.events);
    expect(followed.events.map(({ seq }) => seq)).toEqual(driven.events.map((_, at) => at + 1));
    expect((await saw(followed, 'approval-given')).by).toBe('somebody');
  });

  test('pass a paused run on: the one resumes what the other paused', async () => {
    await using folder = await workspaceFolder();
    writeQuick(folder.path, quickScript(), { gates: approvalGate });
    await using driver = new FakeWindow([folder.path]);
    const driven = await driver.begin(folder.path);
    await saw(driven, 'approval-requested');
    await driver.runs.send(driven.key, { type: 'pause' });
    await using other = new FakeWindow([folder.path]);
    await other.runs.ready;
    expect(await other.runs.resume(driven.key)).toMatchObject({ ok: true });
    await saw(driven, 'run-resumed');
    expect(driven.driver).toBe('here');
  });
});

describe('a run that somebody else starts', () => {
  test('is found, followed and becomes the current one, also where none ever lay', async () => {
    await using place = await openPlace();
    writeQuick(place.workspace, quickScript(), { gates: approvalGate });
    await using window = new FakeWindow([place.workspace]);
    await window.runs.ready;
    expect(window.runs.current).toBeNull();
    await using run = await liveElsewhere(place.workspace);
    const found = await window.until(({ current }) => current);
    expect(found.key).toEqual(keyOf(place.workspace, run.run));
    await saw(found, 'approval-requested');
    await run.stop();
    await drivenBy(found, 'nobody');
    expect(found.events).toEqual(run.session.events);
  });

  test('is never told of as interrupted, also where its folder was seen before its lock', async () => {
    await using place = await openPlace();
    const [there, here] = [join(place.outside, 'there'), join(place.outside, 'here')];
    writeQuick(there, { ...quickScript(), ...holds('alpha', 1, '1', 'seconds: 36000\n') });
    await using run = await liveElsewhere(there);
    await expect.poll(() => run.session.events.at(-1)?.type).toBe('module-sealed');
    const [from, to] = [there, here].map((each) => join(runsOf(each), run.run)) as [string, string];
    mkdirSync(to, { recursive: true });
    await using window = new FakeWindow([here]);
    await window.runs.ready;
    const found = await window.follow(keyOf(here, run.run));
    expect(found).toMatchObject({ driver: 'nobody', events: [] });
    const offered: unknown[] = [];
    window.runs.onDidChange(() => offered.push(...window.runs.interrupted));
    for (const name of ['journal.jsonl', 'lock.json']) cpSync(join(from, name), join(to, name));
    await saw(found, 'module-sealed');
    await drivenBy(found, 'elsewhere');
    expect(offered).toEqual([]);
  });

  test('leaves the list when its folder is removed', async () => {
    await using place = await openPlace();
    writeQuick(place.workspace);
    const { state } = await runTiny(place.workspace);
    await using window = new FakeWindow([place.workspace]);
    await window.runs.ready;
    expect(window.runs.current?.key).toEqual(keyOf(place.workspace, state.run));
    rmSync(join(runsOf(place.workspace), state.run), { recursive: true });
    await window.until(({ list, current }) => list.length === 0 && current === null);
    expect(await window.runs.follow(keyOf(place.workspace, state.run))).toBeNull();
  });
});

describe('runs that are over', () => {
  test('are one line each, read once, and open when they are asked for', async () => {
    await using place = await openPlace();
    writeQuick(place.workspace);
    const { state: old } = await runTiny(place.workspace);
    const { state: latest, events } = await runTiny(place.workspace);
    await using first = new FakeWindow([place.workspace]);
    await first.runs.ready;
    const oldKey = keyOf(place.workspace, old.run);
    const { list } = first.runs;
    expect(list.map(({ key }) => key.run).sort()).toEqual([old.run, latest.run].sort());
    expect(list).toMatchObject([
      { outcome: 'complete', sealed: 3, driver: 'nobody' },
      { outcome: 'complete', sealed: 3, driver: 'nobody' },
    ]);
    await first.runs.select(oldKey);
    expect(first.runs.current?.key).toEqual(oldKey);
    expect(first.runs.current?.replayed?.state.seq).toBe(old.seq);

    // The journals alone would now show that they are read again.
    await using second = new FakeWindow([place.workspace], { memory: first.memory });
    await second.runs.ready;
    expect(second.runs.list).toEqual(list);
    expect(second.runs.current?.key).toEqual(oldKey);
    expect(second.engineLoads).toBe(1);
    const opened = await second.follow(keyOf(place.workspace, latest.run));
    expect(opened.events).toEqual(events);
  });

  test('go on here when one of their modules is reopened', async () => {
    await using folder = await workspaceFolder();
    writeQuick(folder.path);
    const { state } = await runTiny(folder.path);
    await using window = new FakeWindow([folder.path]);
    await window.runs.ready;
    const key = keyOf(folder.path, state.run);
    const reopen = (module: string): PersonRequest => ({
      ...{ type: 'reopen', module, reason: 'Say more.', contractPath: null },
    });
    expect(await window.runs.send(key, reopen('gamma'))).toEqual({ ok: true, how: 'done' });
    const live = await window.follow(key);
    expect(live.driver).toBe('here');
    await saw(live, 'module-reopened');
    const again = await window.runs.send(key, reopen('nothing'));
    expect(again).toMatchObject({ ok: false, code: 'unknown-module' });
    await window.runs.send(key, { type: 'cancel', reason: 'enough' });
    await saw(live, 'postmortem-written', ({ seq }) => seq > state.seq);
  });
});

describe('a damaged journal', () => {
  test('is told of, and the events before the damage stand', async () => {
    await using place = await openPlace();
    writeQuick(place.workspace);
    const { state, events } = await runTiny(place.workspace);
    const path = join(runsOf(place.workspace), state.run, 'journal.jsonl');
    const lines = readFileSync(path, 'utf8').split('\n');
    lines[9] = lines[9]!.replace(/"at":\d/, '"at":9');
    writeFileSync(path, lines.join('\n'));
    await using window = new FakeWindow([place.workspace]);
    await window.runs.ready;
    const key = keyOf(place.workspace, state.run);
    expect(window.runs.list).toMatchObject([
      { key, problem: expect.stringMatching(/^Line \d+: /) },
    ]);
    const live = await window.follow(key);
    expect(live.problem).toBe(window.runs.list[0]?.problem);
    expect(live.events.length).toBeGreaterThan(0);
    expect(live.events).toEqual(events.slice(0, live.events.length));
    expect(window.runs.interrupted).toEqual([]);
    expect(await window.runs.send(key, { type: 'pause' })).toMatchObject({ ok: false });
    expect(await window.runs.resume(key)).toMatchObject({ ok: false });
  });

  test('without a single sound line is in the list all the same', async () => {
    await using folder = await tempFolder();
    const run = '20260301-1200-ab3d';
    mkdirSync(join(runsOf(folder.path), run), { recursive: true });
    writeFileSync(join(runsOf(folder.path), run, 'journal.jsonl'), 'nothing\nof use\n');
    mkdirSync(join(runsOf(folder.path), run, 'lock.json'));
    await using window = new FakeWindow([folder.path]);
    await window.runs.ready;
    expect(window.runs.list).toEqual([]);
    expect(window.log).toEqual([expect.stringContaining('is no lock file')]);
    rmSync(join(runsOf(folder.path), run, 'lock.json'), { recursive: true });
    const line = await window.until(({ list }) => list[0]);
    expect(line).toMatchObject({ artifact: run, startedAt: Date.UTC(2026, 2, 1, 12, 0) });
    expect(line.problem).toContain('Line 1: ');
  });
});

describe('an engine that cannot be loaded', () => {
  test('keeps nobody waiting, leaves the runs alone, and is said of each once', async () => {
    await using first = await tempFolder();
    await using other = await tempFolder();
    for (const { path } of [first, other]) {
      const run = join(runsOf(path), '20260301-1200-ab3d');
      mkdirSync(run, { recursive: true });
      writeFileSync(join(run, 'journal.jsonl'), '\n');
    }
    const engine = () => Promise.reject(new Error('the engine is damaged'));
    await using window = new FakeWindow([first.path], { engine });
    await window.runs.ready;
    expect(window.runs.list).toEqual([]);
    expect(window.runs.current).toBeNull();
    // All folders are looked at anew with the second.
    const before = window.engineLoads;
    window.addFolder(other.path);
    await vi.waitFor(() => expect(window.engineLoads).toBeGreaterThanOrEqual(before + 2));
    await setImmediate();
    const told = window.log.filter((line) => line.includes('cannot be read'));
    expect(told).toHaveLength(2);
    expect(told[0]).toContain('the engine is damaged');
  });
});

describe('the folders of a window', () => {
  test('without plan or run load no engine, watch nothing of theirs and have no runs', async () => {
    await using folder = await tempFolder();
    await using window = new FakeWindow([folder.path, join(folder.path, 'missing')]);
    await window.runs.ready;
    expect(window.engineLoads).toBe(0);
    expect(window.runs.list).toEqual([]);
    expect(window.runs.current).toBeNull();
    expect(existsSync(join(folder.path, '.ce-workspace'))).toBe(false);
  });

  test('keep their runs apart, also those of one name, and take them with them', async () => {
    await using place = await openPlace();
    const [one, other] = [join(place.outside, 'one'), join(place.outside, 'other')];
    writeQuick(one);
    const { state } = await runTiny(one);
    cpSync(one, other, { recursive: true });
    const path = join(runsOf(other), state.run, 'journal.jsonl');
    const whole = readFileSync(path, 'utf8');
    const decisions = whole.split('\n').filter((line) => line.includes('"end":true'));
    const cut = whole.slice(0, whole.indexOf(decisions[3]!) + decisions[3]!.length + 1);
    writeFileSync(path, cut);

    await using window = new FakeWindow([one, other]);
    await window.runs.ready;
    const [first, second] = [keyOf(one, state.run), keyOf(other, state.run)];
    expect(new Set(window.runs.list.map(({ key }) => key))).toEqual(new Set([first, second]));
    expect((await window.follow(first)).replayed?.state.seq).toBe(state.seq);
    expect((await window.follow(second)).events).toHaveLength(cut.split('\n').length - 1);
    expect(window.runs.interrupted).toEqual([second]);
    expect(window.runs.current?.key).toEqual(second);

    window.removeFolder(other);
    await window.until(({ current }) => current?.key.folder === first.folder);
    expect(window.runs.list.map(({ key }) => key)).toEqual([first]);
    expect(window.runs.interrupted).toEqual([]);
    window.addFolder(other);
    await window.until(({ list }) => list.length === 2);
  });
});
