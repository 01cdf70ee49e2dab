import type { Deciding } from './deciding.ts';
import type { Adoptable } from './events/run-origin.ts';
import { isInside, modulesBelow, sealedWith } from './graph.ts';
import type { RunState } from './state.ts';

/** Takes over seals of an earlier run: whatever is ready, and then what became ready by that. */
export function adoptSeals(deciding: Deciding): void {
  if (deciding.state.adoptable.size === 0) return;
  let rank = deciding.state.toGenerate.first();
  while (rank !== -1) {
    const adopted = adopt(deciding, deciding.state.graph.byRank[rank] ?? 0);
    const { toGenerate } = deciding.state;
    rank = adopted ? toGenerate.first() : toGenerate.next(rank + 1);
  }
}

function adopt(deciding: Deciding, node: number): boolean {
  const { state } = deciding;
  const set = sealedWith(state.graph, node);
  const offers = set.map((member) => adoptableOf(state, member));
  if (offers.includes(null)) return false;
  if (set.length > 1 && set.some((member) => state.open.get(member) > 0)) return false;
  for (const offer of offers) if (offer !== null) takeOver(deciding, offer);
  return true;
}

/** The seal that an earlier run offers, where all that it was judged against is the same here. */
function adoptableOf(state: RunState, node: number): Adoptable | null {
  const { id: own, contract, attempt, seal: has } = state.modules.get(node);
  const offer = state.adoptable.get(own);
  const fresh = contract.version === 1 && contract.listing !== null && attempt === 0;
  if (offer === undefined || !fresh || has !== null) return null;
  const same = modulesBelow(state.graph, node).every((below) => {
    if (isInside(state.graph, node, below)) return true;
    const { id, seal } = state.modules.get(below);
    return seal !== null && seal.digest === state.adoptable.get(id)?.seal;
  });
  return same ? offer : null;
}

function takeOver(deciding: Deciding, offer: Adoptable): void {
  let version = 1;
  const { module } = offer;
  for (const { contract, listing, tests, reason } of offer.amendments) {
    version++;
    const amended = { module, version, contract };
    const source = 'earlier-run';
    deciding.emit({ type: 'contract-amended', ...amended, reason, source, by: offer.from });
    deciding.emit({ type: 'contract-written', ...amended, listing, tests });
  }
  const { from, seal, tree } = offer;
  deciding.emit({ type: 'seal-adopted', module, version, seal, tree, from });
}
