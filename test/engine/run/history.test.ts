import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { planWithHistory } from '../../../src/engine/history.ts';
import { journalPath } from '../../../src/engine/journal/journal-place.ts';
import { runFolder } from '../../../src/engine/run-folder.ts';
import { previewPlan } from '../../../src/engine/simulate-plan.ts';
import {
  commitAll,
  goodScript,
  ofType,
  prepare,
  runTiny,
  tinyFiles,
  writeFiles,
} from '../../support/tiny-workspace.ts';
import { workspaceFolder } from './rig.ts';

test('a later run is scheduled by what modules took, as long as the same agents build them', async () => {
  await using folder = await workspaceFolder();
  const { path } = folder;
  writeFiles(path, { ...tinyFiles(), ...goodScript() });
  commitAll(path);
  const { plan } = await prepare(path);
  const sources = (of: typeof plan) => of.modules.map(({ estimate }) => estimate.source);
  expect(sources(await planWithHistory(path, plan, null))).toEqual(['plan', 'plan', 'plan']);

  const first = await runTiny(path);
  const second = await runTiny(path);

  const planOf = (ran: typeof first) => ofType(ran, 'run-started')[0]!.plan;
  expect(sources(planOf(first))).toEqual(['plan', 'plan', 'plan']);
  expect(sources(planOf(second))).toEqual(['history', 'history', 'history']);
  // The script says one second, however fast it is played; checks are as fast as they are.
  for (const { estimate } of planOf(second).modules) {
    expect(estimate.minutes).toBeGreaterThanOrEqual(0.01);
    expect(estimate.minutes).toBeLessThan(5);
    expect(estimate.runs).toBe(1);
  }
  // Nothing was built in the second run, so that there is still one to learn from.
  const known = await planWithHistory(path, plan, null);
  expect(known.modules.map(({ estimate }) => estimate.runs)).toEqual([1, 1, 1]);
  const previewed = await previewPlan({
    workspace: path,
    planFile: 'tiny.plan.yaml',
    builders: null,
  });
  expect(previewed.ok && previewed.preview?.plan.modules[0]?.estimate.source).toBe('history');

  expect(sources(await planWithHistory(path, plan, 'others'))).toEqual(['plan', 'plan', 'plan']);
  writeFileSync(journalPath(runFolder(path, first.state.run)), 'not a journal\n');
  expect(sources(await planWithHistory(path, plan, null))).toEqual(['plan', 'plan', 'plan']);
});
