import type { FirstContract, StartRun } from '../../src/core/commands/driver.ts';
import type { Adoptable } from '../../src/core/events/run-origin.ts';
import { runId, treeId } from '../../src/core/ids.ts';
import type { Plan } from '../../src/core/plan/plan.ts';
import type { Unstamped } from '../../src/engine/run-loop.ts';
import type { Random } from './random.ts';
import type { Truth } from './truth.ts';

/** The command that begins a run of a plan in a folder without a repository. */
export function beginning(plan: Plan, truth: Truth, random: Random): Unstamped<StartRun> {
  const contracts = plan.modules.flatMap(({ id, contract: { author } }): FirstContract[] => {
    // Now and then an earlier run's planner wrote what this plan leaves to one.
    if (author === 'planner' && !random.chance(0.15)) return [];
    const contract = truth.writeContract(id, 0.5, true);
    const first = { module: id, contract, listing: truth.digest('listing', contract), tests: 4 };
    return [author === 'planner' ? { ...first, from: runId('20251231-0000-0000') } : first];
  });
  const zero = '0'.repeat(40);
  return {
    type: 'start-run',
    run: runId('20260101-0000-0000'),
    plan,
    base: {
      tree: treeId(zero),
      commit: zero,
      head: null,
      branch: null,
      repository: 'none',
      prefix: '',
      dirty: false,
      dirtyPaths: [],
      dirtyCount: 0,
      changes: zero,
      files: 0,
      bytes: 0,
      submodules: [],
      lfs: [],
    },
    sandbox: { mode: 'off', kind: 'none' },
    contracts,
    adoptable: adoptableSeals(random, truth, contracts),
  };
}

/** Seals that an earlier run left for some of the modules, now and then with amended contracts. */
function adoptableSeals(
  random: Random,
  truth: Truth,
  contracts: readonly FirstContract[],
): Adoptable[] {
  if (random.chance(0.6)) return [];
  const share = random.fraction();
  return contracts.flatMap(({ module, contract }) => {
    if (!random.chance(share)) return [];
    const amendments = Array.from({ length: random.chance(0.2) ? random.between(1, 2) : 0 }, () => {
      const amended = truth.writeContract(module, 0.8, true);
      const listing = truth.digest('listing', amended);
      return { contract: amended, listing, tests: 4, reason: 'learned earlier' };
    });
    const tree = truth.submit(amendments.at(-1)?.contract ?? contract, 1);
    const seal = truth.digest('seal', tree);
    return [{ module, from: runId('20251231-0000-0000'), seal, tree, amendments }];
  });
}
