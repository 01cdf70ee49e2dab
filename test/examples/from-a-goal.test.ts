import { execFileSync } from 'node:child_process';
import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { planGoal } from '../../src/engine/architect/plan-goal.ts';
import { checkPlan } from '../../src/engine/check-plan.ts';
import { lawBreaches } from '../../src/engine/law-breaches.ts';
import { startRun } from '../../src/engine/start-run.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { noModels, opened, sessionOptions } from '../support/tiny-workspace.ts';

it('goes from a goal to what was asked for: planned, checked, built, judged and delivered', async () => {
  await using folder = await tempFolder();
  const workspace = folder.path;
  await cp('examples/from-a-goal', workspace, { recursive: true });
  const planned = await planGoal({
    ...{ workspace, goal: 'A command that turns expenses into a monthly report' },
    ...{ name: null, force: false, base: 'work-tree', agents: null, script: null },
    ...{ models: noModels, speed: 100, mayAsk: true, answers: [], person: null },
    budget: { tokens: 2_000_000, microUsd: 10_000_000, turns: 400, ms: 1_000 * 60_000 },
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  if (planned.kind !== 'proposed') throw new Error(JSON.stringify(planned));
  expect(planned.problems).toEqual([]);

  const checked = await checkPlan({
    ...{ workspace, planFile: planned.planFile, base: 'work-tree', sandbox: 'prefer' },
    onProgress: () => undefined,
  });
  if (!checked.ok || checked.prepared === null) throw new Error(JSON.stringify(checked));
  const { prepared } = checked;
  await using session = opened(await startRun(prepared, sessionOptions({ autoApprove: true })));
  const { phase, sealed } = await session.finished;
  expect(lawBreaches(session.events)).toEqual([]);
  expect(sealed).toBe(4);
  expect(phase).toMatchObject({ at: 'finished', outcome: 'complete' });
  const result = join(workspace, '.ce-workspace/runs', session.run, 'result');
  const specification = await readFile(join(result, 'spec/report.md'), 'utf8');
  const printed = execFileSync('node', ['src/command/main.js', 'samples/expenses.csv'], {
    cwd: result,
    encoding: 'utf8',
  });
  expect(specification).toContain(`\`\`\`text\n${printed}\`\`\``);
});
