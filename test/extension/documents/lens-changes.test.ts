import { expect, it } from 'vitest';
import type { RunEvent } from '../../../src/core/events.ts';
import { LensChanges } from '../../../src/extension/documents/lens-changes.ts';
import type { LiveRun, Runs } from '../../../src/extension/runs/runs.ts';

function liveRun(): { readonly run: LiveRun; readonly happens: (...types: string[]) => void } {
  const events: unknown[] = [];
  const run: unknown = { events };
  const happens = (...types: RunEvent['type'][]): void =>
    void events.push(...types.map((type) => ({ type })));
  return { run: run as LiveRun, happens: happens as (...types: string[]) => void };
}

function window(current: LiveRun | null) {
  const runs = { current };
  const given: unknown = runs;
  return { runs, changes: new LensChanges(given as Runs) };
}

it('are asked for again when a version, a seal or what may be done is another, and for nothing else', () => {
  const { run, happens } = liveRun();
  const { changes } = window(run);
  happens('generation-started', 'progress-reported', 'check-finished', 'verdict-given');
  expect(changes.haveChanged()).toBe(false);
  for (const type of ['contract-amended', 'module-sealed', 'module-reopened', 'run-finished']) {
    happens('progress-reported', type, 'progress-reported');
    expect(changes.haveChanged(), type).toBe(true);
    expect(changes.haveChanged(), type).toBe(false);
  }
});

it('are asked for again when the window turns to another run', () => {
  const [one, other] = [liveRun(), liveRun()];
  const { runs, changes } = window(null);
  expect(changes.haveChanged()).toBe(false);
  runs.current = one.run;
  expect(changes.haveChanged()).toBe(true);
  runs.current = other.run;
  expect(changes.haveChanged()).toBe(true);
  expect(changes.haveChanged()).toBe(false);
});

it('follow the contracts of other runs that are open', () => {
  const [one, other] = [liveRun(), liveRun()];
  const { changes } = window(one.run);
  other.happens('module-sealed');
  expect(changes.haveChanged()).toBe(false);
  changes.shown(other.run);
  other.happens('module-sealed');
  expect(changes.haveChanged()).toBe(true);
});
