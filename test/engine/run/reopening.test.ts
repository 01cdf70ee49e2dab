import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RunId } from '../../../src/core/ids.ts';
import { sendCommand } from '../../../src/engine/person.ts';
import { runFolder } from '../../../src/engine/run-folder.ts';
import { verifyRun } from '../../../src/engine/verify-run.ts';
import { holds, quickScript, writeQuick } from '../../support/tiny-plan.ts';
import { ofType, resumeTiny, runTiny, writeFiles } from '../../support/tiny-workspace.ts';
import { openPlace, type Place } from './rig.ts';

const fast = { speed: 1000 };

/** Files of a contract's next version, in a folder outside of the workspace. */
function change({ outside }: Place, name: string, test: string): string {
  const folder = join(outside, name);
  writeFiles(folder, { [`tests/${name}/test.sh`]: test });
  return folder;
}

const reopen = (module: string, contractPath: string) =>
  ({ type: 'reopen', module, reason: 'It should be more.', contractPath }) as const;

const postmortem = (workspace: string, run: RunId): string =>
  readFileSync(join(runFolder(workspace, run), 'postmortem.md'), 'utf8');

test('reopening a module of a finished run builds it anew, judges what stands on it again and rewrites the report', async () => {
  await using place = await openPlace();
  const { workspace } = place;
  writeQuick(workspace, { ...quickScript(), ...holds('alpha', 2, '3'), ...holds('beta', 2, '4') });
  const first = await runTiny(workspace, fast);
  const { run } = first.state;
  const before = postmortem(workspace, run);

  const sent = await sendCommand(
    workspace,
    run,
    reopen('alpha', change(place, 'alpha', 'test "$(cat src/alpha/number)" -ge 3\n')),
  );
  expect(sent).toEqual({ ok: true, how: 'left-for-resume' });
  const ran = await resumeTiny(workspace, fast);

  expect(ran.state.run).toBe(run);
  expect(ran.state.phase).toMatchObject({ outcome: 'complete' });
  const since = ran.events.slice(first.events.length);
  const again = ofType({ events: since }, 'evaluation-started').filter((event) => event.again);
  expect(again.map(({ module }) => module)).toEqual(['beta']);
  // Judged on the new alpha, beta no longer fits: it is reopened by that evidence, contract as it is.
  const reopened = ofType({ events: since }, 'module-reopened');
  expect(reopened).toMatchObject([
    { module: 'alpha', cause: 'amendment', by: 'command line' },
    { module: 'beta', cause: 'rejudgement' },
  ]);
  const built = ofType({ events: since }, 'generation-started').map(({ module }) => module);
  expect(built).toEqual(['alpha', 'beta']);
  expect(postmortem(workspace, run)).not.toBe(before);
  expect(ofType(ran, 'postmortem-written')).toHaveLength(2);
  expect(await verifyRun(workspace, run)).toMatchObject({ ok: true, problems: [] });
  expect(place.workFolders()).toEqual([]);
});

test('what still fits after something below it was reopened is judged again and not built again', async () => {
  await using place = await openPlace();
  const { workspace } = place;
  writeQuick(workspace);
  const first = await runTiny(workspace, fast);
  const test = 'test "$(cat src/alpha/number)" -eq 1\n';

  await sendCommand(workspace, first.state.run, reopen('alpha', change(place, 'alpha', test)));
  const ran = await resumeTiny(workspace, fast);

  expect(ran.state.phase).toMatchObject({ outcome: 'complete' });
  const since = { events: ran.events.slice(first.events.length) };
  expect(ofType(since, 'generation-started').map(({ module }) => module)).toEqual(['alpha']);
  const judged = ofType(since, 'evaluation-started').map(({ module, again }) => [module, again]);
  expect(judged).toEqual([
    ['alpha', false],
    ['beta', true],
  ]);
});

test('an amendment that its stub passes is refused, and a person is asked for another', async () => {
  await using place = await openPlace();
  const { workspace } = place;
  writeQuick(workspace);
  const { run } = (await runTiny(workspace, fast)).state;

  await sendCommand(workspace, run, reopen('gamma', change(place, 'gamma', 'true\n')));
  const refused = await resumeTiny(workspace, fast);

  expect(ofType(refused, 'contract-refused')).toMatchObject([
    { module: 'gamma', version: 2, code: 'vacuous-on-stub' },
  ]);
  expect(ofType(refused, 'module-escalated')).toMatchObject([
    { module: 'gamma', reason: 'contract-refused' },
  ]);
  expect(refused.state.needPerson).toBe(1);

  const amended = change(place, 'gamma', 'test "$(cat src/gamma/number)" -gt 2\n');
  const amend = { ...reopen('gamma', amended), type: 'amend' } as const;
  expect(await sendCommand(workspace, run, amend)).toMatchObject({ ok: true });
  const ran = await resumeTiny(workspace, fast);
  expect(ran.state.phase).toMatchObject({ outcome: 'complete' });
});

test('a contract that cannot be read, is the same or belongs to nobody is refused at once', async () => {
  await using place = await openPlace();
  const { workspace } = place;
  writeQuick(workspace);
  const { run } = (await runTiny(workspace, fast)).state;
  const send = (module: string, path: string) => sendCommand(workspace, run, reopen(module, path));

  expect(await send('alpha', join(place.outside, 'none'))).toMatchObject({
    code: 'contract-unreadable',
  });
  expect(await send('delta', workspace)).toMatchObject({ code: 'unknown-module' });
  const same = change(place, 'alpha', 'test "$(cat src/alpha/number)" -ge 1\n');
  expect(await send('alpha', same)).toMatchObject({ code: 'same-contract' });
  writeFiles(same, { 'src/alpha/number': '1\n' });
  expect(await send('alpha', same)).toMatchObject({ ok: false });
});
