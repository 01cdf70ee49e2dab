import { expect, test } from 'vitest';
import { fold } from '../../../src/core/evolve.ts';
import { toSnapshot } from '../../../src/core/snapshot.ts';
import { lawBreaches } from '../../../src/engine/law-breaches.ts';
import { holds, writeQuick } from '../../support/tiny-plan.ts';
import { writeFiles } from '../../support/tiny-workspace.ts';
import { live, openPlace } from './rig.ts';

/** Longer than the test, whatever the machine: gamma is at work until the test has seen enough. */
const seconds = 80_000;

/** Waits for gamma's word before it gives anything, so that gamma has asked by then. */
const alpha = `seconds: 20
requests:
  - { at: 1, from: gamma, items: [go], wait: true }
handoffs:
  - { at: 5, items: [number], partial: true, note: it is positive, files: [src/alpha/number] }
  - { at: 6, items: [sign], partial: true, note: plus }
`;

const gamma = `seconds: ${seconds}
requests:
  - { at: 1, from: alpha, items: [number, range] }
  - { at: 2, from: alpha, items: [sign] }
  - { at: 4, from: alpha, items: [sign], wait: true }
  - { at: 5, from: alpha, items: [proof], wait: true }
handoffs:
  - { at: 3, to: alpha, items: [go], partial: true }
progress:
  - { at: 6, say: goes on with all of it }
`;

test('a builder asks for several things at once, goes on, gets a part, then the seal', async () => {
  await using place = await openPlace();
  writeQuick(place.workspace, {
    ...holds('alpha', 1, '1', alpha),
    ...holds('beta', 1, '2'),
    ...holds('gamma', 1, '3', gamma),
  });
  await using run = await live(place.workspace, { speed: 1000 });

  const asked = await run.saw('handoff-requested', ({ to }) => to === 'gamma');
  expect(asked).toMatchObject({ from: 'alpha', items: ['number', 'range'], planned: false });
  const part = await run.saw('handoff-delivered', ({ to, partial }) => to === 'gamma' && partial);
  expect(part).toMatchObject({ handoff: asked.handoff, note: 'it is positive' });
  expect(part.tree).not.toBeNull();
  await run.saw('handoff-received', ({ to, items }) => to === 'gamma' && items.includes('sign'));

  const sealed = await run.saw('module-sealed', ({ module }) => module === 'alpha');
  const whole = await run.saw(
    'handoff-delivered',
    ({ handoff, partial }) => handoff === asked.handoff && !partial,
  );
  expect(whole).toMatchObject({ tree: sealed.tree, note: 'alpha is 1.', items: asked.items });
  const proof = await run.saw('handoff-received', ({ items }) => items.includes('proof'));
  expect(proof).toMatchObject({ to: 'gamma', partial: false });
  expect(proof.waitedMs).toBeGreaterThan(0);
  await run.saw(
    'handoff-received',
    ({ handoff, partial }) => handoff === asked.handoff && !partial,
  );
  await run.saw('progress-reported', ({ says }) => says === 'goes on with all of it');
  // What it was given lies beside its work folder, not in it.
  const folders = place.workFolders();
  expect(folders.filter((name) => /build-gamma-1-1-from-\d+-\d+$/.test(name)).length).toBe(3);
  const { events, state } = run.session;
  await run.stop();
  expect(place.workFolders()).toEqual([]);

  expect(lawBreaches(events)).toEqual([]);
  expect(state.openHandoffs).toBe(1);
  const upTo = events.filter(({ seq }) => seq <= state.seq);
  expect(toSnapshot(fold(null, upTo) as never)).toEqual(toSnapshot(state));
});

test('a builder at work is told of a contract that is amended under it, and can read it', async () => {
  await using place = await openPlace();
  const steps = Array.from(
    { length: 200 },
    (_, at) => `  - { at: ${400 * (at + 1)}, say: step ${at} }`,
  );
  const script = {
    ...holds('alpha', 1, '1', `seconds: ${seconds}\n`),
    ...holds('gamma', 1, '3', `seconds: ${seconds + 200}\nprogress:\n${steps.join('\n')}\n`),
  };
  const needs = { beta: '[]', gamma: '[{ module: alpha, kind: soft }]' };
  writeQuick(place.workspace, script, { needs });
  await using run = await live(place.workspace, { speed: 1000 });
  await run.saw('progress-reported', ({ module }) => module === 'gamma');
  writeFiles(place.outside, {
    'contracts/alpha.md': '# alpha\n\nThe file `src/alpha/number` holds ten or more.\n',
    'stubs/alpha/src/alpha/number': '10\n',
  });
  const amended = { type: 'amend', module: 'alpha', reason: 'ten at least' } as const;
  expect(await run.send({ ...amended, contractPath: place.outside })).toMatchObject({ ok: true });
  const told = await run.saw('conflict-detected', ({ kind }) => kind === 'stale-contract');
  expect(told.parties).toEqual(['module:alpha', 'module:gamma']);
  // The step after the one that it was at then.
  const next = await run.saw(
    'progress-reported',
    ({ module, seq }) => module === 'gamma' && seq > told.seq,
  );
  await run.saw('progress-reported', ({ module, seq }) => module === 'gamma' && seq > next.seq);
  const laid = place.workFolders().find((name) => name.endsWith(`-from-${told.conflict}-0`));
  expect(laid).toContain('build-gamma-1-1');
  expect(place.readWork(laid ?? '', 'contracts/alpha.md')).toContain('ten or more');
  expect(place.readWork(laid ?? '', 'stubs/alpha/src/alpha/number')).toBe('10\n');
  expect(place.readWork(laid ?? '', 'tests/alpha/test.sh')).toBeNull();
  await run.stop();
});

test('what a plan foresees is handed over, and a builder that comes later begins with it', async () => {
  await using place = await openPlace();
  writeQuick(
    place.workspace,
    { ...holds('alpha', 1, '1'), ...holds('beta', 1, '2'), ...holds('gamma', 1, '3') },
    { top: 'handoffs: [{ from: alpha, to: beta, items: [the number] }]\n' },
  );
  await using run = await live(place.workspace, { speed: 1000 });
  const requested = await run.saw('handoff-requested');
  expect(requested).toMatchObject({ planned: true, from: 'alpha', to: 'beta' });
  const received = await run.saw('handoff-received');
  expect(received).toMatchObject({ handoff: requested.handoff, partial: false, waitedMs: 0 });
  const { outcome } = await run.saw('run-finished');
  expect(outcome).toBe('complete');
  await run.finished;
  expect(lawBreaches(run.session.events)).toEqual([]);
  expect(place.workFolders()).toEqual([]);
});
