import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { Sessions } from '../../../src/extension/runs/sessions.ts';
import type { PersonRequest } from '../../../src/engine/person-request.ts';
import { workspaceFolder } from '../../engine/run/rig.ts';
import { holds, quickScript, writeQuick } from '../../support/tiny-plan.ts';
import { runTiny } from '../../support/tiny-workspace.ts';
import { FakeMemory, FakeWindow, fileUri, saw } from './window.ts';

/** `alpha` takes an hour; `gamma` is sealed at once. */
const slowScript = () => ({ ...quickScript(), ...holds('alpha', 1, '1', 'seconds: 3600\n') });

const lockOf = (workspace: string, run: string) =>
  join(workspace, '.ce-workspace/runs', run, 'lock.json');

/** A memory that takes its time over one entry, once it is told to. */
class SlowMemory extends FakeMemory {
  #held: Promise<void> | null = null;
  #letGo = (): void => undefined;
  #reached = (): void => undefined;
  reached = Promise.resolve();

  hold(): void {
    this.#held = new Promise((resolve) => (this.#letGo = resolve));
    this.reached = new Promise((resolve) => (this.#reached = resolve));
  }

  letGo(): void {
    this.#held = null;
    this.#letGo();
  }

  override async update(name: string, value: unknown): Promise<void> {
    await super.update(name, value);
    if (this.#held === null || name !== 'ashlar.driving') return;
    this.#reached();
    await this.#held;
  }
}

describe('a run that ends just now', () => {
  test('goes on here with what it was asked for meanwhile', async () => {
    await using folder = await workspaceFolder();
    writeQuick(folder.path);
    const memory = new SlowMemory();
    await using window = new FakeWindow([folder.path], { memory });
    const live = await window.begin(folder.path);
    memory.hold();
    await saw(live, 'postmortem-written');
    // The session has ended, and its end is still being noted.
    await memory.reached;
    const request: PersonRequest = {
      ...{ type: 'reopen', module: 'gamma', reason: 'Say more.', contractPath: null },
    };
    const waiting = vi.spyOn(Sessions.prototype, 'closed');
    onTestFinished(() => waiting.mockRestore());
    const sent = window.runs.send(live.key, request);
    // The session no longer takes it, and its end is waited for.
    await expect.poll(() => waiting.mock.calls).toEqual([[live.key]]);
    memory.letGo();
    expect(await sent).toEqual({ ok: true, how: 'done' });
    const isReopened = () => live.events.some(({ type }) => type === 'module-reopened');
    await expect.poll(isReopened).toBe(true);
  });
});

describe('a folder that is closed', () => {
  test('while a run in it is taken over: nobody drives it afterwards', async () => {
    await using folder = await workspaceFolder();
    writeQuick(folder.path, slowScript());
    const first = new FakeWindow([folder.path], { scriptedAgentSpeed: 1 });
    const { key } = await first.begin(folder.path);
    await first.close();
    await using window = new FakeWindow([folder.path], { scriptedAgentSpeed: 1 });
    await window.runs.ready;
    const resumed = window.runs.resume(key);
    await Promise.resolve();
    window.removeFolder(folder.path);
    expect(await resumed).toMatchObject({ ok: false });
    await expect.poll(() => existsSync(lockOf(folder.path, key.run))).toBe(false);
    expect(window.runs.list).toEqual([]);
  });

  test('while a plan in it is being started: nobody drives its run', async () => {
    await using folder = await workspaceFolder();
    writeQuick(folder.path, slowScript());
    await using window = new FakeWindow([folder.path], { scriptedAgentSpeed: 1 });
    await window.runs.ready;
    const starting = window.runs.start(fileUri(join(folder.path, 'tiny.plan.yaml')));
    await window.until(({ starting: now }) => now?.says === 'starting');
    window.removeFolder(folder.path);
    expect(await starting).toMatchObject({ ok: false });
    expect(window.runs.list).toEqual([]);
    expect(window.runs.current).toBeNull();
  });
});

test('of two runs that are chosen one after the other the later is the current one, however long the first takes to read', async () => {
  await using folder = await workspaceFolder();
  writeQuick(folder.path);
  const { state: one } = await runTiny(folder.path);
  const { state: other } = await runTiny(folder.path);
  const keyOf = (run: typeof one.run) => ({ folder: fileUri(folder.path).toString(), run });
  const memory = new FakeMemory();
  await memory.update('ashlar.selected', keyOf(other.run));
  await using window = new FakeWindow([folder.path], { memory });
  await window.runs.ready;
  // The first is read from the disk, the second is open.
  await Promise.all([window.runs.select(keyOf(one.run)), window.runs.select(keyOf(other.run))]);
  expect(window.runs.current?.key.run).toBe(other.run);
});

test('what was interrupted is told of anew once the workspace is trusted', async () => {
  await using folder = await workspaceFolder();
  writeQuick(folder.path, slowScript());
  const first = new FakeWindow([folder.path], { scriptedAgentSpeed: 1 });
  const live = await first.begin(folder.path);
  await saw(live, 'module-sealed', ({ module }) => module === 'gamma');
  await first.close();
  await using window = new FakeWindow([folder.path], { trusted: false });
  await window.runs.ready;
  await window.until(({ interrupted }) => interrupted.length === 1);
  let told = 0;
  window.runs.onDidChange(() => (told += 1));
  window.grantTrust();
  await expect.poll(() => told).toBeGreaterThan(0);
  expect(window.runs.interrupted).toEqual([live.key]);
});
