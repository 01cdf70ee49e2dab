import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkPlan } from '../../../src/engine/check-plan.ts';
import { lawBreaches } from '../../../src/engine/law-breaches.ts';
import { startRun } from '../../../src/engine/start-run.ts';
import { writeQuick } from '../../support/tiny-plan.ts';
import { opened, sessionOptions, writeFiles } from '../../support/tiny-workspace.ts';
import { openPlace, type Place } from './rig.ts';

/** A check that says when it has the database and when it has left it, and would notice another. */
const visit = (name: string): string => `
mkdir "$TINY_TEST_SHARED/database" || echo "two at once: ${name}" >> "$TINY_TEST_SHARED/log"
echo "in ${name}" >> "$TINY_TEST_SHARED/log"
sleep 0.1
echo "out ${name}" >> "$TINY_TEST_SHARED/log"
rmdir "$TINY_TEST_SHARED/database"
`;

const using = (name: string, run: string): string =>
  `${name}: { run: ${run}, resources: [database], sandbox: { env: [TINY_TEST_SHARED] } }`;

/** What the checks of a whole run wrote, trying its contracts included. */
async function logOf(place: Place): Promise<{ lines: string[]; resumed: string[] }> {
  process.env.TINY_TEST_SHARED = place.outside;
  try {
    const { workspace } = place;
    const options = { workspace, planFile: 'tiny.plan.yaml', base: 'work-tree' } as const;
    const checked = await checkPlan({ ...options, sandbox: 'off', onProgress: () => undefined });
    if (!checked.ok || checked.prepared === null) throw new Error(JSON.stringify(checked));
    const log = join(place.outside, 'log');
    const before = readFileSync(log, 'utf8').trim().split('\n');
    const run = opened(await startRun(checked.prepared, sessionOptions({ speed: 1000 })));
    await using session = run;
    const state = await session.finished;
    expect(state.phase).toMatchObject({ outcome: 'complete' });
    expect(lawBreaches(session.events)).toEqual([]);
    const lines = readFileSync(log, 'utf8').trim().split('\n');
    return { lines, resumed: lines.slice(before.length) };
  } finally {
    delete process.env.TINY_TEST_SHARED;
  }
}

const inOrder = (lines: readonly string[]): boolean =>
  lines.every((line, i) => line === (i % 2 === 0 ? line : lines[i - 1]?.replace('in', 'out')));

test('gates that use one resource never overlap, nor do the checks of one gate', async () => {
  await using place = await openPlace();
  const checks = (name: string): string =>
    `    checks: { ${using('unit', `sh tests/${name}/test.sh`)}, ${using('more', `sh tests/${name}/more.sh`)} }\n`;
  writeQuick(place.workspace, undefined, {
    top: 'resources: { database: 1 }\n',
    checks: { alpha: checks('alpha'), gamma: checks('gamma') },
  });
  const files = ['alpha', 'gamma'].flatMap((name) =>
    ['test', 'more'].map((file) => {
      const path = join(place.workspace, 'tests', name, `${file}.sh`);
      const test = file === 'test' ? readFileSync(path, 'utf8') : 'true\n';
      return [`tests/${name}/${file}.sh`, `${visit(`${name} ${file}`)}${test}`];
    }),
  );
  writeFiles(place.workspace, Object.fromEntries(files) as Record<string, string>);
  const { lines, resumed } = await logOf(place);
  expect(lines.filter((line) => line.startsWith('two'))).toEqual([]);
  expect(inOrder(lines)).toBe(true);
  expect(resumed.filter((line) => line.startsWith('in')).sort()).toEqual([
    'in alpha more',
    'in alpha test',
    'in gamma more',
    'in gamma test',
  ]);
});
