import { expect, test } from 'vitest';
import type { RunEvent } from '../../../src/core/events.ts';
import { lawBreaches } from '../../../src/engine/law-breaches.ts';
import { contractFiles, quickScript, writeQuick, writes } from '../../support/tiny-plan.ts';
import { ofType, runTiny, writeFiles } from '../../support/tiny-workspace.ts';
import { live, liveAgain, openPlace } from './rig.ts';

const unwritten = ['alpha', 'beta'];

const contractEvents = (events: readonly RunEvent[], module: string): string[] =>
  events.flatMap((event) =>
    event.type.startsWith('contract-') && 'module' in event && event.module === module
      ? [event.type]
      : [],
  );

test('a module is built as soon as its contract is written, while another’s is being written', async () => {
  await using place = await openPlace();
  const { workspace } = place;
  writeQuick(
    workspace,
    {
      ...quickScript(),
      ...writes('alpha', 'contract-1'),
      // Its author is lost with the driver; the one that takes its place writes.
      ...writes('beta', 'contract-1', {}, 'behaviour: hang\n'),
    },
    { unwritten },
  );
  {
    await using run = await live(workspace);
    await run.saw('amendment-started', ({ module }) => module === 'beta');
    await run.saw('generation-started', ({ module }) => module === 'alpha');
    await run.stop();
  }
  await using again = await liveAgain(workspace);
  await again.finished;

  const { events, state } = again.session;
  expect(lawBreaches(events)).toEqual([]);
  const at = (type: RunEvent['type'], module: string): number =>
    events.findIndex(
      (event) => event.type === type && 'module' in event && event.module === module,
    );
  expect(at('contract-written', 'alpha')).toBeLessThan(at('generation-started', 'alpha'));
  expect(at('generation-started', 'alpha')).toBeLessThan(at('contract-written', 'beta'));
  expect(at('contract-written', 'beta')).toBeLessThan(at('generation-started', 'beta'));
  expect(state.sealed).toBe(3);
  expect(state.phase).toMatchObject({ at: 'finished', outcome: 'complete' });
  expect(ofType(again.session, 'contract-amended')).toMatchObject(
    unwritten.map((module) => ({ module, version: 1, source: 'missing', by: 'planner' })),
  );
});

test('a draft that decides nothing, and one that touches more than the contract, are written again', async () => {
  await using place = await openPlace();
  const { workspace } = place;
  const always = { 'tests/alpha/test.sh': 'exit 0\n' };
  writeQuick(
    workspace,
    {
      ...quickScript(),
      ...writes('alpha', 'contract-1', always),
      ...writes('alpha', 'contract-1-2'),
      ...writes('beta', 'contract-1', { 'src/beta/number': '2\n' }),
      ...writes('beta', 'contract-1-2'),
    },
    { unwritten },
  );
  const ran = await runTiny(workspace, { speed: 1000 });

  expect(contractEvents(ran.events, 'alpha')).toEqual([
    'contract-amended',
    'contract-refused',
    'contract-amended',
    'contract-written',
  ]);
  expect(ofType(ran, 'contract-refused')).toMatchObject([
    { module: 'alpha', version: 1, code: 'vacuous-on-stub', again: true },
  ]);
  const [held] = ofType(ran, 'amendment-failed');
  expect(held).toMatchObject({ module: 'beta', code: 'outside-contract', retryable: true });
  expect(held?.evidence).toMatchObject([{ kind: 'scope', file: 'src/beta/number' }]);
  expect(contractEvents(ran.events, 'beta')).toEqual(['contract-amended', 'contract-written']);
  expect([...ran.state.modules].map(({ contract }) => contract.version)).toEqual([1, 1, 1]);
  expect(ran.state.phase).toMatchObject({ at: 'finished', outcome: 'complete' });
});

test('a second run of an unchanged plan takes over what planners wrote, and builds nothing', async () => {
  await using place = await openPlace();
  const { workspace } = place;
  const script = {
    ...quickScript(),
    ...writes('alpha', 'contract-1'),
    ...writes('beta', 'contract-1'),
  };
  writeQuick(workspace, script, { unwritten });
  const first = await runTiny(workspace, { speed: 1000 });
  const second = await runTiny(workspace, { speed: 1000 });

  expect(ofType(second, 'amendment-started')).toEqual([]);
  expect(ofType(second, 'generation-started')).toEqual([]);
  expect(ofType(second, 'seal-adopted').map(({ module }) => module)).toHaveLength(3);
  expect(ofType(second, 'contract-amended')).toMatchObject([
    { module: 'alpha', source: 'earlier-run', by: first.state.run },
    { module: 'beta', source: 'earlier-run', by: first.state.run },
  ]);
});

test('a contract that no planner writes is a person’s to write', async () => {
  await using place = await openPlace();
  const { workspace } = place;
  // Nobody is scripted to write alpha's.
  writeQuick(workspace, { ...quickScript(), ...writes('beta', 'contract-1') }, { unwritten });
  await using run = await live(workspace);
  await run.saw('module-escalated', ({ module }) => module === 'alpha');

  const [needed] = ofType(run.session, 'module-escalated');
  expect(needed).toMatchObject({ module: 'alpha', reason: 'contract-needed' });
  writeFiles(`${workspace}/by-hand`, contractFiles('alpha'));
  const request = { type: 'amend', module: 'alpha', reason: 'by hand' } as const;
  const contractPath = 'by-hand';
  expect(await run.send({ ...request, contractPath })).toMatchObject({ ok: true });
  await run.saw('module-sealed', ({ module }) => module === 'alpha');
  const amended = ofType(run.session, 'contract-amended').filter(
    ({ module }) => module === 'alpha',
  );
  expect(amended).toMatchObject([{ version: 1, source: 'person', by: 'test' }]);
});
