import { describe, expect, test } from 'vitest';
import type { DeskRun } from '../../../src/protocol/board.ts';
import { runLine, runLook, when } from '../../../src/webview/sidebar/run-row.ts';

const at = (day: number, hour: number, month = 10, year = 2026): number =>
  new Date(year, month, day, hour, 5).getTime();
const now = at(21, 18);

const run: DeskRun = {
  key: { folder: 'file:///work', run: '20261121-1000-6b1e' as DeskRun['key']['run'] },
  ...{ artifact: 'tiny', outcome: null, reason: '', paused: false, startedAt: now },
  ...{ elapsedMs: 90_000, sealed: 3, modules: 8, needs: 0, driver: 'here', problem: null },
  spent: { tokens: 0, microUsd: 0, turns: 0, ms: 0 },
  money: 'known',
};

describe('when a run was started', () => {
  test.each([
    ['the hour of today', at(21, 9), '09:05'],
    ['yesterday, however few hours ago', at(20, 23), 'yesterday'],
    ['the day of this week', at(19, 9), 'Thu'],
    ['the date before that', at(12, 9), '12 Nov'],
    ['the year of another one', at(12, 9, 2, 2025), '12 Mar 2025'],
    ['the hour where clocks differ', now + 3_600_000, '19:05'],
  ])('is said as %s', (_, started, words) => {
    expect(when(started, now)).toBe(words);
  });
});

describe('a run in one line', () => {
  test.each<[string, Partial<DeskRun>, string, string]>([
    [
      'says what it came to',
      { outcome: 'complete', sealed: 8 },
      '8/8 sealed · 1 min 30 s · $0.00',
      'pass',
    ],
    [
      'says no price that nobody knows',
      { outcome: 'complete', sealed: 8, money: 'unknown' },
      '8/8 sealed · 1 min 30 s · $ ?',
      'pass',
    ],
    ['says why it failed', { outcome: 'failed', reason: 'no node' }, 'Failed: no node', 'error'],
    [
      'says who ended it and when',
      { outcome: 'cancelled', reason: 'enough' },
      'Cancelled: enough · 3/8 sealed',
      'circle-slash',
    ],
    ['says that it goes on', {}, 'Building · 3/8 sealed', 'sync'],
    [
      'says that it waits',
      { driver: 'nobody' },
      'Nobody drives it · 3/8 sealed',
      'debug-disconnect',
    ],
    ['says that it is paused', { paused: true }, 'Paused · 3/8 sealed', 'debug-pause'],
    ['says first that it needs a person', { needs: 1 }, 'Building · 3/8 sealed', 'bell-dot'],
    [
      'says first that it cannot be read',
      { needs: 1, problem: 'line 2' },
      'Cannot be read: line 2',
      'warning',
    ],
  ])('%s', (_, rest, line, icon) => {
    expect(runLine({ ...run, ...rest })).toBe(line);
    expect(runLook({ ...run, ...rest }).icon).toBe(icon);
  });
});
