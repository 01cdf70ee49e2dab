import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkPlan } from '../../../src/engine/check-plan.ts';
import { holds, quickScript, writeQuick } from '../../support/tiny-plan.ts';
import { commitAll, git, ofType, runTiny, writeFiles } from '../../support/tiny-workspace.ts';
import { openPlace } from './rig.ts';

const fast = { speed: 1000 };

test('what set-up leaves is there for every check, and set-up runs once for the same inputs', async () => {
  await using place = await openPlace();
  const { workspace, outside } = place;
  const setup = 'mkdir -p tools && cp tool.txt tools/limit';
  writeQuick(workspace, quickScript(), {
    top: `environment: { setup: ${setup}, inputs: [tool.txt], provides: [tools] }\n`,
    cross: 'test "$(cat tools/limit)" -eq 3',
  });
  writeFiles(workspace, {
    'tool.txt': '3\n',
    'tests/gamma/test.sh': 'test "$(cat src/gamma/number)" -eq "$(cat tools/limit)"\n',
  });

  const ran = await runTiny(workspace, fast);

  expect(ran.state.phase).toMatchObject({ outcome: 'complete' });
  const [delivered] = ofType(ran, 'delivered');
  expect(readdirSync(join(workspace, delivered?.name ?? ''))).not.toContain('tools');
  const environments = join(outside, '..', 'cache', 'ashlar', 'environments');
  const made = readdirSync(environments);
  expect(place.workFolders()).toEqual([]);

  expect((await runTiny(workspace, fast)).state.phase).toMatchObject({ outcome: 'complete' });
  expect(readdirSync(environments)).toEqual(made);
});

test('a check sees nothing of the environment of the engine but what its plan names', async () => {
  await using place = await openPlace();
  const { workspace } = place;
  process.env.ASHLAR_TEST_TOKEN = 'secret';
  process.env.TINY_TEST_NAMED = 'named';
  try {
    const run = 'test -z "$ASHLAR_TEST_TOKEN$TINY_TEST_OTHER" && test "$TINY_TEST_NAMED" = named';
    const cross = `${JSON.stringify(run)}, sandbox: { env: [TINY_TEST_NAMED] }`;
    process.env.TINY_TEST_OTHER = 'secret';
    writeQuick(workspace, quickScript(), { cross });
    const ran = await runTiny(workspace, fast);
    expect(ran.state.phase).toMatchObject({ outcome: 'complete' });
  } finally {
    for (const name of ['ASHLAR_TEST_TOKEN', 'TINY_TEST_NAMED', 'TINY_TEST_OTHER']) {
      Reflect.deleteProperty(process.env, name);
    }
  }
});

test('of a repository in a submission nothing but its files is taken, and it is held against it', async () => {
  await using place = await openPlace();
  const { workspace } = place;
  const script = join(place.outside, 'script');
  writeQuick(workspace, {});
  writeFiles(script, {
    ...quickScript(),
    'gamma/1/files/src/gamma/inner/.git/HEAD': 'ref: refs/heads/main\n',
    'gamma/1/files/src/gamma/inner/.git/config': '[core]\n',
    'gamma/1/files/src/gamma/inner/number': '3\n',
    ...holds('gamma', 2, '3'),
  });

  const ran = await runTiny(workspace, { ...fast, script });

  const verdicts = ofType(ran, 'verdict-given').filter(({ gate }) => gate === 'module:gamma');
  expect(verdicts.map(({ verdict }) => verdict)).toEqual(['NEEDS_REVISION', 'PASS']);
  expect(verdicts[0]?.evidence).toContainEqual(
    expect.objectContaining({ kind: 'scope', file: expect.stringContaining('src/gamma/inner') }),
  );
  const [delivered] = ofType(ran, 'delivered');
  const inner = join(workspace, delivered?.name ?? '', 'src/gamma/inner');
  expect(readdirSync(inner)).toEqual(['number']);
});

test('of a dirty repository nothing is touched but the one branch, and the difference is said and named', async () => {
  await using place = await openPlace();
  const { workspace } = place;
  writeQuick(workspace);
  commitAll(workspace);
  writeFiles(workspace, { 'staged.txt': 'staged\n', 'contracts/alpha.md': '' });
  git(workspace, 'add', 'staged.txt');
  git(workspace, 'checkout', '--quiet', '--', 'contracts/alpha.md');
  writeFiles(workspace, { 'loose.txt': 'loose\n' });
  const seen = () => ({
    head: git(workspace, 'rev-parse', 'HEAD'),
    symbolic: git(workspace, 'symbolic-ref', 'HEAD'),
    index: git(workspace, 'ls-files', '--stage'),
    status: git(workspace, 'status', '--porcelain'),
    refs: git(workspace, 'for-each-ref', '--format=%(refname) %(objectname)').split('\n'),
    config: git(workspace, 'config', '--list', '--local'),
  });
  const before = seen();
  const checked = await checkPlan({
    workspace,
    planFile: 'tiny.plan.yaml',
    base: 'work-tree',
    sandbox: 'prefer',
    onProgress: () => undefined,
  });
  expect(checked.ok && checked.notes).toContainEqual(expect.stringMatching(/2 uncommitted.*loose/));
  let atDelivery = before;
  const ran = await runTiny(workspace, {
    ...fast,
    observe: (events) => {
      if (events.some(({ type }) => type === 'delivery-started')) atDelivery = seen();
    },
  });

  const [delivered] = ofType(ran, 'delivered');
  const branch = `refs/heads/${delivered?.name}`;
  expect(atDelivery).toEqual(before);
  const { refs, ...rest } = seen();
  const { refs: refsBefore, ...restBefore } = before;
  expect(rest).toEqual(restBefore);
  expect(refs.filter((ref) => !ref.startsWith(branch))).toEqual(refsBefore);
  const [first = '', ...modules] = git(
    workspace,
    ...['log', '--reverse', '--format=%s', `HEAD..${delivered?.name}`],
  ).split('\n');
  expect(first).toMatch(/uncommitted|not committed/i);
  expect(modules).toHaveLength(3);
});
