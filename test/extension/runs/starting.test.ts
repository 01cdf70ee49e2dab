import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readRun } from '../../../src/engine/run-record.ts';
import { workspaceFolder } from '../../engine/run/rig.ts';
import { approvalGate, holds, quickScript, writeQuick } from '../../support/tiny-plan.ts';
import { drivenBy, FakeWindow, fileUri, saw } from './window.ts';

const plan = (workspace: string) => fileUri(join(workspace, 'tiny.plan.yaml'));

describe('a plan that is started', () => {
  test('tells every event once and in order until it is sealed, and lets go of its lock', async () => {
    await using folder = await workspaceFolder();
    writeQuick(folder.path);
    await using window = new FakeWindow([folder.path]);
    await window.runs.ready;
    const live = await window.begin(folder.path);
    const told = live.events.map(({ seq }) => seq);
    live.onDidAppend((added) => told.push(...added.map(({ seq }) => seq)));
    expect(live.driver).toBe('here');
    expect(window.runs.current).toBe(live);

    await saw(live, 'postmortem-written');
    await drivenBy(live, 'nobody');

    expect(told).toEqual(told.map((_, index) => index + 1));
    expect(told).toHaveLength(live.events.length);
    const read = await readRun(folder.path, live.key.run);
    expect(read.ok && read.record.events).toEqual(live.events);
    expect(read.ok && read.record.driver).toBeNull();
    expect(window.runs.list).toMatchObject([
      {
        ...{ key: live.key, artifact: 'quick', outcome: 'complete', sealed: 3, modules: 3 },
        ...{ driver: 'nobody', needs: 0, problem: null },
      },
    ]);
    expect(window.saved).toEqual([join(folder.path, 'tiny.plan.yaml')]);
  });

  test('says how far it is before it runs', async () => {
    await using folder = await workspaceFolder();
    writeQuick(folder.path);
    await using window = new FakeWindow([folder.path]);
    const says = new Set<string>();
    window.runs.onDidChange(() => says.add(window.runs.starting?.says ?? ''));
    await saw(await window.begin(folder.path), 'postmortem-written');
    expect([...says]).toContain('trying contracts on their stubs: 3 of 3');
    expect(window.runs.starting).toBeNull();
  });

  test('says that a key is missing where its agents need one, and leaves no run behind', async () => {
    await using folder = await workspaceFolder();
    writeQuick(folder.path);
    const file = join(folder.path, 'tiny.plan.yaml');
    const text = readFileSync(file, 'utf8');
    const asked = text.replace(/builders: \{[^}]*\}/, 'builders: { max: 2, agent: anthropic }');
    expect(asked).not.toBe(text);
    writeFileSync(file, asked);
    await using window = new FakeWindow([folder.path]);
    window.models = { choice: {}, service: { apiKey: null, baseURL: null, keyHint: 'set one' } };
    const answer = await window.runs.start(plan(folder.path));
    const message = 'anthropic agents need an API key, and there is none: set one';
    expect(answer).toMatchObject({ ok: false, code: 'no-key', message });
    expect(window.runs.list).toEqual([]);
  });

  test('is refused with what is wrong in it, and leaves no run behind', async () => {
    await using folder = await workspaceFolder();
    writeQuick(folder.path);
    rmSync(join(folder.path, 'contracts/alpha.md'));
    await using window = new FakeWindow([folder.path]);
    const answer = await window.runs.start(plan(folder.path));
    expect(answer).toMatchObject({ ok: false, code: 'plan-refused' });
    const errors = answer.diagnostics.filter(({ severity }) => severity === 'error');
    expect(errors).toMatchObject([{ code: 'contract-missing', file: 'tiny.plan.yaml', line: 19 }]);
    expect(window.runs.list).toEqual([]);
  });

  test('is refused while another is being prepared', async () => {
    await using folder = await workspaceFolder();
    writeQuick(folder.path);
    await using window = new FakeWindow([folder.path]);
    const first = window.runs.start(plan(folder.path));
    expect(await window.runs.start(plan(folder.path))).toMatchObject({ code: 'starting-already' });
    expect(await first).toMatchObject({ ok: true });
  });

  test('is left when a person cancels that, and another can be started at once', async () => {
    await using folder = await workspaceFolder();
    writeQuick(folder.path);
    await using window = new FakeWindow([folder.path]);
    await window.runs.ready;
    const cancelling = new AbortController();
    const answer = window.runs.start(plan(folder.path), cancelling.signal);
    await window.until(({ starting }) => starting?.says.startsWith('trying contracts'));
    cancelling.abort();
    expect(await answer).toMatchObject({ ok: false, code: 'cancelled', diagnostics: [] });
    expect(window.runs.starting).toBeNull();
    expect(window.runs.list).toEqual([]);
    expect(window.log).toEqual([]);
    expect(await window.runs.start(plan(folder.path))).toMatchObject({ ok: true });
  });

  test('is left behind tidy when the window closes before it runs', async () => {
    await using folder = await workspaceFolder();
    writeQuick(folder.path);
    const window = new FakeWindow([folder.path]);
    await window.runs.ready;
    const answer = window.runs.start(plan(folder.path));
    await window.until(({ starting }) => starting?.says.startsWith('trying contracts'));
    const order: string[] = [];
    void answer.then(() => order.push('answered'));
    await window.close();
    order.push('closed');
    expect(order).toEqual(['answered', 'closed']);
    expect(await answer).toMatchObject({ ok: false, code: 'closing' });
  });

  test('is refused outside of every folder', async () => {
    await using folder = await workspaceFolder();
    await using window = new FakeWindow([folder.path]);
    expect(await window.runs.start(plan('/elsewhere'))).toMatchObject({ code: 'no-folder' });
  });

  test('runs beside one that is driven already', async () => {
    await using folder = await workspaceFolder();
    writeQuick(folder.path, quickScript(), { gates: approvalGate });
    await using window = new FakeWindow([folder.path]);
    const first = await window.begin(folder.path);
    const second = await window.begin(folder.path);
    await Promise.all([saw(first, 'approval-requested'), saw(second, 'approval-requested')]);
    expect([first.driver, second.driver]).toEqual(['here', 'here']);
    expect(window.runs.current).toBe(second);
    expect(window.runs.list).toHaveLength(2);
  });

  test('is at no time told of as interrupted', async () => {
    await using folder = await workspaceFolder();
    writeQuick(folder.path, { ...quickScript(), ...holds('alpha', 1, '1', 'seconds: 3600\n') });
    await using window = new FakeWindow([folder.path], { scriptedAgentSpeed: 1 });
    await window.runs.ready;
    const offered: unknown[] = [];
    window.runs.onDidChange(() => offered.push(...window.runs.interrupted));
    const live = await window.begin(folder.path);
    await saw(live, 'module-sealed', ({ module }) => module === 'gamma');
    expect(offered).toEqual([]);
  });

  test('can be asked at once', async () => {
    await using folder = await workspaceFolder();
    writeQuick(folder.path, { ...quickScript(), ...holds('gamma', 1, '3', 'seconds: 36000\n') });
    await using window = new FakeWindow([folder.path]);
    const live = await window.begin(folder.path);
    expect(await window.runs.send(live.key, { type: 'pause' })).toEqual({ ok: true, how: 'done' });
    expect(live.replayed?.state.pausedAt).not.toBeNull();
    const cancel = { type: 'cancel', reason: 'seen enough' } as const;
    expect(await window.runs.send(live.key, cancel)).toEqual({ ok: true, how: 'done' });
    await saw(live, 'postmortem-written');
    await drivenBy(live, 'nobody');
    expect(existsSync(join(folder.path, '.ce-workspace/runs', live.key.run, 'lock.json'))).toBe(
      false,
    );
  });
});
