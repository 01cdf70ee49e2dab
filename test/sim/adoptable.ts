import type { FirstContract } from '../../src/core/commands.ts';
import type { Adoptable } from '../../src/core/events.ts';
import { runId } from '../../src/core/ids.ts';
import type { Random } from './random.ts';
import type { Truth } from './truth.ts';

/** Seals that an earlier run left for some of the modules, now and then with amended contracts. */
export function adoptableSeals(
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
