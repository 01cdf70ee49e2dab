import { describe, expect, it } from 'vitest';
import { RepeatedTask } from '../../../src/engine/journal/repeated-task.ts';

describe('a repeated task', () => {
  it('never runs twice at once, and runs once more for all who came meanwhile', async () => {
    const ends: (() => void)[] = [];
    let running = 0;
    const task = new RepeatedTask(async () => {
      expect((running += 1)).toBe(1);
      await new Promise<void>((resolve) => ends.push(resolve));
      running -= 1;
    });
    const first = task.run();
    await new Promise((resolve) => setImmediate(resolve));
    const later = [task.run(), task.run(), task.run()];
    expect(ends).toHaveLength(1);
    ends[0]!();
    await first;
    await new Promise((resolve) => setImmediate(resolve));
    expect(ends).toHaveLength(2);
    ends[1]!();
    await Promise.all(later);
    await task.settled();
    expect(ends).toHaveLength(2);
  });

  it('that failed runs again', async () => {
    let runs = 0;
    const task = new RepeatedTask(async () => {
      runs += 1;
      if (runs === 1) throw Object.assign(new Error('not now'), { code: 'EACCES' });
    });
    await expect(task.run()).rejects.toThrow('not now');
    await task.run();
    expect(runs).toBe(2);
  });
});
