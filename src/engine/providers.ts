import { join, resolve } from 'node:path';
import { poolKinds, type Plan, type PoolKind } from '../core/plan/plan.ts';
import type { AgentProvider } from './agents/agent.ts';
import { baseURLFault } from './agents/anthropic/base-url.ts';
import { defaultBaseURL, sharedConnection } from './agents/anthropic/connection.ts';
import { absentAgents } from './agents/absent-agents.ts';
import type { ModelOptions } from './agents/model-service.ts';
import { loadScript, type ScriptNames } from './agents/scripted/load-script.ts';
import { scriptedProvider } from './agents/scripted/scripted-provider.ts';
import type { Clock } from './clock.ts';

export type Providers =
  | {
      readonly ok: true;
      readonly provider: (pool: PoolKind) => AgentProvider;
      /** What a person should know of them before they work. */
      readonly notes: readonly string[];
    }
  | Failed;

export type OpenedProvider = { readonly ok: true; readonly provider: AgentProvider } | Failed;

interface Failed {
  readonly ok: false;
  readonly code: string;
  readonly message: string;
}

export interface ProviderOptions {
  /** The provider that stands in for those of the plan; null: as the plan says. */
  readonly agents: string | null;
  /** What scripted agents play. */
  readonly script: string | null;
  readonly clock: Clock;
  /** null: nobody is to work any more. */
  readonly models: ModelOptions | null;
}

/** Makes the agent providers that a plan's pools name, or `agents` in their place; each once. */
export async function openProviders(plan: Plan, options: ProviderOptions): Promise<Providers> {
  const { agents, models } = options;
  const nameOf = (pool: PoolKind): string => agents ?? plan.pools[pool].agent;
  if (models === null) {
    return { ok: true, provider: (pool) => absentAgents(nameOf(pool)), notes: [] };
  }
  const providers = new Map<string, AgentProvider>();
  for (const name of new Set(poolKinds.map(nameOf))) {
    const opened = await openProvider(name, plan, { ...options, models });
    if (!opened.ok) return opened;
    providers.set(name, opened.provider);
  }
  const asked = poolKinds.filter((pool) => nameOf(pool) === 'anthropic');
  return {
    ok: true,
    provider: (pool) => providers.get(nameOf(pool)) ?? absentAgents(nameOf(pool)),
    notes: await priceNotes(plan, models, asked),
  };
}

/** Makes the provider whose agents plan a goal: there is no plan yet to name one. */
export function openPlanner(workspace: string, options: PlannerOptions): Promise<OpenedProvider> {
  const { agents, script } = options;
  const folder = script === null ? join(workspace, 'script') : resolve(workspace, script);
  return openProvider(agents ?? 'scripted', null, { ...options, script: folder });
}

export type PlannerOptions = ProviderOptions & { readonly models: ModelOptions };

/** `plan`: null before there is one. */
async function openProvider(
  name: string,
  plan: Plan | null,
  options: PlannerOptions,
): Promise<OpenedProvider> {
  switch (name) {
    case 'scripted':
      return openScript(options.script, options.clock, plan);
    case 'anthropic':
      return openAnthropic(plan, options);
    default: {
      const message = `this version has no agents named ${name}; use anthropic or scripted`;
      return failed('unknown-agents', message);
    }
  }
}

async function openAnthropic(
  plan: Plan | null,
  { models: { choice, service }, clock }: PlannerOptions,
): Promise<OpenedProvider> {
  const { apiKey, keyHint } = service;
  if (apiKey === null || apiKey.trim() === '') {
    return failed('no-key', `anthropic agents need an API key, and there is none: ${keyHint}`);
  }
  const baseURL = service.baseURL ?? defaultBaseURL;
  const fault = baseURLFault(baseURL);
  if (fault !== null) return failed('bad-base-url', `the service cannot be asked there: ${fault}`);
  const connection = sharedConnection({ apiKey: apiKey.trim(), baseURL });
  // Tools, prompts and schemas are loaded where they are used.
  const { anthropicAgents } = await import('./agents/anthropic/anthropic-agents.ts');
  return { ok: true, provider: anthropicAgents({ plan, choice, connection, clock }) };
}

async function priceNotes(
  plan: Plan,
  { choice }: ModelOptions,
  pools: readonly PoolKind[],
): Promise<readonly string[]> {
  if (pools.length === 0) return [];
  const { unpricedModels } = await import('./agents/anthropic/anthropic-agents.ts');
  return unpricedModels(plan, choice, pools).map(
    (id) =>
      `nobody knows what ${id} costs, so the budget in money does not bound it; say it in the plan under models`,
  );
}

async function openScript(
  script: string | null,
  clock: Clock,
  plan: Plan | null,
): Promise<OpenedProvider> {
  if (script === null) {
    return failed('no-script', 'scripted agents need a script: give its folder with --script');
  }
  const loaded = await loadScript(script, plan === null ? undefined : namesOf(plan));
  if (!('problems' in loaded)) {
    return { ok: true, provider: scriptedProvider(loaded.script, clock) };
  }
  const [first] = loaded.problems;
  const more = loaded.problems.length > 1 ? ` (and ${loaded.problems.length - 1} more)` : '';
  const place = first === undefined || first.file === '' ? '' : `/${first.file}`;
  const line = typeof first?.line === 'number' ? `:${first.line}` : '';
  const message = `${script}${place}${line}: ${first?.message ?? 'cannot be read'}${more}`;
  return failed('script-broken', message);
}

const namesOf = ({ modules, tiers, gates }: Plan): ScriptNames => ({
  modules: modules.map(({ id }) => id),
  tiers: tiers.map(({ id }) => id),
  gates: gates.map(({ id }) => id),
});

const failed = (code: string, message: string): Failed => ({ ok: false, code, message });
