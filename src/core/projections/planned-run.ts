import type { RunStarted } from '../events/run.ts';
import { noTree, order } from '../ids.ts';
import type { Plan } from '../plan/plan.ts';
import { chronicleEvent, type Chronicle } from './chronicle.ts';
import { nobodysRun } from './planned.ts';

/**
 * A plan as the run of it that nobody has started: what draws runs draws it too, each module planned.
 * For a plan whose graph is sound; throws for others.
 */
export function plannedRun(plan: Plan): Chronicle {
  const started: RunStarted = {
    ...{ type: 'run-started', seq: order(1), at: 0, run: nobodysRun, plan },
    base: {
      ...{ tree: noTree, commit: '', head: null, branch: null, repository: 'none', prefix: '' },
      ...{ dirty: false, dirtyPaths: [], dirtyCount: 0, changes: '' },
      ...{ files: 0, bytes: 0, submodules: [], lfs: [] },
    },
    ...{ sandbox: { mode: 'prefer', kind: 'none' }, way: 'parallel', adoptable: [] },
  };
  return chronicleEvent(null, started);
}
