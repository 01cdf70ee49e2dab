import { nodeRef, parseNodeRef, type ModuleId, type NodeRef } from '../ids.ts';
import type { Plan } from '../plan/plan.ts';

/** A gate among the others, with the checks that decide it. */
export interface GateBranch {
  readonly ref: NodeRef;
  /** Its checks, by name, in the order of the plan; none for an approval. */
  readonly checks: readonly string[];
  /** Gates of what it is made of: a tier's modules. */
  readonly below: readonly NodeRef[];
}

/** The gates of a plan as people look for them: tiers with their modules, modules in none, then gates. */
export class GateTree {
  readonly top: readonly NodeRef[];
  readonly #branches: ReadonlyMap<NodeRef, GateBranch>;

  constructor(plan: Plan) {
    const tiered = new Set<ModuleId>(plan.tiers.flatMap(({ modules }) => modules));
    const ofModule = (id: ModuleId): NodeRef => nodeRef('module', id);
    const names = (checks: readonly { readonly name: string }[]): string[] =>
      checks.map(({ name }) => name);
    const branches: GateBranch[] = [
      ...plan.tiers.map(({ id, checks, modules }) => ({
        ...{ ref: nodeRef('tier', id), checks: names(checks) },
        below: modules.map(ofModule),
      })),
      ...plan.modules.map(({ id, checks }) => ({
        ...{ ref: ofModule(id), checks: names(checks), below: [] },
      })),
      ...plan.gates.map((gate) => ({
        ref: nodeRef('gate', gate.id),
        checks: gate.kind === 'end-to-end' ? names(gate.checks) : [],
        below: [],
      })),
    ];
    this.#branches = new Map(branches.map((branch) => [branch.ref, branch]));
    this.top = [
      ...plan.tiers.map(({ id }) => nodeRef('tier', id)),
      ...plan.modules.filter(({ id }) => !tiered.has(id)).map(({ id }) => ofModule(id)),
      ...plan.gates.map(({ id }) => nodeRef('gate', id)),
    ];
  }

  /** How many gates there are. */
  get size(): number {
    return this.#branches.size;
  }

  branch(ref: NodeRef): GateBranch | null {
    return this.#branches.get(ref) ?? null;
  }
}

/** What a gate is called among others of its kind. */
export const gateLabel = (ref: NodeRef): string => parseNodeRef(ref).id;
