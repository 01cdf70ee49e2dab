import { figure, type Figure, type Part } from './figure.ts';
import { promisesOnly } from './floor.ts';
import { driveRun, MemoryJournal, startRun } from './no-op-run.ts';
import { planOf, sharingPlanOf } from './plan.ts';
import { shapeNames, shapeOf, type Shape } from './shapes.ts';
import { timed, warmUp } from './timing.ts';

const targetUs = 20;
const targetGrowth = 1.5;
const sizes = [100, 1_000, 10_000] as const;
/** Modules in one sample, in as many runs as it takes. */
const sampled = 10_000;

/** How long the rules and the loop take when agents and disk take no time at all. */
export const orchestration: Part = {
  name: 'orchestration',
  measure: async ({ quick }) => {
    for (const name of shapeNames) {
      const shape = shapeOf(name, 1_000);
      await warmUp(quick ? 500 : 2_000, runOf(shape));
      await warmUp(quick ? 50 : 200, () => promisesOnly(shape));
    }
    const figures: Figure[] = [];
    for (const name of shapeNames) {
      const perModule: number[] = [];
      for (const size of sizes) {
        const measured = await measureShape(shapeOf(name, size), quick ? 3 : 15);
        figures.push(...measured.figures);
        perModule.push(measured.us);
      }
      const growth = (perModule.at(-1) ?? 0) / (perModule[0] ?? 1);
      figures.push(figure(`${name} 10000 ÷ 100`, growth, '×', targetGrowth));
    }
    figures.push(...(await measureSharing(quick ? 3 : 15)));
    return figures;
  },
};

async function measureShape(
  shape: Shape,
  samples: number,
): Promise<{ readonly us: number; readonly figures: readonly Figure[] }> {
  const size = shape.needs.length;
  const perModule = (ms: number): number => (1_000 * ms) / size;
  const batch = sampled / size;
  const ours = await timed(samples, batch, runOf(shape));
  const floor = await timed(samples, 20 * batch, () => promisesOnly(shape));
  const us = perModule(ours.coreMs);
  const figures = [
    figure(`${shape.name} ${size}`, us, 'µs/module', targetUs, wall(perModule(ours.wallMs))),
    figure(
      `${shape.name} ${size} promises only`,
      perModule(floor.coreMs),
      'µs/module',
      null,
      wall(perModule(floor.wallMs)),
    ),
  ];
  return { us, figures };
}

/** All modules but the first wait for one resource, as many as there are. */
async function measureSharing(samples: number): Promise<readonly Figure[]> {
  const perModule: number[] = [];
  const figures: Figure[] = [];
  for (const size of [100, 2_000]) {
    const command = startRun(sharingPlanOf(shapeOf('fan', size)));
    const run = (): Promise<unknown> => driveRun(command, new MemoryJournal());
    await warmUp(samples * 50, run);
    const { coreMs, wallMs } = await timed(samples, sampled / size, run);
    const us = (1_000 * coreMs) / size;
    perModule.push(us);
    const note = wall((1_000 * wallMs) / size);
    figures.push(figure(`fan ${size} sharing`, us, 'µs/module', targetUs, note));
  }
  const growth = (perModule.at(-1) ?? 0) / (perModule[0] ?? 1);
  return [...figures, figure('fan sharing 2000 ÷ 100', growth, '×', targetGrowth)];
}

const wall = (us: number): string => `${us.toFixed(us < 10 ? 2 : 1)} µs on the wall`;

function runOf(shape: Shape): () => Promise<unknown> {
  const command = startRun(planOf(shape));
  return () => driveRun(command, new MemoryJournal());
}
