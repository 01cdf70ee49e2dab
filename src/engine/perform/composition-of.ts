import { gatePlan, kindOf, modulesBelow, tierPlan } from '../../core/graph.ts';
import type { NodeRef } from '../../core/ids.ts';
import { matchesAny } from '../../core/paths.ts';
import type { CheckPlan, KeptTests, ResourceUse } from '../../core/plan/plan.ts';
import type { RunState } from '../../core/state.ts';
import type { CheckRun } from '../gates/check-request.ts';
import type { Store } from '../store/store.ts';
import { isFile } from '../store/tree-entry.ts';
import { listingOfContract, testFilesOf } from './contract-text.ts';
import { filesNamedBy, runChecks, type ChecksOnTree } from './run-checks.ts';
import type { World } from './world.ts';

/** What a tier or an end-to-end gate judges, and by which checks. */
export interface Composition {
  readonly ref: NodeRef;
  readonly modules: readonly number[];
  readonly checks: readonly CheckPlan[];
  readonly resources: readonly ResourceUse[];
  readonly judged: number;
  /** Tests that stay in force, of a module whose parts it is composed of; null where there are none. */
  readonly keeps: KeptTests | null;
}

/** Of a tier's or a gate's node; an approval has no checks. */
export function compositionOf(state: RunState, node: number): Composition {
  const { plan, graph } = state;
  const ref = graph.refs[node];
  if (ref === undefined) throw new Error(`the plan has no node ${node}`);
  const modules = modulesBelow(graph, node);
  if (kindOf(graph, node) === 'tier') {
    const { checks, resources, keeps = null } = tierPlan(plan, graph, node);
    const { judged } = state.tiers.get(node - graph.tierBase);
    return { ref, modules, checks, resources, judged, keeps };
  }
  const gate = gatePlan(plan, graph, node);
  const checks = gate.kind === 'end-to-end' ? gate.checks : [];
  const { judged } = state.gates.get(node - graph.gateBase);
  return { ref, modules, checks, resources: [], judged, keeps: null };
}

type OnTree = Pick<ChecksOnTree, 'tree' | 'checks' | 'resources' | 'effect'> &
  Pick<Composition, 'keeps'>;

type Room = Pick<World, 'run' | 'store' | 'runner' | 'sandbox' | 'environment'>;

/** Each check with canaries in the files that it names, of those that no module may write. */
export async function runComposition(
  room: Room,
  { keeps, checks, ...common }: OnTree,
  unowned: readonly string[],
  signal: AbortSignal,
): Promise<CheckRun[]> {
  if (keeps !== null) {
    const testFiles = await testFilesOf(room.store, keeps.contract);
    const expected = keeps.listing === null ? null : await listingOfContract(room, keeps);
    return runChecks(room, { ...common, checks, testFiles, expected }, signal);
  }
  const runs = checks.map((check) => {
    const testFiles = filesNamedBy(check.run, unowned);
    return runChecks(room, { ...common, checks: [check], testFiles, expected: null }, signal);
  });
  return (await Promise.all(runs)).flat();
}

/** Files of the base that no module may write. */
export async function unownedFiles(
  store: Store,
  { base, plan }: Pick<RunState, 'base' | 'plan'>,
): Promise<string[]> {
  const owned = plan.modules.flatMap(({ owns }) => owns);
  const files = (await store.listTree(base.tree)).filter(({ mode }) => isFile(mode));
  return files.map(({ path }) => path).filter((path) => !matchesAny(owned, path));
}
