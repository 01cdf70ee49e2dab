import { window } from 'vscode';
import type { PoolKind } from '../../core/plan/plan.ts';
import type { LiveRun } from '../runs/runs.ts';
import type { ActionParts } from './action-parts.ts';
import { carryOut } from './carry-out.ts';
import { shortRun } from './short-run.ts';

/** Has what serves nobody tried now, instead of when its time is over. */
export async function retryProvider(
  parts: ActionParts,
  run: LiveRun,
  provider: string | null = null,
): Promise<void> {
  await carryOut(parts, run, { type: 'retry-provider', provider });
}

/** Asks where the agents of a pool are to come from; `pool`: where that was chosen before. */
export async function switchAgents(
  parts: ActionParts,
  run: LiveRun,
  pool?: PoolKind,
): Promise<void> {
  const state = run.replayed?.state;
  if (state === undefined) return;
  const of = pool ?? (await pickPool(run));
  if (of === null) return;
  const { agent: now } = state.plan.pools[of];
  const others = (await run.engine.knownAgents()).filter((name) => name !== now);
  const picked = await window.showQuickPick(others, {
    title: `Where do the ${of} come from, from here on?`,
    placeHolder: `Now from ${now}. Those at work go on.`,
  });
  if (picked !== undefined) await carryOut(parts, run, { type: 'agents', pool: of, agent: picked });
}

async function pickPool(run: LiveRun): Promise<PoolKind | null> {
  const state = run.replayed?.state;
  if (state === undefined) return null;
  const picked = await window.showQuickPick(
    run.engine.poolChoices(state).map(({ pool, agent, says }) => ({
      ...{ label: pool, description: agent, detail: says, pool },
    })),
    { title: `Switch the agents of which pool in run ${shortRun(run.key.run)}?` },
  );
  return picked?.pool ?? null;
}
