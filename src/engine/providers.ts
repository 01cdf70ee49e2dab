import { phrase } from '../core/phrase.ts';
import { lstat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { poolKinds, type Plan, type Pool, type PoolKind } from '../core/plan/plan.ts';
import type { AgentProvider } from './agents/agent.ts';
import { absentAgents } from './agents/absent-agents.ts';
import type { ModelOptions } from './agents/model-service.ts';
import { loadScript, type ScriptNames } from './agents/scripted/load-script.ts';
import { knownAgents } from '../core/plan/rule-pools.ts';
import { scriptedProvider } from './agents/scripted/scripted-provider.ts';
import { clockOf } from './agents-clock.ts';
import type { Clock } from './clock.ts';
import {
  failed,
  ofModels,
  openAnthropic,
  openClaudeCode,
  openEditorModels,
  priceNotes,
  switchedIn,
  withoutChoice,
  type Failed,
  type OpenedProvider,
} from './open-models.ts';

/** What agents need beside their tasks. */
interface ProviderOptions {
  /** Absolute. */
  readonly workspace: string;
  /** What scripted agents play. */
  readonly script: string | null;
  readonly clock: Clock;
  /** null: nobody is to work any more. */
  readonly models: ModelOptions | null;
}

type OpenedProviders =
  | {
      readonly ok: true;
      readonly providers: Pick<Providers, 'switch' | 'of'>;
      /** What a person should know of them before they work. */
      readonly notes: readonly string[];
    }
  | Failed;

/** The agent providers of a run, by the names that plans give them; each is made once, when it is needed. */
export class Providers {
  readonly #plan: Plan;
  readonly #options: ProviderOptions;
  readonly #opened = new Map<string, AgentProvider>();

  constructor(plan: Plan, options: ProviderOptions) {
    this.#plan = plan;
    this.#options = options;
  }

  /** Has agents of this name made from here on; null: they are. */
  async open(name: string): Promise<Failed | null> {
    return this.#open(name, name, this.#plan, this.#options.models);
  }

  /** The same for a pool that is switched to them; `model` null: the one that they take for it. */
  async switch(pool: PoolKind, name: string, model: string | null): Promise<Failed | null> {
    const { models } = this.#options;
    // A script has no models, and plays its turns once.
    if (!ofModels.includes(name)) return this.open(name);
    const plan = switchedIn(this.#plan, pool, name, model);
    const key = keyOf(name, pool, model);
    return this.#open(key, name, plan, models === null ? null : withoutChoice(models, pool, model));
  }

  /** Those that a plan's pool names: it was opened with the run, or when the pool was switched to it. */
  of({ pools }: Pick<Plan, 'pools'>, pool: PoolKind): AgentProvider {
    const { agent, model } = pools[pool];
    const switched = this.#opened.get(keyOf(agent, pool, model));
    return switched ?? this.#opened.get(agent) ?? absentAgents(agent);
  }

  async #open(
    key: string,
    name: string,
    plan: Plan,
    models: ModelOptions | null,
  ): Promise<Failed | null> {
    if (this.#opened.has(key)) return null;
    const opened: OpenedProvider =
      models === null
        ? { ok: true, provider: absentAgents(name) }
        : await openProvider(name, plan, { ...this.#options, models });
    if (!opened.ok) return opened;
    this.#opened.set(key, opened.provider);
    return null;
  }
}

/** Of a pool that was switched: its model may be another than that of the provider's other pools. */
const keyOf = (agent: string, pool: PoolKind, model: string | null): string =>
  `${agent} ${pool} ${model ?? ''}`;

/** Makes the agent providers that a plan's pools name; each once. */
export async function openProviders(
  plan: Plan,
  options: ProviderOptions,
): Promise<OpenedProviders> {
  const providers = new Providers(plan, options);
  for (const pool of poolKinds) {
    const failure = await providers.open(plan.pools[pool].agent);
    if (failure !== null) return failure;
  }
  const { models } = options;
  const asked = poolKinds.filter((pool) => ofModels.includes(plan.pools[pool].agent));
  const notes = models === null ? [] : priceNotes(plan, models, asked);
  return { ok: true, providers, notes };
}

/** The plan with all of its agents from one provider; null: as it is. */
export function withAgents(plan: Plan, agents: string | null): Plan {
  if (agents === null) return plan;
  const from = (pool: Pool): Pool => (pool.agent === agents ? pool : { ...pool, agent: agents });
  const { planners, builders, reviewers } = plan.pools;
  return {
    ...plan,
    pools: { planners: from(planners), builders: from(builders), reviewers: from(reviewers) },
  };
}

/** The plan as it is once a driver has switched all pools to one provider; null: as it is. */
export const switchedTo = (plan: Plan, agents: string | null): Plan =>
  agents === null
    ? plan
    : poolKinds.reduce(
        (next, pool) =>
          next.pools[pool].agent === agents ? next : switchedIn(next, pool, agents, null),
        plan,
      );

/** Makes the provider whose agents plan a goal: there is no plan yet to name one. */
export async function openPlanner(options: PlannerOptions): Promise<OpenedProvider> {
  const { workspace, agents, script } = options;
  const folder = script === null ? join(workspace, 'script') : resolve(workspace, script);
  const isThere = (await lstat(folder).catch(() => null))?.isDirectory() === true;
  const name = agents ?? (script !== null || isThere ? 'scripted' : 'anthropic');
  return openProvider(name, null, { ...options, script: folder });
}

export type PlannerOptions = ProviderOptions & {
  /** The provider that plans; null: the scripted one where there is a script. */
  readonly agents: string | null;
  readonly models: ModelOptions;
};

type MakingOptions = ProviderOptions & { readonly models: ModelOptions };

/** `plan`: null before there is one. */
async function openProvider(
  name: string,
  plan: Plan | null,
  options: MakingOptions,
): Promise<OpenedProvider> {
  switch (name) {
    case 'scripted':
      return openScript(options.script, options.clock, plan);
    case 'anthropic':
      return openAnthropic(plan, { ...options, clock: clockOf(name, options.clock) });
    case 'claude-code':
      return openClaudeCode(plan, { ...options, clock: clockOf(name, options.clock) });
    case 'vscode-lm':
      return openEditorModels(plan, { ...options, clock: clockOf(name, options.clock) });
    default:
      return unknownAgents(name);
  }
}

/** Why nobody can be named so, whoever drives; null: somebody can. */
export const noSuchAgents = (name: string): Failed | null =>
  knownAgents.includes(name) ? null : unknownAgents(name);

const unknownAgents = (name: string): Failed =>
  failed(
    'unknown-agents',
    phrase(
      'this version has no agents named {0}; use anthropic, claude-code, vscode-lm or scripted',
      name,
    ),
  );

async function openScript(
  script: string | null,
  clock: Clock,
  plan: Plan | null,
): Promise<OpenedProvider> {
  if (script === null) {
    return failed(
      'no-script',
      phrase('scripted agents need a script: give its folder with --script'),
    );
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
