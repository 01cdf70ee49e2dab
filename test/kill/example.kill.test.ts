import { beforeAll, describe, expect, test } from 'vitest';
import type { RunEvent } from '../../src/core/events.ts';
import { ExampleRuns, type Ended } from './example-runs.ts';

/** `all` kills at every event in turn, which takes the better part of an hour. */
const wanted = process.env.ASHLAR_KILL_POINTS ?? '24';
const runs = new ExampleRuns();
let reference: Ended;
let points: number[] = [];

beforeAll(async () => {
  reference = await runs.complete();
  const last = reference.events.filter(counts).length - 1;
  const many = wanted === 'all' ? last : Math.min(Number(wanted), last);
  points = Array.from({ length: many }, (_, i) => 1 + Math.floor((i * last) / many));
  return () => runs[Symbol.asyncDispose]();
});

/** Progress comes by the clock, so there is more of it in one run than in another. */
const counts = (event: RunEvent): boolean => event.type !== 'progress-reported';

describe('given the example killed with SIGKILL at an event, when it is resumed', () => {
  test('then it ends with the same seals, generates nothing sealed again and leaves nothing behind', async () => {
    expect(reference.exit).toBe(0);
    expect(reference.seals.size).toBeGreaterThanOrEqual(7);
    const failures: string[] = [];
    const queue = points.map((point, index) => ({ point, cold: index % 8 === 0 }));
    const worker = async (): Promise<void> => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const fault = await runs.killAndResume(next.point, counts, reference, next.cold);
        if (fault !== null) failures.push(`killed at event ${next.point}: ${fault}`);
      }
    };
    await Promise.all([worker(), worker()]);
    expect(failures).toEqual([]);
  }, 3_600_000);
});
