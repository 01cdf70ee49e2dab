import type { NodeRef } from '../ids.ts';
import { reachEntry, type Ledger } from './ledger.ts';

/** The seal events of all modules below a node, in a fixed order; 0 where there is no seal. */
export function sealsBelow(ledger: Ledger, ref: NodeRef): number[] {
  return reachEntry(ledger, ref).below.map((each) => ledger.modules.get(each)?.seal?.event ?? 0);
}

/** Whether what was judged against these seals was judged against the seals of now. */
export function isCurrent(ledger: Ledger, ref: NodeRef, against: readonly number[]): boolean {
  const { below } = reachEntry(ledger, ref);
  return below.every(
    (each, index) => (ledger.modules.get(each)?.seal?.event ?? 0) === against[index],
  );
}

/**
 * Which nodes stand: passed for their newest contract, judged against the seals of now, on needs
 * that all stand. Remembers what it found, so it is for one moment.
 */
export class Settled {
  readonly #ledger: Ledger;
  readonly #known = new Map<NodeRef, boolean>();

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  has(ref: NodeRef): boolean {
    let settled = this.#known.get(ref);
    if (settled === undefined) {
      settled = this.#passed(ref) && this.unsettledNeed(ref) === null;
      this.#known.set(ref, settled);
    }
    return settled;
  }

  /** The first need that does not stand. */
  unsettledNeed(ref: NodeRef): NodeRef | null {
    return reachEntry(this.#ledger, ref).needs.find((need) => !this.has(need)) ?? null;
  }

  #passed(ref: NodeRef): boolean {
    const ledger = this.#ledger;
    const module = ledger.modules.get(ref);
    if (module !== undefined) {
      const { seal, version, questioned } = module;
      return (
        seal !== null &&
        !questioned &&
        seal.version === version &&
        isCurrent(ledger, ref, seal.against)
      );
    }
    const gate = ledger.gates.get(ref);
    if (gate === undefined) return true; // a stream is its modules
    return gate.passed !== null && isCurrent(ledger, ref, gate.passed.against);
  }
}
