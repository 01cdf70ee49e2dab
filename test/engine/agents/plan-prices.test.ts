import { expect, test } from 'vitest';
import { realEngine } from '../../../src/cli/engine.ts';
import { invoke } from '../../cli/invoke.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { commitAll, tinyFiles, tinyPlan, writeFiles } from '../../support/tiny-workspace.ts';

test('a price of the plan that takes the place of a listed one is said where the plan is checked, with both', async () => {
  await using folder = await tempFolder();
  const models = [
    'models:',
    '  claude-sonnet-5: { usd: { input: 7, output: 70 } }',
    // As it is listed.
    '  claude-opus-4-8: { usd: { input: 5, output: 25, cacheRead: 0.5 } }',
    '  local-model: { usd: { input: 1, output: 2 } }',
    '  claude-haiku-4-5: { context: 100000 }',
  ];
  writeFiles(folder.path, tinyFiles(`${tinyPlan()}${models.join('\n')}\n`));
  commitAll(folder.path);
  const { code, terminal } = invoke(
    ['--cwd', folder.path, 'check', 'tiny.plan.yaml', '--sandbox', 'off'],
    {
      engine: realEngine,
    },
  );
  expect(await code).toBe(0);
  const notes = terminal.stdout.split('\n').filter((line) => line.startsWith('note: models.'));
  expect(notes).toHaveLength(1);
  expect(notes[0]).toMatch(
    /claude-sonnet-5: .*\$7 in, \$70 out.* list of [\d-]+ has \$2 in, \$10 out/,
  );
}, 60_000);
