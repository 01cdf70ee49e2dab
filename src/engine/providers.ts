import type { Plan, PoolKind } from '../core/plan/plan.ts';
import type { AgentProvider } from './agents/agent.ts';
import { loadScript } from './agents/scripted/load-script.ts';
import { scriptedProvider } from './agents/scripted/scripted-provider.ts';
import type { Clock } from './clock.ts';

export type Providers =
  | { readonly ok: true; readonly provider: (pool: PoolKind) => AgentProvider }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** Makes the agent providers that a plan's pools name, or `agents` in their place. */
export async function openProviders(
  plan: Plan,
  { agents, script, clock }: { agents: string | null; script: string | null; clock: Clock },
): Promise<Providers> {
  const pools: readonly PoolKind[] = ['planners', 'builders', 'reviewers'];
  const unknown = pools
    .map((pool) => agents ?? plan.pools[pool].agent)
    .find((name) => name !== 'scripted');
  if (unknown !== undefined) {
    const message = `this version has no agents named ${unknown}; use scripted`;
    return { ok: false, code: 'unknown-agents', message };
  }
  if (script === null) {
    const message = 'scripted agents need a script: give its folder with --script';
    return { ok: false, code: 'no-script', message };
  }
  const loaded = await loadScript(script, {
    modules: plan.modules.map(({ id }) => id),
    tiers: plan.tiers.map(({ id }) => id),
    gates: plan.gates.map(({ id }) => id),
  });
  if ('problems' in loaded) {
    const [first] = loaded.problems;
    const more = loaded.problems.length > 1 ? ` (and ${loaded.problems.length - 1} more)` : '';
    const place = first === undefined || first.file === '' ? '' : `/${first.file}`;
    const line = typeof first?.line === 'number' ? `:${first.line}` : '';
    const message = `${script}${place}${line}: ${first?.message ?? 'cannot be read'}${more}`;
    return { ok: false, code: 'script-broken', message };
  }
  const scripted = scriptedProvider(loaded.script, clock);
  return { ok: true, provider: () => scripted };
}
