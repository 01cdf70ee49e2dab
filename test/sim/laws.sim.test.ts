import { describe, expect, it } from 'vitest';
import { explain, Tally } from './report.ts';
import { simulate } from './simulation.ts';

const seeds = Number(process.env.ASHLAR_SIM_SEEDS ?? 300);

describe('whatever agents, people and crashes do', () => {
  it(`every law holds in ${seeds} simulated runs`, async () => {
    const tally = new Tally();
    for (let seed = 1; seed <= seeds; seed++) {
      try {
        tally.add(await simulate(seed));
      } catch (error) {
        throw new Error(explain(seed, error), { cause: error });
      }
    }
    console.log(tally.toString());
    expect(tally.seeds).toBe(seeds);
  });

  it('a seed gives the same journal, byte by byte, every time', async () => {
    for (let seed = 1; seed <= Math.min(seeds, 20); seed++) {
      const [first, second] = [await simulate(seed), await simulate(seed)];
      expect(second.journal.equals(first.journal), `seed ${seed}`).toBe(true);
    }
  });
});
