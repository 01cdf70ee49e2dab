import { durable, journalOf, syncUs } from './durable-journal.ts';
import { figure, type Figure, type Part } from './figure.ts';
import { driveRun, startRun } from './no-op-run.ts';
import { planOf } from './plan.ts';
import { shapeNames, shapeOf, type Shape } from './shapes.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { median, warmUp } from './timing.ts';

const modules = 1_000;
/** A chain has nothing to share a sync with; elsewhere eight builders do. */
const targets = { chain: { us: 500, syncs: 3 }, wide: { us: 250, syncs: 1 } } as const;

/** The same runs with every decision on disk before anything acts on it. */
export const durability: Part = {
  name: 'durable',
  measure: async ({ quick }) => {
    const figures: Figure[] = [];
    for (const name of shapeNames) {
      const shape = shapeOf(name, modules);
      await warmUp(quick ? 500 : 2_000, () => driveOnce(shape, { synced: false }));
      figures.push(...(await measureShape(shape, quick ? 3 : 9)));
    }
    return figures;
  },
};

interface Driven {
  /** Wall time a module. */
  readonly us: number;
  readonly syncs: number;
  readonly bytes: number;
  /** What one sync takes by itself, measured beside the run: other users of a disk change it. */
  readonly diskUs: number;
}

async function measureShape(shape: Shape, samples: number): Promise<readonly Figure[]> {
  const synced: Driven[] = [];
  const unsynced: Driven[] = [];
  for (let i = 0; i < samples; i++) {
    synced.push(await driveOnce(shape, { synced: true }));
    unsynced.push(await driveOnce(shape, { synced: false }));
  }
  const of = (what: keyof Driven): number => median(synced.map((each) => each[what]));
  const target = shape.name === 'chain' ? targets.chain : targets.wide;
  const title = `${shape.name} ${shape.needs.length}`;
  const disk = `one sync of the disk alone takes ${of('diskUs').toFixed(0)} µs`;
  return [
    figure(title, of('us'), 'µs/module', target.us, disk),
    figure(
      `${title} without waiting for the disk`,
      median(unsynced.map(({ us }) => us)),
      'µs/module',
    ),
    figure(`${title} syncs`, of('syncs'), 'syncs/module', target.syncs),
    figure(`${title} journal`, of('bytes'), 'bytes/module'),
  ];
}

async function driveOnce(shape: Shape, how: { readonly synced: boolean }): Promise<Driven> {
  const plan = planOf(shape);
  const command = startRun(plan);
  await using folder = await temporaryFolder();
  const diskUs = how.synced ? await syncUs(folder.path) : 0;
  await using journal = await journalOf(folder.path, plan, how);
  globalThis.gc?.();
  const start = performance.now();
  await driveRun(command, durable(journal));
  const us = (1_000 * (performance.now() - start)) / plan.modules.length;
  const perModule = (count: number): number => count / plan.modules.length;
  return { us, syncs: perModule(journal.syncs), bytes: perModule(journal.bytes), diskUs };
}
