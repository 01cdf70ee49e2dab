import type { FirstContract } from '../core/commands/driver.ts';
import type { RunEvent } from '../core/events.ts';
import { modulePlan, type Graph } from '../core/graph.ts';
import type { Digest, RunId, TreeId } from '../core/ids.ts';
import type { ModulePlan, Plan } from '../core/plan/plan.ts';
import type { RunState } from '../core/state.ts';
import type { ListedTest } from '../core/verdict.ts';
import { canonicalJson, sha256 } from './canonical-json.ts';
import { keepContract } from './perform/amend.ts';
import { readOffer, writeOffer } from './offer-file.ts';
import { assemble } from './store/assemble.ts';
import { contractEntries, contractTree } from './store/contract-tree.ts';
import type { Store } from './store/store.ts';

/** Raised when what goes into a contract's digest changes. */
const inputVersion = 1;

/** What decides whether a planner would be asked for the same contract as in an earlier run. */
export interface AuthoringInput {
  readonly plan: Plan;
  readonly graph: Graph;
  readonly base: TreeId;
  readonly environment: Digest | null;
  readonly sandbox: string;
}

/** The places of contracts that planners write: whatever lies there is no part of anything else. */
export const plannersPaths = ({ modules }: Plan): string[] =>
  modules
    .filter(({ contract }) => contract.author === 'planner')
    .flatMap(({ contract: { file, tests, stub } }) => [file, ...tests, ...stub]);

/** A digest of all that a contract's author is given, but for what others write in the same run. */
class AuthoringDigests {
  readonly #store: Store;
  readonly #input: AuthoringInput;
  readonly #around: TreeId;

  private constructor(store: Store, input: AuthoringInput, around: TreeId) {
    this.#store = store;
    this.#input = input;
    this.#around = around;
  }

  static async over(store: Store, input: AuthoringInput): Promise<AuthoringDigests> {
    const { plan, base } = input;
    const remove = [...plan.modules.flatMap(({ owns }) => owns), ...plannersPaths(plan)];
    const around = { base, remove, layers: [], submission: null, contracts: [] };
    return new AuthoringDigests(store, input, await assemble(store, around));
  }

  /** `begun`: what lies at the contract's places when its author begins. */
  async at(node: number, begun: TreeId): Promise<Digest> {
    const { plan, graph, environment, sandbox } = this.#input;
    const needs = (graph.drafts[node] ?? []).map((need) => this.#about(modulePlan(plan, need)));
    return sha256(
      canonicalJson({
        version: inputVersion,
        module: await this.#about(modulePlan(plan, node)),
        needs: await Promise.all(needs),
        base: this.#around,
        begun,
        environment,
        sandbox,
        node: process.version,
        platform: process.platform,
      }),
    );
  }

  async #about({ id, kind, purpose, owns, checks, contract }: ModulePlan) {
    const { base } = this.#input;
    const planned =
      contract.author === 'plan' ? await contractTree(this.#store, base, contract) : null;
    const tree = planned?.ok === true ? planned.contract.tree : null;
    return { id, kind, purpose, owns, checks, contract, tree };
  }
}

/** What lies in the base at the places of a contract. */
async function begunTree(store: Store, base: TreeId, { contract }: ModulePlan): Promise<TreeId> {
  return store.putTree(await contractEntries(store, base, contract));
}

/** What a planner wrote in a run, beside the files, which stay in the store. */
interface Offer {
  readonly from: RunId;
  readonly contract: TreeId;
  readonly listing: Digest;
}

const plannersNodes = ({ modules }: Plan): number[] =>
  modules.flatMap(({ contract }, node) => (contract.author === 'planner' ? [node] : []));

/** Keeps each contract of a planner under the input that led to it, and under its own files. */
export async function offerContracts(
  store: Store,
  state: RunState,
  events: readonly RunEvent[],
  environment: Digest | null,
): Promise<void> {
  const { plan, graph, base, run } = state;
  const nodes = plannersNodes(plan);
  if (nodes.length === 0) return;
  const input = { plan, graph, base: base.tree, environment, sandbox: state.sandbox.kind };
  const digests = await AuthoringDigests.over(store, input);
  const listings = new Map<string, Digest>();
  for (const event of events) {
    if (event.type === 'contract-written' && event.version === 1) {
      listings.set(event.module, event.listing);
    }
  }
  for (const node of nodes) {
    const module = modulePlan(plan, node);
    const [first] = state.modules.get(node).contract.history;
    const listing = listings.get(module.id);
    const planners = first?.source === 'missing' || first?.source === 'earlier-run';
    if (first?.version !== 1 || !planners || listing === undefined) continue;
    const offer: Offer = { from: run, contract: first.tree, listing };
    // The second is what a base holds that this run's result was taken over into.
    for (const begun of [await begunTree(store, base.tree, module), first.tree]) {
      await writeOffer(store.workspace, 'contracts', await digests.at(node, begun), offer);
    }
  }
}

/** Takes the contracts that planners of earlier runs wrote from the same input into a new run. */
export async function takeContracts(
  store: Store,
  run: RunId,
  input: AuthoringInput,
): Promise<FirstContract[]> {
  const { plan, base } = input;
  const nodes = plannersNodes(plan);
  if (nodes.length === 0) return [];
  const digests = await AuthoringDigests.over(store, input);
  const taken: FirstContract[] = [];
  for (const node of nodes) {
    const module = modulePlan(plan, node);
    const digest = await digests.at(node, await begunTree(store, base, module));
    const offer = await readOffer<Offer>(store.workspace, 'contracts', digest);
    const first = offer === null ? null : await take(store, run, module, offer);
    if (first !== null) taken.push(first);
  }
  return taken;
}

/** null where the store no longer has what is offered. */
async function take(
  store: Store,
  run: RunId,
  { id, contract: { file } }: ModulePlan,
  { from, contract, listing }: Offer,
): Promise<FirstContract | null> {
  try {
    const listed = (await store.readJson(from, listing)) as readonly ListedTest[];
    if (!Array.isArray(listed)) return null;
    if ((await store.readFile(contract, `contract/${file}`)) === null) return null;
    const kept = await store.putJson(run, listed);
    await keepContract(store, run, id, contract);
    return { module: id, contract, listing: kept.digest, tests: listed.length, from };
  } catch {
    return null;
  }
}
