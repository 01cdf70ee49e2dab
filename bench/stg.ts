import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { problemOf, type Problem } from '../src/core/schedule/problem.ts';

/** A random task graph on some identical places, with the best makespan that is known for it. */
export interface KnownProblem {
  readonly name: string;
  readonly places: number;
  readonly problem: Problem;
  readonly known: number;
}

interface Graph {
  readonly name: string;
  /** Duration and needs; a dummy task at each end takes no time. */
  readonly tasks: readonly (readonly [number, readonly number[]])[];
  readonly optimal: Readonly<Record<string, number>>;
}

/**
 * Random graphs of the Standard Task Graph Set (Kasahara laboratory, Waseda University) with 50
 * tasks each, from a folder `shared` beside this repository or further up; null where there is none.
 */
export function standardTaskGraphs(every = 1): readonly KnownProblem[] | null {
  const path = find(join('shared', 'data', 'stg50.json'));
  if (path === null) return null;
  const { graphs } = JSON.parse(readFileSync(path, 'utf8')) as {
    readonly graphs: readonly Graph[];
  };
  return graphs.filter((_, at) => at % every === 0).flatMap(problemsOf);
}

function problemsOf({ name, tasks, optimal }: Graph): KnownProblem[] {
  return Object.entries(optimal).map(([count, known]) => {
    const places = Number(count);
    const its = tasks.map(([duration, needs]) => ({
      duration,
      needs,
      demands: duration === 0 ? [] : [{ resource: 0, amount: 1 }],
    }));
    return { name, places, problem: problemOf(its, [places]), known };
  });
}

function find(path: string): string | null {
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    const there = join(folder, path);
    if (existsSync(there)) return there;
    if (folder === dirname(folder)) return null;
  }
}
