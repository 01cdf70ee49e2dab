import type { NodeRef, TreeId } from '../ids.ts';
import { reachEntry, type Ledger } from './ledger.ts';

/**
 * What stands for each module below a node, in a fixed order: the number of its seal's event, or,
 * of those that are sealed with it, the tree that passed. Empty where there is only a stub.
 */
export function standing(ledger: Ledger, ref: NodeRef): string[] {
  const { below, set } = reachEntry(ledger, ref);
  return below.map((each) => standsFor(ledger, each, set.has(each)));
}

/** The contract of each module below a node. */
export function contractsBelow(ledger: Ledger, ref: NodeRef): Map<NodeRef, TreeId | null> {
  const { below } = reachEntry(ledger, ref);
  return new Map(below.map((each) => [each, ledger.modules.get(each)?.contract ?? null]));
}

/** A module below, whose contract is another one by now; null where there is none. */
export function amendedSince(
  { modules }: Ledger,
  contracts: ReadonlyMap<NodeRef, TreeId | null>,
): NodeRef | null {
  for (const [ref, contract] of contracts) {
    if ((modules.get(ref)?.contract ?? null) !== contract) return ref;
  }
  return null;
}

function standsFor(ledger: Ledger, ref: NodeRef, inside: boolean): string {
  if (inside) return offered(ledger, ref) ?? '';
  return String(ledger.modules.get(ref)?.seal?.event ?? '');
}

/** What the others of its set are judged against. */
function offered(ledger: Ledger, ref: NodeRef): string | null {
  const module = ledger.modules.get(ref);
  return module?.passed?.tree ?? module?.seal?.tree ?? null;
}

/** Whether what was judged against these was judged against what stands now. */
export function isCurrent(ledger: Ledger, ref: NodeRef, against: readonly string[]): boolean {
  return standing(ledger, ref).every((each, index) => each === against[index]);
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

  /** Of modules that are sealed together, all stand or none. */
  has(ref: NodeRef): boolean {
    const known = this.#known.get(ref);
    if (known !== undefined) return known;
    const { set } = reachEntry(this.#ledger, ref);
    const settled = [...set].every((each) => this.#passed(each)) && this.outside(ref) === null;
    for (const each of set) this.#known.set(each, settled);
    return settled;
  }

  /** The first need that keeps it from starting; what passed is enough inside a set. */
  unmetNeed(ref: NodeRef): NodeRef | null {
    const { needs, set } = reachEntry(this.#ledger, ref);
    const unmet = needs.find((need) =>
      set.has(need) ? offered(this.#ledger, need) === null : !this.has(need),
    );
    return unmet ?? null;
  }

  /** The first need outside its set, of any of the set, that does not stand. */
  outside(ref: NodeRef): NodeRef | null {
    const { set } = reachEntry(this.#ledger, ref);
    for (const each of set) {
      const { needs, soft } = reachEntry(this.#ledger, each);
      const open = [...needs, ...soft].find((need) => !set.has(need) && !this.has(need));
      if (open !== undefined) return open;
    }
    return null;
  }

  #passed(ref: NodeRef): boolean {
    const ledger = this.#ledger;
    const module = ledger.modules.get(ref);
    if (module !== undefined) {
      const { seal, version, questioned, passed } = module;
      return (
        seal !== null &&
        passed === null &&
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
