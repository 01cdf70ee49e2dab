import { parseArgs } from 'node:util';
import { explain, Tally } from './report.ts';
import { simulate } from './simulation.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
  },
});

const from = Number(values.seed ?? values.from);
const seeds = values.seed === undefined ? Number(values.seeds) : 1;
const tally = new Tally();
for (let seed = from; seed < from + seeds; seed++) {
  try {
    tally.add(await simulate(seed));
  } catch (error) {
    console.error(explain(seed, error));
    process.exitCode = 1;
    break;
  }
  const done = seed - from + 1;
  if (done % 100 === 0 && done < seeds) console.log(`${done} of ${seeds} seeds`);
}
console.log(tally.toString());
