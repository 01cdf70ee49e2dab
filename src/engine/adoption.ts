import type { RunEvent } from '../core/events.ts';
import type { ContractWritten } from '../core/events/contract.ts';
import type { Adoptable, AdoptedAmendment } from '../core/events/run-origin.ts';
import {
  isInside,
  modulePlan,
  modulesBelow,
  topologicalModules,
  type Graph,
} from '../core/graph.ts';
import type { Digest, RunId, TreeId } from '../core/ids.ts';
import type { Plan } from '../core/plan/plan.ts';
import type { RunState } from '../core/state.ts';
import { isSettled } from '../core/module-state.ts';
import { canonicalJson, sha256 } from './canonical-json.ts';
import { plannersPaths } from './contract-adoption.ts';
import { readOffer, writeOffer } from './offer-file.ts';
import { assemble } from './store/assemble.ts';
import { runRef } from './store/ref-name.ts';
import type { Store } from './store/store.ts';

/** Raised when what goes into an input digest changes. */
const inputVersion = 2;

/** What decides, before anything runs, whether a module is the same as in an earlier run. */
export interface AdoptionInput {
  readonly plan: Plan;
  readonly graph: Graph;
  readonly base: TreeId;
  /** Version 1 of each module's contract. */
  readonly contractOf: (node: number) => TreeId;
  readonly environment: Digest | null;
  readonly sandbox: string;
}

/** An input digest for each module: its own input, and that of all it builds on. */
export async function inputDigests(store: Store, input: AdoptionInput): Promise<Digest[]> {
  const { plan, graph, base, contractOf } = input;
  const digests: Digest[] = [];
  const written = plannersPaths(plan);
  for (const node of topologicalModules(graph)) {
    const below = modulesBelow(graph, node);
    const { id, checks, owns } = modulePlan(plan, node);
    const remove = [...below, node].flatMap((each) => modulePlan(plan, each).owns).concat(written);
    const around = { base, remove, layers: [], submission: null, contracts: [] };
    // Those that it is sealed with have no digest before it has: their own input stands for them.
    const belowOf = (each: number): unknown => {
      if (!isInside(graph, node, each)) return digests[each];
      const plain = modulePlan(plan, each);
      return { contract: contractOf(each), checks: plain.checks, owns: plain.owns };
    };
    digests[node] = sha256(
      canonicalJson({
        version: inputVersion,
        module: id,
        contract: contractOf(node),
        checks,
        owns,
        base: await assemble(store, around),
        below: below.map((each) => canonicalJson(belowOf(each))).sort(),
        environment: input.environment,
        sandbox: input.sandbox,
        node: process.version,
        platform: process.platform,
      }),
    );
  }
  return digests;
}

/** What a run leaves for later ones, beside the seal itself, which stays in the store. */
interface Offer {
  readonly from: RunId;
  readonly seal: Digest;
  readonly tree: TreeId;
  readonly amendments: readonly AdoptedAmendment[];
}

/** Keeps each seal under the input that led to it; losing an offer costs a repetition, no more. */
export async function offerSeals(
  store: Store,
  state: RunState,
  events: readonly RunEvent[],
  environment: Digest | null,
): Promise<void> {
  const { plan, graph } = state;
  const digests = await inputDigests(store, {
    plan,
    graph,
    base: state.base.tree,
    contractOf: (node) => state.modules.get(node).contract.history[0]?.tree ?? ('' as TreeId),
    environment,
    sandbox: state.sandbox.kind,
  });
  const written = events.filter((event) => event.type === 'contract-written');
  for (const [node, digest] of digests.entries()) {
    const module = state.modules.get(node);
    if (!isSettled(module) || module.seal === null) continue;
    const offer: Offer = {
      from: state.run,
      seal: module.seal.digest,
      tree: module.seal.tree,
      amendments: amendmentsOf(module, written),
    };
    await writeOffer(store.workspace, 'seals', digest, offer);
  }
}

function amendmentsOf(
  { id, contract }: ReturnType<RunState['modules']['get']>,
  written: readonly ContractWritten[],
): AdoptedAmendment[] {
  return contract.history.slice(1).flatMap(({ version, tree, reason }) => {
    const listed = written.find((event) => event.module === id && event.version === version);
    if (listed === undefined) return [];
    const { listing, tests } = listed;
    return [{ contract: tree, listing, tests, reason }];
  });
}

/** Takes what earlier runs offer for this input into the refs of a new run. */
export async function takeOffers(
  store: Store,
  run: RunId,
  { plan, contractOf }: Pick<AdoptionInput, 'plan' | 'contractOf'>,
  digests: readonly Digest[],
): Promise<Adoptable[]> {
  const taken: Adoptable[] = [];
  for (const [node, digest] of digests.entries()) {
    const { id } = modulePlan(plan, node);
    const offer = await readOffer<Offer>(store.workspace, 'seals', digest);
    if (offer === null || !(await adopt(store, run, id, contractOf(node), offer))) continue;
    const { from, seal, tree, amendments } = offer;
    taken.push({ module: id, from, seal, tree, amendments });
  }
  return taken;
}

/** False where the store no longer has what is offered. */
async function adopt(
  store: Store,
  run: RunId,
  module: string,
  contract: TreeId,
  offer: Offer,
): Promise<boolean> {
  try {
    await store.listTree(offer.tree);
    const record = (await store.readJson(offer.from, offer.seal)) as Record<string, unknown>;
    // The offer lies in a cache that anyone may have written; the seal says what was sealed.
    if (record.implementation !== offer.tree || record.verdict !== 'PASS') return false;
    const last = offer.amendments.at(-1)?.contract ?? contract;
    if (record.contract !== last) return false;
    await store.putJson(run, record);
    for (const { contract: amended, listing } of offer.amendments) {
      await store.putJson(run, await store.readJson(offer.from, listing));
      await store.keepTree(runRef(run, 'contracts', module, amended), amended);
    }
    await store.keepTree(runRef(run, 'seals', module, offer.seal), offer.tree);
    return true;
  } catch {
    return false;
  }
}
