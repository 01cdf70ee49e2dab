import { beforeEach, expect, it, vi } from 'vitest';
import { zeroAmount } from '../../../src/core/budget.ts';
import { runId } from '../../../src/core/ids.ts';
import { lastRunOf, lensTitle } from '../../../src/extension/plan/lens-words.ts';
import type { DeskRun } from '../../../src/protocol/board.ts';

const door = vi.hoisted(() => ({ opened: 0 }));

vi.mock('../../../src/extension/engine-door.ts', () => ({
  engine: async () => {
    door.opened += 1;
    return import('../../../src/extension/engine.ts');
  },
}));

beforeEach(() => {
  door.opened = 0;
});

const text = 'ashlar: 1\nartifact:\n  name: "csv" # what is built\nmodules:\n  reader: {}\n';
const runOf = (artifact: string, run: string, folder = 'file:///one'): DeskRun => ({
  ...{ key: { folder, run: runId(run) }, artifact, driver: 'here', problem: null },
  ...{ outcome: null, reason: '', paused: false, startedAt: 0, elapsedMs: 0, needs: 0 },
  ...{ sealed: 5, modules: 8, spent: zeroAmount, money: 'known' },
});

it('the last run of a plan is the newest of its artifact in its folder', async () => {
  const runs = [
    runOf('csv', '20260301-1300-aaaa', 'file:///other'),
    runOf('xml', '20260301-1200-bbbb'),
    runOf('csv', '20260301-1100-cccc'),
    runOf('csv', '20260301-1000-dddd'),
  ];
  const last = await lastRunOf(text, 'file:///one', runs);
  expect(last?.key.run).toBe('20260301-1100-cccc');
  expect(lensTitle(last!)).toBe('Run cccc: 5/8 sealed, going on · Open board');
  expect(await lastRunOf('artifact: {}', 'file:///one', runs)).toBeUndefined();
});

it('where a folder has no runs, nothing is loaded to look for one', async () => {
  const runs = [runOf('csv', '20260301-1300-aaaa', 'file:///other')];
  expect(await lastRunOf(text, 'file:///one', runs)).toBeUndefined();
  expect(door.opened).toBe(0);
});
