import { figure, type Figure, type Part } from './figure.ts';
import { compile, invoke, loadLangGraph, version } from './langgraph.ts';
import { driveRun, MemoryJournal, startRun } from './no-op-run.ts';
import { planOf } from './plan.ts';
import { shapeNames, shapeOf } from './shapes.ts';
import { timed, warmUp } from './timing.ts';

const sizes = [100, 1_000] as const;

/**
 * The same graphs by LangGraph.js, in the same process, with no-op nodes, eight at a time, nothing
 * kept on disk. Its node is one task; a module of ours is two, a builder's and a reviewer's.
 */
export const peers: Part = {
  name: 'peers',
  measure: async ({ quick }) => {
    const langGraph = await loadLangGraph();
    if (langGraph === null) {
      process.stdout.write(`  skipped: ${version} could not be installed\n`);
      return [];
    }
    const figures: Figure[] = [];
    for (const name of shapeNames) {
      for (const size of sizes) {
        const shape = shapeOf(name, size);
        const samples = quick || size > 100 ? 3 : 7;
        const compiled = compile(langGraph, shape);
        await invoke(compiled, size);
        const theirs = (await timed(samples, 1, () => invoke(compiled, size))).coreMs / size;
        const command = startRun(planOf(shape));
        const run = (): Promise<unknown> => driveRun(command, new MemoryJournal());
        await warmUp(1_000, run);
        const ours = (await timed(samples, 10_000 / size, run)).coreMs / size;
        const times = `${Math.round(theirs / ours)} times ours`;
        figures.push(figure(`${name} ${size} ashlar`, ours, 'ms/module'));
        figures.push(figure(`${name} ${size} LangGraph.js`, theirs, 'ms/node', null, times));
      }
    }
    return figures.map((each, i) => (i === 0 ? { ...each, note: version } : each));
  },
};
