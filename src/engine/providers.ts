import { join, resolve } from 'node:path';
import type { Plan, PoolKind } from '../core/plan/plan.ts';
import type { AgentProvider } from './agents/agent.ts';
import { loadScript, type ScriptNames } from './agents/scripted/load-script.ts';
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
  const opened = await openScript(script, clock, {
    modules: plan.modules.map(({ id }) => id),
    tiers: plan.tiers.map(({ id }) => id),
    gates: plan.gates.map(({ id }) => id),
  });
  if (!opened.ok) return opened;
  const { provider } = opened;
  return { ok: true, provider: () => provider };
}

export type OpenedProvider =
  | { readonly ok: true; readonly provider: AgentProvider }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** Makes the provider whose agents plan a goal: there is no plan yet to name one. */
export async function openPlanner(
  workspace: string,
  { agents, script, clock }: { agents: string | null; script: string | null; clock: Clock },
): Promise<OpenedProvider> {
  const name = agents ?? 'scripted';
  if (name !== 'scripted') {
    const message = `this version has no agents named ${name}; use scripted`;
    return { ok: false, code: 'unknown-agents', message };
  }
  const folder = script === null ? join(workspace, 'script') : resolve(workspace, script);
  return openScript(folder, clock);
}

async function openScript(
  script: string,
  clock: Clock,
  names?: ScriptNames,
): Promise<OpenedProvider> {
  const loaded = await loadScript(script, names);
  if ('problems' in loaded) {
    const [first] = loaded.problems;
    const more = loaded.problems.length > 1 ? ` (and ${loaded.problems.length - 1} more)` : '';
    const place = first === undefined || first.file === '' ? '' : `/${first.file}`;
    const line = typeof first?.line === 'number' ? `:${first.line}` : '';
    const message = `${script}${place}${line}: ${first?.message ?? 'cannot be read'}${more}`;
    return { ok: false, code: 'script-broken', message };
  }
  return { ok: true, provider: scriptedProvider(loaded.script, clock) };
}
