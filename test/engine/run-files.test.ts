import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { gateId, moduleId, treeId } from '../../src/core/ids.ts';
import { sealedVersions } from '../../src/core/projections/handed-in.ts';
import { sendCommand } from '../../src/engine/person.ts';
import {
  approvalComparison,
  approvalFiles,
  comparedFiles,
  compareContract,
  compareSubmission,
  contractTests,
  evidencePlace,
  sealedFiles,
  submissionComparison,
} from '../../src/engine/run-files.ts';
import { Store } from '../../src/engine/store/store.ts';
import { approvalGate, holds, quickScript, writeQuick } from '../support/tiny-plan.ts';
import { ofType, resumeTiny, runTiny } from '../support/tiny-workspace.ts';
import { openPlace } from './run/rig.ts';

const alpha = moduleId('alpha');

test('what people look up of a run is in its store: contracts, submissions, subjects, evidence', async () => {
  await using place = await openPlace();
  const { workspace, outside } = place;
  const script = { ...quickScript(), ...holds('alpha', 2, '3'), ...holds('beta', 2, '4') };
  writeQuick(workspace, script, { gates: approvalGate });
  const first = await runTiny(workspace, { speed: 1000 });
  const { run } = first.state;
  mkdirSync(join(outside, 'tests/alpha'), { recursive: true });
  const test = 'test "$(cat src/alpha/number)" -ge 3\n';
  writeFileSync(join(outside, 'tests/alpha/test.sh'), test);
  const request = { type: 'reopen', module: 'alpha', reason: 'More.' } as const;
  await sendCommand(workspace, run, { ...request, contractPath: outside });
  const { state, events } = await resumeTiny(workspace, { speed: 1000 });
  await using store = await Store.open(workspace);

  // A contract, and what its new version changed.
  const contract = await compareContract(store, state, alpha, { from: 1, to: 2 });
  expect(contract.text).toContain('# alpha');
  expect(contract.files).toMatchObject([
    { path: 'tests/tests/alpha/test.sh', added: 1, removed: 1, cut: false },
  ]);
  await expect(compareContract(store, state, alpha, { from: 1, to: 9 })).rejects.toThrow('v9');
  const tests = [{ check: 'unit', file: 'tests/alpha/a.js', name: 'a > b' }];
  const { digest } = await store.putJson(run, tests);
  const module = state.modules.get(0);
  const listing = { ...module, contract: { ...module.contract, listing: digest } };
  const listed = { ...state, modules: state.modules.set(0, listing) };
  expect(await contractTests(store, listed, alpha)).toEqual(tests);

  // The first submission against the base, the one after the seal against it.
  const [one, two] = ofType({ events }, 'submission-received').filter(
    ({ module }) => module === alpha,
  );
  const [begun, again] = [one!.tree, two!.tree];
  expect(submissionComparison(state, events, alpha, begun)).toMatchObject({ against: 'base' });
  expect(await compareSubmission(store, state, events, { module: alpha, tree: begun })).toEqual([
    {
      ...{ path: 'src/alpha/number', added: 1, removed: 0, cut: false },
      lines: [{ kind: 'added', text: '1' }],
    },
  ]);
  expect(submissionComparison(state, events, alpha, again)).toMatchObject({ against: 'seal' });
  expect(
    await compareSubmission(store, state, events, { module: alpha, tree: again }),
  ).toMatchObject([{ path: 'src/alpha/number', added: 1, removed: 1 }]);
  // Against the base all the same, or what was handed in before; what there is not is said.
  const base = submissionComparison(state, events, alpha, again, 'base');
  expect(base).toMatchObject({ before: state.base.tree, after: again, against: 'base' });
  const previous = submissionComparison(state, events, alpha, again, 'previous');
  expect(previous).toMatchObject({ before: begun, after: again, against: 'previous' });
  expect(() => submissionComparison(state, events, alpha, begun, 'seal')).toThrow('had no seal');
  expect(() => submissionComparison(state, events, alpha, begun, 'previous')).toThrow('nothing');
  const foreign = treeId('0'.repeat(40));
  expect(() => submissionComparison(state, events, alpha, foreign)).toThrow('never handed in');

  // What the approval asks about, against the base.
  const ship = gateId('ship');
  const [before, now] = ofType({ events }, 'approval-requested').map(
    ({ submission }) => submission,
  );
  const about = { gate: ship, submission: now! };
  const asked = await approvalComparison(store, { state, events }, about);
  expect(asked).toMatchObject({ before: state.base.tree, against: 'base' });
  const { files, count } = await comparedFiles(store, asked!);
  expect(count).toBe(files.length);
  expect(files).toContainEqual({ path: 'src/beta/number', inBefore: false, inAfter: true });
  const other = { gate: gateId('accept'), submission: now! };
  expect(await approvalComparison(store, { state, events }, other)).toBeNull();

  // And against what it asked about before the module was reopened.
  const since = await approvalComparison(store, { state, events }, about, 'previous');
  const changed = await comparedFiles(store, since!);
  expect(changed.files).toContainEqual({
    ...{ path: 'src/alpha/number', inBefore: true, inAfter: true },
  });
  expect(changed.count).toBeLessThan(count);

  // What it asked about at an earlier moment is still that, and nothing came before it.
  const earlier = { gate: ship, submission: before! };
  const then = await approvalComparison(store, { state, events }, earlier);
  expect(then?.after).toBe(since!.before);
  expect(await approvalFiles(store, { state, events }, earlier)).toMatchObject({ changed: null });
  expect(await approvalFiles(store, { state, events }, about)).toMatchObject({
    ...{ count, changed: changed.count },
  });

  // Every version that was sealed, with what it was held to.
  const versions = sealedVersions(events, alpha);
  expect(versions.map(({ version, tree }) => [version, tree])).toEqual([
    [2, again],
    [1, begun],
  ]);
  const listedFiles = await sealedFiles(store, state, alpha, versions[1]!);
  expect(listedFiles.map(({ part, name }) => `${part} ${name}`)).toEqual([
    'files src/alpha/number',
    'contract contracts/alpha.md',
    'tests tests/alpha/test.sh',
  ]);
  const old = listedFiles[2]!;
  expect((await store.readFile(old.tree, old.path))?.toString()).toContain('-ge 1');

  // Evidence in the tests of the version that was judged, or in what was handed in.
  const said = { module: alpha, tree: begun };
  const found = await evidencePlace(store, state, events, {
    ...said,
    file: 'tests/alpha/test.sh',
  });
  expect(found?.path).toBe('tests/tests/alpha/test.sh');
  expect((await store.readFile(found!.tree, found!.path))?.toString()).toContain('-ge 1');
  expect(await evidencePlace(store, state, events, { ...said, file: 'src/alpha/number' })).toEqual({
    ...{ tree: begun, path: 'src/alpha/number' },
  });
  expect(await evidencePlace(store, state, events, { ...said, file: 'nowhere' })).toBeNull();
});
