import type { EffectResult } from '../../core/commands.ts';
import type { VerifyContract } from '../../core/effects.ts';
import { moduleNode } from '../../core/lookup.ts';
import type { RunState } from '../../core/state.ts';
import { scopeEvidence } from '../store/scope-evidence.ts';
import { listContract } from '../contract-listing.ts';
import type { Unstamped } from '../run-loop.ts';
import { effectId } from './run-checks.ts';
import type { World } from './world.ts';

/** Lists the tests of a contract's newest version, or finds out that they decide nothing. */
export async function verifyContract(
  world: World,
  { order, module }: VerifyContract,
  state: RunState,
  signal: AbortSignal,
): Promise<Unstamped<EffectResult>> {
  const { plan, graph } = state;
  const subject = {
    plan,
    graph,
    base: state.base.tree,
    node: moduleNode(state, module),
    contractOf: (node: number) => state.modules.get(node).contract.tree,
    effect: effectId(world, order),
  };
  const listing = await listContract(world, subject, signal);
  const from = { type: 'record-verification', order, module } as const;
  if (!listing.ok) {
    const { code, message } = listing;
    const said = scopeEvidence([{ path: null, says: message }]);
    const evidence = listing.evidence.length === 0 ? said : listing.evidence;
    return { ...from, result: { ok: false, code, evidence } };
  }
  const { digest } = await world.store.putJson(world.run, listing.listed);
  return { ...from, result: { ok: true, listing: digest, tests: listing.listed.length } };
}
