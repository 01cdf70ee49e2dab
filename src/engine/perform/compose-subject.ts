import type { EffectResult } from '../../core/commands.ts';
import type { ComposeSubject } from '../../core/effects.ts';
import { modulesBelow } from '../../core/graph.ts';
import { gateNode } from '../../core/lookup.ts';
import type { RunState } from '../../core/state.ts';
import { integrationOf } from '../composition.ts';
import type { Unstamped } from '../run-loop.ts';
import { assemble } from '../store/assemble.ts';
import type { World } from './world.ts';

/** Digests exactly what an approval is about: the composed files and the seals they come from. */
export async function composeSubject(
  world: World,
  { order, gate }: ComposeSubject,
  state: RunState,
): Promise<Unstamped<EffectResult>> {
  const node = gateNode(state, gate);
  const modules = modulesBelow(state.graph, node);
  const tree = await assemble(world.store, integrationOf(state, modules));
  await world.store.keepTree(`refs/ashlar/${world.run}/composed/gate-${gate}`, tree);
  const seals = modules.map((each) => state.modules.get(each).seal?.digest ?? null);
  const { digest } = await world.store.putJson(world.run, { gate, tree, seals });
  return { type: 'record-subject', order, gate, submission: digest };
}
