import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RunId } from '../../../src/core/ids.ts';
import { checkAgain, type CheckAgain } from '../../../src/engine/check-again.ts';
import { effectLives } from '../../../src/engine/gates/effect-processes.ts';
import { runFolder } from '../../../src/engine/run-folder.ts';
import { holds, quickScript, writeQuick } from '../../support/tiny-plan.ts';
import { ofType, runTiny } from '../../support/tiny-workspace.ts';
import { live, openPlace, workspaceFolder } from './rig.ts';

const again = (workspace: string, run: RunId, node: string, more: Partial<CheckAgain> = {}) =>
  checkAgain({
    ...{ workspace, run, node, only: null, keys: () => [] },
    ...{ onProgress: () => undefined, signal: new AbortController().signal },
    ...more,
  });

/** Everything that a run keeps of itself, and the results that are kept for all runs. */
const kept = (workspace: string, run: RunId): string => {
  const cache = join(workspace, '.ce-workspace/cache/gates');
  const results = readdirSync(cache, { recursive: true, encoding: 'utf8' }).sort();
  return `${readFileSync(join(runFolder(workspace, run), 'journal.jsonl'), 'utf8')}${results.join('\n')}`;
};

test('checks of a seal, a tier and a gate are run again, and the run is as it was', async () => {
  await using folder = await workspaceFolder();
  writeQuick(folder.path);
  const ran = await runTiny(folder.path, { speed: 1000 });
  const { run } = ran.state;
  const before = kept(folder.path, run);
  const seal = ofType(ran, 'module-sealed').find(({ module }) => module === 'beta');
  expect(await again(folder.path, run, 'beta')).toMatchObject({
    ...{ ok: true, run, gate: 'module:beta' },
    against: { kind: 'seal', tree: seal?.tree, version: 1, attempt: 1 },
    subject: ofType(ran, 'verdict-given').find(({ gate }) => gate === 'module:beta')?.subject,
    results: [{ check: 'unit', outcome: 'passed', cached: false }],
  });
  expect(await again(folder.path, run, 'tier:numbers')).toMatchObject({
    gate: 'tier:numbers',
    against: { kind: 'composition' },
    results: [{ check: 'cross', outcome: 'passed', cached: false }],
  });
  expect(await again(folder.path, run, 'accept', { only: ['sum'] })).toMatchObject({
    gate: 'gate:accept',
    results: [{ check: 'sum', outcome: 'passed' }],
  });
  expect(kept(folder.path, run)).toBe(before);
});

test('what was handed in last and failed fails again, in a run that goes on', async () => {
  await using folder = await workspaceFolder();
  // The second builder never ends, so that the first one's work is the last.
  const script = { ...holds('gamma', 1, '4'), ...holds('gamma', 2, '3', 'behaviour: hang\n') };
  writeQuick(folder.path, { ...quickScript(), ...script });
  await using ran = await live(folder.path);
  const { tree } = await ran.saw('submission-received', ({ module }) => module === 'gamma');
  await ran.saw('generation-started', ({ module, attempt }) => module === 'gamma' && attempt === 2);
  expect(await again(folder.path, ran.run, 'module:gamma')).toMatchObject({
    against: { kind: 'submission', tree, version: 1, attempt: 1 },
    results: [{ check: 'unit', outcome: 'failed', evidence: [{ kind: 'check', check: 'unit' }] }],
  });
  const told = ran.session.events.filter(
    (event) => 'gate' in event && event.gate === 'module:gamma',
  );
  expect(told.map(({ type }) => type)).toEqual(['check-finished', 'verdict-given']);
});

test('what cannot be checked is refused, with what and why', async () => {
  await using folder = await workspaceFolder();
  const script = { ...quickScript(), ...holds('alpha', 1, '1', 'behaviour: hang\n') };
  const gates = '  ship: { kind: approval, requires: [gamma], approvers: person }\n';
  writeQuick(folder.path, script, {
    ...{ top: 'resources: { database: 1 }\n', gates },
    modules: { gamma: '    resources: [database]\n' },
  });
  await using ran = await live(folder.path);
  await ran.saw('module-sealed', ({ module }) => module === 'gamma');
  const refused = async (node: string, more: Partial<CheckAgain> = {}) => {
    const answer = await again(folder.path, ran.run, node, more);
    return answer.ok ? null : answer.message;
  };
  expect(await refused('delta')).toBe('the plan has no module, tier or gate delta');
  expect(await refused('../gamma')).toContain('no module, tier or gate');
  expect(await refused('alpha')).toBe('alpha has not handed anything in yet');
  expect(await refused('numbers')).toBe(
    'tier numbers is composed of seals; alpha and beta have none',
  );
  expect(await refused('gamma', { only: ['lint'] })).toBe('gamma has no check lint');
  expect(await refused('ship')).toBe('gate ship has no checks');
  expect(await refused('gamma')).toContain('which the run may be using now');
});

test('called off it ends its processes and leaves no folder', async () => {
  await using place = await openPlace();
  const { workspace, outside } = place;
  // It waits for ever as soon as there is a file outside; the sandbox lets it be read alone.
  const check = `sh tests/gamma/test.sh`;
  writeQuick(workspace, quickScript(), {
    checks: { gamma: `    checks: { unit: { run: ${check}, sandbox: { read: [${outside}] } } }\n` },
  });
  const test = join(workspace, 'tests/gamma/test.sh');
  const waits = `if test -e ${outside}/slow; then sleep 1000; fi\n`;
  writeFileSync(test, `${waits}${readFileSync(test, 'utf8')}`);
  const ran = await runTiny(workspace, { speed: 1000 });
  writeFileSync(join(outside, 'slow'), '');
  const controller = new AbortController();
  const { signal } = controller;
  const checked = again(workspace, ran.state.run, 'gamma', { signal });
  await expect.poll(() => place.workFolders()).toEqual([expect.stringContaining('check-1-unit')]);
  const [trial = ''] = place.workFolders()[0]?.split('/') ?? [];
  const lives = (): boolean => effectLives((effect) => effect.startsWith(`${trial}/`));
  await expect.poll(lives).toBe(true);
  controller.abort();
  await expect(checked).rejects.toThrow();
  expect(place.workFolders()).toEqual([]);
  expect(lives()).toBe(false);
});
