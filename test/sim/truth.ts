import type { Digest, ModuleId, TreeId } from '../../src/core/ids.ts';
import { digestOf, factOf, type Random } from './random.ts';

interface ContractTruth {
  readonly module: ModuleId;
  /** Its tests are not vacuous. */
  readonly sound: boolean;
  /** Says what earlier versions left open, so that no composition fails because of it. */
  readonly heals: boolean;
}

interface SubmissionTruth {
  readonly contract: TreeId;
  readonly good: boolean;
}

/**
 * What is true of the simulated trees, whoever asks and however often: the world's disk, which
 * outlives every driver.
 */
export class Truth {
  readonly #seed: number;
  readonly #random: Random;
  readonly #contracts = new Map<TreeId, ContractTruth>();
  readonly #submissions = new Map<TreeId, SubmissionTruth>();
  /** From now on all that is new is good: shows that runs end when nothing hinders them. */
  calm = false;

  constructor(seed: number, random: Random) {
    this.#seed = seed;
    this.#random = random;
  }

  writeContract(module: ModuleId, heals: number, sound = this.#random.chance(0.88)): TreeId {
    const tree = this.#tree();
    this.#contracts.set(tree, {
      module,
      sound: sound || this.calm,
      heals: this.calm || this.#random.chance(heals),
    });
    return tree;
  }

  submit(contract: TreeId, good: number): TreeId {
    const tree = this.#tree();
    this.#submissions.set(tree, { contract, good: this.calm || this.#random.chance(good) });
    return tree;
  }

  isSound(contract: TreeId): boolean {
    return this.#contracts.get(contract)?.sound === true;
  }

  /** Whether a check of a module passes on this tree, with these seals below. */
  passes(check: string, tree: TreeId, contract: TreeId, below: readonly TreeId[]): boolean {
    const submission = this.#submissions.get(tree);
    if (submission === undefined) throw new Error(`nobody handed in ${tree}`);
    const { good } = submission;
    if (!good) return this.#is(0.2, 'lenient', check, tree);
    if (submission.contract !== contract && this.#is(0.5, 'outdated', tree, contract)) return false;
    if (this.calm) return true;
    return below.every((other) => !this.#is(0.03, 'breaks', tree, other));
  }

  /** The pair of contracts that do not fit in this check, the culprit first; null where all fit. */
  misfit(check: string, contracts: readonly TreeId[]): readonly [TreeId, TreeId] | null {
    if (this.calm) return null;
    for (const [i, a] of contracts.entries()) {
      const b = contracts[i + 1];
      if (b === undefined) return null;
      const healed =
        this.#contracts.get(a)?.heals === true || this.#contracts.get(b)?.heals === true;
      if (!healed && this.#is(0.2, 'misfit', check, a, b)) return [a, b];
    }
    return null;
  }

  digest(...parts: readonly string[]): Digest {
    return digestOf(parts.join(' ')) as Digest;
  }

  #tree(): TreeId {
    return this.#random.hex(40) as TreeId;
  }

  #is(probability: number, ...parts: readonly string[]): boolean {
    return factOf(parts.join(' '), this.#seed) < probability;
  }
}
