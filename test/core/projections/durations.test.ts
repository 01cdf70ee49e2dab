import { expect, it } from 'vitest';
import type { RunEvent } from '../../../src/core/events.ts';
import { moduleId, nodeRef } from '../../../src/core/ids.ts';
import { sealedDurations } from '../../../src/core/projections/durations.ts';
import { plan } from '../../support/scenario-plan.ts';

const its = plan({ modules: { a: {} } });
const module = moduleId('a');

/** Events of which only this is looked at: what, at which minute, and of which order. */
function told(...events: readonly (readonly [RunEvent['type'], number, object?])[]) {
  const all = [['run-started', 0, { plan: its }] as const, ...events].map(
    ([type, minute, more = {}], at) => ({
      type,
      seq: at + 1,
      at: minute * 60_000,
      module,
      ...more,
    }),
  );
  return sealedDurations(all as unknown as RunEvent[]).get(module) ?? null;
}

const gate = nodeRef('module', 'a');
const spent = (order: number, minutes: number, inFull = false) =>
  ['budget-spent', 0, { order, inFull, amount: { ms: minutes * 60_000 } }] as const;

it('are those of the attempt that was sealed: the agent’s own minutes, and the run’s for judging', () => {
  const first = [
    ['generation-started', 0] as const,
    spent(2, 3),
    ['evaluation-started', 4] as const,
    ['verdict-given', 5, { gate }] as const,
  ];
  expect(told(...first)).toBeNull();
  const second = [
    ['generation-started', 6] as const,
    spent(6, 7),
    ['evaluation-started', 20] as const,
    ['verdict-given', 22, { gate }] as const,
    ['module-sealed', 22] as const,
  ];
  expect(told(...first, ...second)).toEqual({ buildMinutes: 7, reviewMinutes: 2 });
});

it('leave pauses out, and what an agent’s faster clock made short is its own time', () => {
  const events = [
    ['generation-started', 0] as const,
    spent(2, 3),
    ['evaluation-started', 4] as const,
    ['run-paused', 5] as const,
    ['run-resumed', 25] as const,
    ['verdict-given', 26, { gate }] as const,
    ['module-sealed', 26] as const,
  ];
  expect(told(...events)).toEqual({ buildMinutes: 3, reviewMinutes: 2 });
  expect(told(...events, spent(4, 6))).toEqual({ buildMinutes: 3, reviewMinutes: 6 });
});

it('are not known where they were settled in full, or nobody was there meanwhile', () => {
  const events = [
    ['generation-started', 0] as const,
    spent(2, 3, true),
    ['evaluation-started', 4] as const,
    ['driver-started', 600] as const,
    ['verdict-given', 601, { gate }] as const,
    ['module-sealed', 601] as const,
  ];
  expect(told(...events)).toEqual({ buildMinutes: null, reviewMinutes: null });
});

it('do not change when a seal is judged again', () => {
  const events = [
    ['generation-started', 0] as const,
    spent(2, 3),
    ['evaluation-started', 4] as const,
    ['verdict-given', 5, { gate }] as const,
    ['module-sealed', 5] as const,
    ['evaluation-started', 9, { again: true }] as const,
    ['verdict-given', 10, { gate }] as const,
    ['module-sealed', 10] as const,
  ];
  expect(told(...events)).toEqual({ buildMinutes: 3, reviewMinutes: 1 });
});
