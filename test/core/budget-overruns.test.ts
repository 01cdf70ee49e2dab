import { describe, expect, it } from 'vitest';
import { SpendingRun } from '../support/spending-run.ts';
import { Random } from '../sim/random.ts';

const runs = Number(process.env.ASHLAR_BUDGET_RUNS ?? 10_000);

describe('however many agents spend at once', () => {
  it(`no budget of any scope is overrun in ${runs} random runs`, { timeout: 900_000 }, () => {
    const tally = { calls: 0, refused: 0, takeovers: 0, changes: 0, exhausted: 0, sealedAll: 0 };
    for (let seed = 1; seed <= runs; seed++) {
      try {
        const spent = new SpendingRun(new Random(seed)).play(60);
        tally.calls += spent.calls;
        tally.refused += spent.refused;
        tally.takeovers += spent.takeovers;
        tally.changes += spent.changes;
        if (spent.exhausted) tally.exhausted++;
        if (spent.sealedAll) tally.sealedAll++;
      } catch (error) {
        throw new Error(`seed ${seed}`, { cause: error });
      }
    }
    expect(tally.exhausted).toBeGreaterThan(runs / 4);
    expect(tally.sealedAll).toBeGreaterThan(runs / 5);
    expect(tally.refused).toBeGreaterThan(runs / 10);
    expect(tally.takeovers).toBeGreaterThan(runs / 10);
  });
});
