import { matchesAny, patternPrefix } from '../paths.ts';
import type { Plan } from '../plan/plan.ts';

/** Finds the module that owns a path, in time that does not grow with the plan. */
export class PathOwners {
  /** Nodes by the literal folder that one of their patterns lies in. */
  readonly #byFolder = new Map<string, number[]>();
  readonly #owns: readonly (readonly string[])[];

  constructor({ modules }: Pick<Plan, 'modules'>) {
    this.#owns = modules.map(({ owns }) => owns);
    modules.forEach(({ owns }, node) => {
      for (const folder of new Set(owns.map(patternPrefix))) {
        this.#byFolder.set(folder, [...(this.#byFolder.get(folder) ?? []), node]);
      }
    });
  }

  /** The module's node; null where the path belongs to none. No path has two owners. */
  of(path: string): number | null {
    for (let end = path.length; ; end = path.lastIndexOf('/', end - 1)) {
      const folder = end <= 0 ? '' : path.slice(0, end);
      for (const node of this.#byFolder.get(folder) ?? []) {
        if (matchesAny(this.#owns[node] ?? [], path)) return node;
      }
      if (folder === '') return null;
    }
  }
}
