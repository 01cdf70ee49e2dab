import { modulesBelow, type Graph } from '../core/graph.ts';
import { noTree, type TreeId } from '../core/ids.ts';
import type { Plan } from '../core/plan/plan.ts';
import type { ListedTest } from '../core/verdict.ts';
import { listingOf } from './composition.ts';
import type { CheckRunner } from './gates/check-request.ts';
import { listTests, type Listing } from './gates/listing.ts';
import type { SandboxMode } from './gates/sandbox.ts';
import { testFilesOf } from './perform/contract-text.ts';
import type { PreparedEnvironment } from './perform/world.ts';
import { assemble } from './store/assemble.ts';
import type { Store } from './store/store.ts';

export interface ListingRoom {
  readonly store: Store;
  readonly runner: CheckRunner;
  readonly sandbox: SandboxMode;
  readonly environment: PreparedEnvironment;
}

/**
 * Lists the tests of one contract by really running them on its stub and on nothing, with stubs for
 * all that the module depends on and that has a contract; so is found out whether they decide anything.
 */
export async function listContract(
  room: ListingRoom,
  subject: {
    readonly plan: Plan;
    readonly graph: Graph;
    readonly base: TreeId;
    readonly node: number;
    readonly contractOf: (node: number) => TreeId;
    readonly effect: string;
  },
  signal: AbortSignal,
): Promise<Listing> {
  const { plan, graph, base, node, contractOf, effect } = subject;
  const below = modulesBelow(graph, node)
    .map((each) => ({ node: each, contract: contractOf(each) }))
    .filter((each) => each.contract !== noTree);
  const contract = contractOf(node);
  const assemblies = listingOf(plan, base, { node, contract }, below);
  const [stub, nothing] = await Promise.all([
    assemble(room.store, assemblies.stub),
    assemble(room.store, assemblies.nothing),
  ]);
  const { digest, provided } = room.environment;
  const listing = await listTests(
    {
      runner: room.runner,
      checks: plan.modules[node]?.checks ?? [],
      testFiles: await testFilesOf(room.store, contract),
      request: { effect, sandbox: room.sandbox, provided },
      stub: { tree: stub, environment: digest },
      nothing: { tree: nothing, environment: digest },
    },
    signal,
  );
  // Test files run side by side and report in no fixed order; a list of the same tests is the same.
  return listing.ok ? { ...listing, listed: listing.listed.toSorted(byCodePoint) } : listing;
}

function byCodePoint(a: ListedTest, b: ListedTest): number {
  const [left, right] = [JSON.stringify(a), JSON.stringify(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}
