import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { checkPlan, type CheckOptions } from '../../../src/engine/check-plan.ts';
import { detectSandbox } from '../../../src/engine/gates/sandbox.ts';
import { listRuns, runFolder, runsFolder } from '../../../src/engine/run-folder.ts';
import { resumeRun, startRun } from '../../../src/engine/start-run.ts';
import { holds, quickScript, writeQuick } from '../../support/tiny-plan.ts';
import {
  ofType,
  opened,
  prepare,
  runTiny,
  sessionOptions,
  writeFiles,
} from '../../support/tiny-workspace.ts';
import { live, openPlace } from './rig.ts';

afterEach(() => vi.unstubAllEnvs());

const offered = (await detectSandbox()).kind;

const check = (workspace: string, more: Partial<CheckOptions> = {}) =>
  checkPlan({
    workspace,
    planFile: 'tiny.plan.yaml',
    base: 'work-tree',
    sandbox: 'prefer',
    onProgress: () => undefined,
    ...more,
  });

test('a script that is missing or broken is refused in one message, and no run is left', async () => {
  await using place = await openPlace();
  const { workspace, outside } = place;
  writeQuick(workspace, { 'alpha/1/turn.yaml': 'summary: x\nsecond: 1\n' });
  const prepared = await prepare(workspace);

  const broken = await startRun(prepared, sessionOptions());
  expect(broken).toMatchObject({
    ok: false,
    code: 'script-broken',
    message: expect.stringContaining('script/alpha/1/turn.yaml:2'),
  });
  const script = join(outside, 'none');
  const missing = await startRun(prepared, sessionOptions({ script }));
  expect(missing).toMatchObject({
    ok: false,
    code: 'script-broken',
    message: expect.stringMatching(/none: there is no such folder$/),
  });
  const agents = await startRun(prepared, sessionOptions({ agents: 'nobody' }));
  expect(agents).toMatchObject({ ok: false, code: 'unknown-agents' });
  expect(await listRuns(workspace)).toEqual([]);
  expect(place.workFolders()).toEqual([]);
});

test('a run that somebody drives is not driven by a second one, until the first is gone', async () => {
  await using place = await openPlace();
  const { workspace } = place;
  writeQuick(workspace, { ...quickScript(), ...holds('alpha', 1, '1', 'seconds: 3600\n') });
  const first = await live(workspace, { speed: 1 });
  await first.saw('generation-started');
  const { run } = first;

  expect(await resumeRun(workspace, run, sessionOptions())).toMatchObject({
    ok: false,
    code: 'held',
    message: expect.stringContaining(String(process.pid)),
  });

  await first.stop();
  const again = await resumeRun(workspace, run, sessionOptions());
  expect(again.ok).toBe(true);
  if (again.ok) await again.session[Symbol.asyncDispose]();
});

test('a prerequisite that fails waits for a person before anything starts', async () => {
  await using place = await openPlace();
  const { workspace } = place;
  writeQuick(workspace, quickScript(), { prerequisite: 'echo no such tool >&2; exit 3' });

  const ran = await runTiny(workspace);

  expect(ran.state).toMatchObject({ phase: { at: 'lacking' }, needPerson: 1 });
  const [checked] = ofType(ran, 'prerequisite-checked');
  expect(checked).toMatchObject({ name: 'machine', passed: false });
  expect(checked?.evidence.map(({ says }) => says).join('\n')).toContain('no such tool');
  expect(ofType(ran, 'go-given')).toEqual([]);
  expect(ofType(ran, 'generation-started')).toEqual([]);
  const postmortem = join(runFolder(workspace, ran.state.run), 'postmortem.md');
  expect(existsSync(postmortem)).toBe(false);

  await using session = opened(await resumeRun(workspace, null, sessionOptions()));
  expect(await session.ask({ type: 'cancel-run', by: 'sam', reason: 'no tool' })).toBeNull();
  expect((await session.finished).phase).toMatchObject({ outcome: 'cancelled' });
  expect(readFileSync(postmortem, 'utf8')).toContain('missing: machine');
  expect(place.workFolders()).toEqual([]);
});

const secret = 'hunter-two-three';
const gammaPrints = {
  gamma:
    '    checks: { unit: { run: "echo $ASHLARS_TOKEN; sh tests/gamma/test.sh", sandbox: { env: [ASHLARS_TOKEN] } } }\n',
};

test('nothing that a run keeps holds the value of a variable that a check is given', async () => {
  vi.stubEnv('ASHLARS_TOKEN', secret);
  await using place = await openPlace();
  const { workspace } = place;
  const script = { ...quickScript(), ...holds('gamma', 1, '9'), ...holds('gamma', 2, '3') };
  writeQuick(workspace, script, { checks: gammaPrints });

  const ran = await runTiny(workspace);

  expect(ran.state.phase).toMatchObject({ outcome: 'complete' });
  const [failed] = ofType(ran, 'verdict-given').filter(({ verdict }) => verdict !== 'PASS');
  expect(JSON.stringify(failed)).toContain('•••');
  expect(filesHolding(workspace, secret)).toEqual([]);
});

test('nor what a prerequisite printed of it', async () => {
  vi.stubEnv('ASHLARS_TOKEN', secret);
  await using place = await openPlace();
  const { workspace } = place;
  // It is given nothing, and found the value elsewhere.
  const prerequisite = 'printf hunter-%s-three two >&2; exit 1';
  writeQuick(workspace, quickScript(), { prerequisite, checks: gammaPrints });

  const ran = await runTiny(workspace);

  const [checked] = ofType(ran, 'prerequisite-checked');
  expect(checked?.evidence.map(({ says }) => says).join('\n')).toContain('•••');
  expect(filesHolding(workspace, secret)).toEqual([]);
});

/** Files of a folder in which a text stands, objects of the store left out. */
function filesHolding(folder: string, text: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  return files
    .filter((each) => each.isFile() && !each.parentPath.includes('store.git'))
    .map((each) => join(each.parentPath, each.name))
    .filter((path) => readFileSync(path, 'latin1').includes(text))
    .map((path) => path.slice(folder.length + 1));
}

test('a contract that decides nothing is found by running it, at its line, and leaves nothing', async () => {
  await using place = await openPlace();
  const { workspace } = place;
  writeQuick(workspace);
  writeFiles(workspace, { 'tests/gamma/test.sh': 'test -f src/gamma/number\n' });

  const checked = await check(workspace);

  expect(checked).toMatchObject({ ok: true, prepared: null });
  const lines = readFileSync(join(workspace, 'tiny.plan.yaml'), 'utf8').split('\n');
  const errors = checked.ok ? checked.diagnostics.filter((each) => each.severity === 'error') : [];
  expect(errors).toMatchObject([{ code: 'vacuous-contract', file: 'tiny.plan.yaml' }]);
  const gamma = lines.indexOf('  gamma:');
  expect(errors[0]?.line).toBeGreaterThan(gamma);
  expect(errors[0]?.line).toBeLessThan(lines.indexOf('tiers:'));
  const runs = runsFolder(workspace);
  expect(existsSync(runs) ? readdirSync(runs) : []).toEqual([]);
  expect(place.workFolders()).toEqual([]);
});

test('a folder without a plan, and one without a run, are told in one message', async () => {
  await using place = await openPlace();
  expect(await check(place.workspace)).toMatchObject({ ok: false, code: 'plan-unreadable' });
  expect(await resumeRun(place.workspace, null, sessionOptions())).toMatchObject({
    ok: false,
    code: 'no-open-run',
  });
  expect(existsSync(join(place.workspace, '.ce-workspace'))).toBe(false);
});

test.runIf(offered === 'none')(
  'a sandbox that is required and not there refuses the plan',
  async () => {
    await using place = await openPlace();
    writeQuick(place.workspace);
    const required = await check(place.workspace, { sandbox: 'require' });
    expect(required).toMatchObject({ ok: false, code: 'no-sandbox' });
    expect(existsSync(join(place.workspace, '.ce-workspace'))).toBe(false);
  },
);

test.runIf(offered === 'bwrap')(
  'a sandbox that is required and there is used, and recorded',
  async () => {
    await using place = await openPlace();
    const { workspace } = place;
    writeQuick(workspace);
    const required = await check(workspace, { sandbox: 'require' });
    if (!required.ok || required.prepared === null) throw new Error('refused');
    await using session = opened(await startRun(required.prepared, sessionOptions()));
    const state = await session.finished;
    expect(state.sandbox).toEqual({ mode: 'require', kind: 'bwrap' });
    expect(state.phase).toMatchObject({ outcome: 'complete' });
  },
);
