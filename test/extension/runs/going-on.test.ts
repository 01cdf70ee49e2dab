import { existsSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RunEvent } from '../../../src/core/events.ts';
import { workspaceFolder } from '../../engine/run/rig.ts';
import { approvalGate, holds, quickScript, writeQuick } from '../../support/tiny-plan.ts';
import { began, drivenBy, FakeWindow, saw, type WindowOptions } from './window.ts';

/** `beta` waits for `alpha`, which takes its time; `gamma` is sealed at once. */
const slowScript = () => ({ ...quickScript(), ...holds('alpha', 1, '1', 'seconds: 3600\n') });

/** A run in the middle of its work when its window is closed. */
async function interrupted(workspace: string, options: WindowOptions = {}) {
  writeQuick(workspace, slowScript());
  const window = new FakeWindow([workspace], { scriptedAgentSpeed: 1, ...options });
  const live = await window.begin(workspace);
  await saw(live, 'module-sealed', ({ module }) => module === 'gamma');
  await window.close();
  return { key: live.key, memory: window.memory, before: [...live.events] };
}

const isBuilt = (module: string) => (event: RunEvent) =>
  event.type === 'generation-started' && event.module === module;

describe('a run whose window was closed in the middle', () => {
  test('is offered in another window, and goes on there without doing anything again', async () => {
    await using folder = await workspaceFolder();
    const { key, before } = await interrupted(folder.path);
    await using window = new FakeWindow([folder.path], { scriptedAgentSpeed: 10_000 });
    await window.runs.ready;
    const live = await window.follow(key);
    expect(window.runs.interrupted).toEqual([key]);
    expect(live.driver).toBe('nobody');
    expect(live.events).toEqual(before);

    const resuming = window.runs.resume(key);
    await expect.poll(() => window.runs.interrupted).toEqual([]);
    const offered: unknown[] = [];
    window.runs.onDidChange(() => offered.push(...window.runs.interrupted));
    expect(began(await resuming)).toEqual(key);
    expect(offered).toEqual([]);
    await saw(live, 'postmortem-written');
    await drivenBy(live, 'nobody');
    expect(live.events.slice(0, before.length)).toEqual(before);
    expect(live.events.map(({ seq }) => seq)).toEqual(live.events.map((_, at) => at + 1));
    expect(live.events.filter(isBuilt('gamma'))).toHaveLength(1);
    expect(live.replayed?.state.sealed).toBe(3);
    expect(await window.runs.resume(key)).toMatchObject({ ok: false, code: 'run-over' });
  });

  test('is said to be gone where its folder was deleted meanwhile, and nothing of it comes back', async () => {
    await using folder = await workspaceFolder();
    const { key } = await interrupted(folder.path);
    await using window = new FakeWindow([folder.path]);
    await window.runs.ready;
    expect(window.runs.interrupted).toEqual([key]);
    const runFolder = join(folder.path, '.ce-workspace', 'runs', key.run);
    // At once, before anybody has looked.
    rmSync(runFolder, { recursive: true });
    const gone = {
      ok: false,
      code: 'unknown-run',
      message: `There is no run ${key.run} any more.`,
    };
    const [resumed, sent] = [window.runs.resume(key), window.runs.send(key, { type: 'pause' })];
    expect(await resumed).toMatchObject(gone);
    expect(await sent).toMatchObject(gone);
    await window.until(({ list, interrupted: offered }) => list.length + offered.length === 0);
    expect(existsSync(runFolder)).toBe(false);
    expect(await window.runs.resume(key)).toMatchObject(gone);
  });

  test('is taken over from another host only where a person says that its driver has ended', async () => {
    await using folder = await workspaceFolder();
    const { key } = await interrupted(folder.path);
    const runFolder = join(folder.path, '.ce-workspace', 'runs', key.run);
    // As a crash leaves it on a disk that several machines share.
    renameSync(join(runFolder, 'lock.last.json'), join(runFolder, 'lock.json'));
    const left = JSON.parse(readFileSync(join(runFolder, 'lock.json'), 'utf8')) as object;
    writeFileSync(join(runFolder, 'lock.json'), JSON.stringify({ ...left, host: 'a-machine' }));
    await using window = new FakeWindow([folder.path], { scriptedAgentSpeed: 10_000 });
    await window.runs.ready;
    const live = await window.follow(key);
    await drivenBy(live, 'elsewhere');
    expect(live.foreign).toMatchObject({ host: 'a-machine' });
    const refused = { ok: false, code: 'foreign-host', foreign: { host: 'a-machine' } };
    expect(await window.runs.resume(key)).toMatchObject(refused);
    const asked = live.foreign!;
    expect(await window.runs.resume(key, { ...asked, host: 'another' })).toMatchObject(refused);
    // While they were asked, another process there took the run.
    const since = { ...left, host: 'a-machine', pid: 9, nonce: '9'.repeat(32) };
    writeFileSync(join(runFolder, 'lock.json'), JSON.stringify(since));
    const another = { ...refused, foreign: { host: 'a-machine', pid: 9 } };
    expect(await window.runs.resume(key, asked)).toMatchObject(another);
    expect(began(await window.runs.resume(key, live.foreign!))).toEqual(key);
    await saw(live, 'postmortem-written');
  });

  test('goes on at once where the setting says so', async () => {
    await using folder = await workspaceFolder();
    const { key } = await interrupted(folder.path);
    const options = { resumeInterruptedRuns: 'always', scriptedAgentSpeed: 10_000 } as const;
    await using window = new FakeWindow([folder.path], options);
    const offered: unknown[] = [];
    window.runs.onDidChange(() => offered.push(...window.runs.interrupted));
    await window.runs.ready;
    const live = await window.until(({ current }) => current);
    expect(live.key).toEqual(key);
    await saw(live, 'postmortem-written');
    expect(offered).toEqual([]);
  });

  test('goes on at once where the window was only reloaded', async () => {
    await using folder = await workspaceFolder();
    const { memory } = await interrupted(folder.path);
    const options = { memory, scriptedAgentSpeed: 10_000 };
    await using window = new FakeWindow([folder.path], options);
    const live = await window.until(({ current }) => current);
    await saw(live, 'postmortem-written');
    expect(window.log).toContainEqual(expect.stringContaining('the window was reloaded'));
  });

  test('is offered where that was longer ago', async () => {
    await using folder = await workspaceFolder();
    const { key, memory } = await interrupted(folder.path);
    const path = join(folder.path, '.ce-workspace/runs', key.run);
    const before = Date.now() / 1_000 - 180;
    for (const name of ['journal.jsonl', 'lock.last.json']) {
      utimesSync(join(path, name), before, before);
    }
    await using window = new FakeWindow([folder.path], { memory });
    await window.until(({ interrupted }) => interrupted.length === 1);
    expect((await window.follow(key)).driver).toBe('nobody');
  });

  test('is followed while its former process holds it, and taken over when that lets go', async () => {
    await using folder = await workspaceFolder();
    writeQuick(folder.path, slowScript());
    const former = new FakeWindow([folder.path], { scriptedAgentSpeed: 1 });
    const { key } = await former.begin(folder.path);
    const options = { memory: former.memory, scriptedAgentSpeed: 10_000 };
    await using window = new FakeWindow([folder.path], options);
    await window.runs.ready;
    const live = await window.follow(key);
    expect(live.driver).toBe('elsewhere');
    await former.close();
    await drivenBy(live, 'here');
    await saw(live, 'postmortem-written');
  });

  test('is nothing to go on with once it was cancelled', async () => {
    await using folder = await workspaceFolder();
    const { key, memory } = await interrupted(folder.path);
    await using other = new FakeWindow([folder.path]);
    await other.runs.ready;
    const cancel = { type: 'cancel', reason: 'no more' } as const;
    expect(await other.runs.send(key, cancel)).toEqual({ ok: true, how: 'done' });
    const cancelled = await other.follow(key);
    expect(cancelled.replayed?.state.phase).toMatchObject({ at: 'finished', outcome: 'cancelled' });
    await using window = new FakeWindow([folder.path], { memory });
    await window.runs.ready;
    expect((await window.follow(key)).driver).toBe('nobody');
    expect(window.runs.interrupted).toEqual([]);
  });
});

describe('a run that only waits for a person', () => {
  test('is not interrupted, and goes on here when the person decides', async () => {
    await using folder = await workspaceFolder();
    writeQuick(folder.path, quickScript(), { gates: approvalGate });
    const first = new FakeWindow([folder.path]);
    const { key } = await first.begin(folder.path);
    const { gate, submission } = await saw(await first.follow(key), 'approval-requested');
    await first.close();

    await using window = new FakeWindow([folder.path]);
    await window.runs.ready;
    const live = await window.follow(key);
    expect(live.driver).toBe('nobody');
    expect(window.runs.interrupted).toEqual([]);
    const wrong = { type: 'approve', gate, submission: '0'.repeat(64), note: '' } as const;
    expect(await window.runs.send(key, wrong)).toMatchObject({ ok: false, code: 'other-subject' });
    expect(live.driver).toBe('nobody');
    const approve = { ...wrong, submission };
    expect(await window.runs.send(key, approve)).toEqual({ ok: true, how: 'done' });
    await saw(live, 'postmortem-written');
    expect(live.replayed?.state.phase).toMatchObject({ outcome: 'complete' });
    expect(live.events.filter(isBuilt('alpha'))).toHaveLength(1);
  });

  test('stays paused when its window is reloaded, until a person resumes it', async () => {
    await using folder = await workspaceFolder();
    writeQuick(folder.path, quickScript(), { gates: approvalGate });
    const first = new FakeWindow([folder.path]);
    const { key } = await first.begin(folder.path);
    await saw(await first.follow(key), 'approval-requested');
    await first.runs.send(key, { type: 'pause' });
    await first.close();
    await using window = new FakeWindow([folder.path], { memory: first.memory });
    await window.runs.ready;
    const live = await window.follow(key);
    await drivenBy(live, 'here');
    expect(live.replayed?.state.pausedAt).not.toBeNull();
    began(await window.runs.resume(key));
    await saw(live, 'run-resumed');
  });
});

describe('a workspace that is not trusted', () => {
  test('shows its runs, and neither starts, resumes nor asks until it is', async () => {
    await using folder = await workspaceFolder();
    const { key, memory } = await interrupted(folder.path);
    const options = { memory, trusted: false, scriptedAgentSpeed: 10_000 };
    await using window = new FakeWindow([folder.path], options);
    await window.runs.ready;
    const live = await window.follow(key);
    expect(live.replayed?.state.sealed).toBe(1);
    const refused = { ok: false, code: 'untrusted' };
    expect(await window.runs.start(live.folder.uri)).toMatchObject(refused);
    expect(await window.runs.resume(key)).toMatchObject(refused);
    expect(await window.runs.send(key, { type: 'pause' })).toMatchObject(refused);
    expect(live.driver).toBe('nobody');

    window.grantTrust();
    await saw(live, 'postmortem-written');
  });
});
