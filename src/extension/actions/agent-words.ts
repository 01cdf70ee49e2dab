import { poolKinds } from '../../core/plan/plan.ts';
import { awaitedProvider } from '../../core/provider-trouble.ts';
import { providerWords } from '../../core/projections/provider-words.ts';
import type { RunState } from '../../core/state.ts';

/** The pools of a run: where their agents come from, and whether they are waited for. */
export const poolChoices = (state: RunState) =>
  poolKinds.map((pool) => {
    const awaited = awaitedProvider(state, pool);
    const says = awaited === null ? '' : providerWords(awaited);
    const { agent, model } = state.plan.pools[pool];
    return { pool, agent: model === null ? agent : `${agent} (${model})`, says };
  });
