import { isInside, modulePlan, modulesBelow } from '../core/graph.ts';
import type { TreeId } from '../core/ids.ts';
import type { Plan } from '../core/plan/plan.ts';
import type { RunState } from '../core/state.ts';
import { offerOf } from '../core/module-state.ts';
import { assemble, type Assembly, type Layer } from './store/assemble.ts';
import { contractFiles } from './store/contract-tree.ts';
import { overlay } from './store/overlay.ts';
import type { Store } from './store/store.ts';

const owned = (tree: TreeId): Layer => ({ tree, as: 'owned' });
const stubOf = (contract: TreeId): Layer => ({ tree: contract, as: 'contract-stub' });

const ownsOf = (plan: Plan, nodes: readonly number[]): string[] =>
  nodes.flatMap((node) => plan.modules[node]?.owns ?? []);

/** What stands for a module that others build on: its seal, or its stub where it has none. */
function layerOf(state: RunState, node: number): Layer {
  const { seal, contract } = state.modules.get(node);
  return seal === null ? stubOf(contract.tree) : owned(seal.tree);
}

/**
 * What a module builds on: what passed stands in for those of its own set. Nothing stands for a
 * module whose contract is not written: what needs it directly waits for that.
 */
function layersFor(state: RunState, node: number): Layer[] {
  const written = modulesBelow(state.graph, node).filter(
    (below) => state.modules.get(below).contract.version > 0,
  );
  return written.map((below) => {
    const inside = isInside(state.graph, node, below);
    const offer = inside ? offerOf(state.modules.get(below)) : null;
    return offer === null ? layerOf(state, below) : owned(offer);
  });
}

/** What a module's submission is judged against, in the order of the plan. */
export function judgedAgainst(state: RunState, node: number): TreeId[] {
  return layersFor(state, node).map(({ tree }) => tree);
}

/** The tree in which a module's submission is judged. */
export function evaluationOf(state: RunState, node: number, submission: TreeId): Assembly {
  const below = modulesBelow(state.graph, node);
  return {
    base: state.base.tree,
    remove: ownsOf(state.plan, [...below, node]),
    layers: layersFor(state, node),
    submission,
    contracts: [state.modules.get(node).contract.tree],
  };
}

/**
 * The tree in which the modules below a tier or a gate are judged together; `keeps` is a contract of
 * none of them, by whose tests alone they are judged: its list of tests knows no other's.
 */
export function integrationOf(
  state: RunState,
  nodes: readonly number[],
  keeps: TreeId | null = null,
): Assembly {
  const contracts = nodes.map((each) => state.modules.get(each).contract.tree);
  return {
    base: state.base.tree,
    remove: ownsOf(state.plan, nodes),
    layers: nodes.map((each) => layerOf(state, each)),
    submission: null,
    contracts: keeps === null ? contracts : [keeps],
  };
}

/** The same with stubs for all modules but `real`, to see who a failure needs. */
export function withStubs(
  state: RunState,
  nodes: readonly number[],
  real: ReadonlySet<number>,
  keeps: TreeId | null = null,
): Assembly {
  const layers = nodes.map((each) =>
    real.has(each) ? layerOf(state, each) : stubOf(state.modules.get(each).contract.tree),
  );
  return { ...integrationOf(state, nodes, keeps), layers };
}

/** What a contract's tests are listed on: its stub, and nothing, both on stubs of all below. */
export function listingOf(
  plan: Plan,
  base: TreeId,
  module: { readonly node: number; readonly contract: TreeId },
  below: readonly { readonly node: number; readonly contract: TreeId }[],
): { readonly stub: Assembly; readonly nothing: Assembly } {
  const nothing: Assembly = {
    base,
    remove: ownsOf(plan, [...below.map(({ node }) => node), module.node]),
    layers: below.map(({ contract }) => stubOf(contract)),
    submission: null,
    contracts: [module.contract],
  };
  const stub = { ...nothing, layers: [...nothing.layers, stubOf(module.contract)] };
  return { stub, nothing };
}

/**
 * What a builder finds in its folder: the base, the seals below, its own contract, tests and stub, and
 * the files of the attempt before, if there was one.
 */
export async function builderTree(store: Store, state: RunState, node: number): Promise<TreeId> {
  const { seed, contract } = state.modules.get(node);
  const below = modulesBelow(state.graph, node);
  const judged = await assemble(store, {
    base: state.base.tree,
    remove: ownsOf(state.plan, [...below, node]),
    layers: layersFor(state, node),
    submission: seed,
    contracts: [contract.tree],
  });
  const files = await contractFiles(store, contract.tree, modulePlan(state.plan, node).contract);
  return store.putTree(overlay([await store.listTree(judged), files]));
}
