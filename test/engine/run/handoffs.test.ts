import { expect, test, vi } from 'vitest';
import { fold } from '../../../src/core/evolve.ts';
import { toSnapshot } from '../../../src/core/snapshot.ts';
import { lawBreaches } from '../../../src/engine/law-breaches.ts';
import { holds, writeQuick } from '../../support/tiny-plan.ts';
import { live, openPlace } from './rig.ts';

vi.setConfig({ testTimeout: 60_000 });

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
