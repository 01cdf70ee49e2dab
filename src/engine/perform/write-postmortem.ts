import type { EffectResult } from '../../core/commands.ts';
import type { WritePostmortem } from '../../core/effects.ts';
import { closing } from '../../core/projections/postmortem.ts';
import type { RunState } from '../../core/state.ts';
import { offerSeals } from '../adoption.ts';
import { offerContracts } from '../contract-adoption.ts';
import { sha256 } from '../canonical-json.ts';
import { knowledgeFolder, writeInsights } from '../knowledge.ts';
import { writeText } from '../run-folder.ts';
import type { Unstamped } from '../run-loop.ts';
import type { World } from './world.ts';

/** Writes the report that closes the run and its notes, and offers its seals to later runs. */
export async function writePostmortem(
  world: World,
  { order }: WritePostmortem,
  state: RunState,
): Promise<Unstamped<EffectResult>> {
  const { postmortem: text, insights } = closing(state, world.events());
  await writeText(world.runFolder, 'postmortem.md', text);
  // A note that cannot be kept must not keep the run from ending: the report names it all the same.
  await writeInsights(knowledgeFolder(world.runFolder), insights).catch(() => undefined);
  const { digest: environment } = world.environment;
  // Losing the offer costs a later run a repetition; it must not keep this one from ending.
  await offerSeals(world.store, state, world.events(), environment).catch(() => undefined);
  await offerContracts(world.store, state, world.events(), environment).catch(() => undefined);
  return { type: 'record-postmortem', order, digest: sha256(text) };
}
