import { expect, test } from 'vitest';
import { moduleId, treeId } from '../../../src/core/ids.ts';
import { replay } from '../../../src/core/projections/timeline.ts';
import * as engine from '../../../src/extension/engine.ts';
import { answerTo } from '../../../src/extension/board/answers.ts';
import { createRunFiles } from '../../../src/extension/documents/run-files.ts';
import type { LiveRun } from '../../../src/extension/runs/runs.ts';
import { writeQuick } from '../../support/tiny-plan.ts';
import { ofType, runTiny } from '../../support/tiny-workspace.ts';
import { workspaceFolder } from '../../engine/run/rig.ts';

const alpha = moduleId('alpha');

test('questions about a run are answered from its store, and failures are answers too', async () => {
  await using workspace = await workspaceFolder();
  writeQuick(workspace.path);
  const { state, events } = await runTiny(workspace.path, { speed: 1000 });
  let trusted = true;
  const files = createRunFiles({ engine: async () => engine, isTrusted: () => trusted });
  const run = {
    key: { folder: 'file:///project', run: state.run },
    folder: { uri: { fsPath: workspace.path } },
    ...{ events, replayed: replay(events) },
  } as unknown as LiveRun;
  const [submission] = ofType({ events }, 'submission-received');

  const contract = { about: 'contract', module: alpha, from: 1, to: 1 } as const;
  expect(await answerTo(contract, run, files)).toMatchObject({
    ...{ about: 'contract', text: expect.stringContaining('# alpha') as unknown, files: [] },
  });
  expect(await answerTo({ about: 'tests', module: alpha }, run, files)).toEqual({
    ...{ about: 'tests', tests: [] },
  });
  const handedIn = { about: 'submission', module: submission!.module, tree: submission!.tree };
  expect(await answerTo({ ...handedIn, about: 'submission' }, run, files)).toMatchObject({
    ...{ about: 'submission', files: [{ added: 1, removed: 0 }] },
  });

  const failure = (says: string) => ({
    ...{ about: 'failure', message: expect.stringContaining(says) as unknown },
  });
  const foreign = { about: 'submission', module: alpha, tree: treeId('0'.repeat(40)) } as const;
  expect(await answerTo(foreign, run, files)).toMatchObject(failure('never handed in'));
  expect(await answerTo({ ...contract, to: 5 }, run, files)).toMatchObject(failure('v5'));
  const unknown = { about: 'tests', module: moduleId('nobody') } as const;
  expect(await answerTo(unknown, run, files)).toMatchObject(failure('nobody'));
  expect(await answerTo(contract, null, files)).toMatchObject(failure('no run'));
  trusted = false;
  expect(await answerTo(contract, run, files)).toMatchObject(failure('trusted'));
  expect(Buffer.from(await files.report(run)).toString()).toContain('#');
  files.dispose();
});
