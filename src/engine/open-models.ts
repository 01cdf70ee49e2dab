import { told, type Phrase, type Told } from '../core/phrase.ts';
import { zeroAmount } from '../core/budget.ts';
import { hidesMoney } from '../core/metering.ts';
import {
  poolKinds,
  poolRoles,
  type Plan,
  type PoolKind,
  type PoolRole,
} from '../core/plan/plan.ts';
import type { AgentProvider } from './agents/agent.ts';
import { baseURLFault, shownBaseURL } from './agents/anthropic/base-url.ts';
import {
  defaultBaseURL,
  sharedConnection,
  type Connection,
} from './agents/anthropic/connection.ts';
import type { ClaudeCodePlaces } from './agents/claude-code/load-sdk.ts';
import type { AgentDefinition } from './agents/claude-code/agent-definition.ts';
import type { ChatModel } from './agents/model/chat-model.ts';
import type { ModelOptions, ModelService } from './agents/model-service.ts';
import { pricesAsOf } from './agents/models/anthropic-models.ts';
import { unpricedModels } from './agents/models/pool-models.ts';
import type { ModelChoice } from './agents/model-choice.ts';
import { switchedPool } from '../core/plan/switched-pool.ts';
import type { AgentTask } from './agents/task.ts';
import type { Clock } from './clock.ts';
import { currentKey } from './known-keys.ts';

export type OpenedProvider = { readonly ok: true; readonly provider: AgentProvider } | Failed;

/** Why there are no such agents: what, where, and what to do. */
export interface Failed extends Told {
  readonly ok: false;
  readonly code: string;
}

interface OpeningOptions {
  /** Absolute. */
  readonly workspace: string;
  readonly clock: Clock;
  readonly models: ModelOptions;
}

/** Providers whose agents are models that a service is paid for. */
export const ofModels: readonly string[] = ['anthropic', 'claude-code', 'vscode-lm'];

/** `plan`: null before there is one. */
export async function openAnthropic(
  plan: Plan | null,
  { models: { choice, service }, clock }: OpeningOptions,
): Promise<OpenedProvider> {
  const paid = serviceOf('anthropic', service);
  if (!paid.ok) return paid;
  const latest = latestOf('anthropic', service, paid);
  const connection = (): Connection => connectionTo(latest());
  // Tools, prompts and schemas are loaded where they are used.
  const { anthropicAgents } = await import('./agents/anthropic/anthropic-agents.ts');
  const provider = anthropicAgents({ plan, choice, connection, clock });
  return { ok: true, provider: onlyPaid(provider, service) };
}

/** `plan`: null before there is one. */
export async function openClaudeCode(
  plan: Plan | null,
  { workspace, models: { choice, service, claudeCode }, clock }: OpeningOptions,
): Promise<OpenedProvider> {
  const paid = serviceOf('claude-code', service);
  if (!paid.ok) return paid;
  const [{ claudeCodeAgents }, { loadDefinition }, { loadSdk }] = await Promise.all([
    import('./agents/claude-code/claude-code-agents.ts'),
    import('./agents/claude-code/agent-definition.ts'),
    import('./agents/claude-code/load-sdk.ts'),
  ]);
  const places: ClaudeCodePlaces = claudeCode ?? { sdk: null, executable: null };
  const fault =
    places.executable === null
      ? null
      : await (
          await import('./agents/claude-code/executable-fault.ts')
        ).executableFault(places.executable, process.env.PATH ?? '', places.executableSaidBy);
  if (fault !== null) return failed('no-claude-code', fault);
  const loaded = await loadSdk(places);
  if (!loaded.ok) return loaded;
  const definitions: Partial<Record<PoolRole, AgentDefinition>> = {};
  for (const pool of poolKinds) {
    const named = plan?.pools[pool].definition ?? null;
    for (const role of poolRoles[pool]) {
      const name = typeof named === 'string' ? named : (named?.[role] ?? null);
      if (name === null) continue;
      const read = await loadDefinition(workspace, name);
      if (!read.ok) return read;
      definitions[role] = read.definition;
    }
  }
  const { sdk } = loaded;
  const { executable } = places;
  const latest = latestOf('claude-code', service, paid);
  const paced = () => {
    const now = latest();
    return { paid: now, limiter: connectionTo(now).limiter };
  };
  const of = { plan, choice, service: paced, sdk, executable, definitions, clock };
  return { ok: true, provider: onlyPaid(claudeCodeAgents(of), service) };
}

/** `plan`: null before there is one. */
export async function openEditorModels(
  plan: Plan | null,
  { models: { choice, editor }, clock }: OpeningOptions,
): Promise<OpenedProvider> {
  if (editor === undefined) {
    const message =
      'vscode-lm agents are language models of the editor, and are there alone: start the run in VS Code, or take agents from elsewhere (anthropic, claude-code)';
    return failed('only-in-editor', message);
  }
  const models: Partial<Record<PoolKind, ChatModel>> = {};
  for (const pool of poolKinds) {
    const planned = plan?.pools[pool];
    // A model that is named for agents from elsewhere is none of the editor's.
    const name = planned?.agent === 'vscode-lm' ? planned.model : null;
    const opened = await editor.open(choice[pool] ?? name);
    if (!opened.ok) return opened;
    models[pool] = opened.model;
  }
  const { planners, builders, reviewers } = models as Record<PoolKind, ChatModel>;
  const [{ modelAgents }, { poolOf }] = await Promise.all([
    import('./agents/model/model-agents.ts'),
    import('./agents/models/pool-models.ts'),
  ]);
  const of: Record<PoolKind, ChatModel> = { planners, builders, reviewers };
  const model = (role: AgentTask['role']): ChatModel => of[poolOf(role)];
  const provider = modelAgents({ name: 'vscode-lm', metered: 'estimated', model, clock });
  return { ok: true, provider };
}

interface Paid {
  readonly apiKey: string;
  readonly baseURL: string | null;
}

const connectionTo = ({ apiKey, baseURL }: Paid): Connection =>
  sharedConnection({ apiKey, baseURL: baseURL ?? defaultBaseURL });

/** None of its agents begins with a key that was taken away; what is at work goes on with it until it ends. */
const onlyPaid = (provider: AgentProvider, service: ModelService): AgentProvider => ({
  ...provider,
  perform: (task, link, signal) => {
    if (currentKey(service) !== null) return provider.perform(task, link, signal);
    const { message } = noKey(provider.name, service);
    const [code, retry] = ['unauthorised', { kind: 'terminal' }] as const;
    return Promise.resolve({ kind: 'failed', code, message, retry, spent: zeroAmount });
  },
});

const noKey = (agents: string, { keyHint }: ModelService): Failed =>
  failed('no-key', `${agents} agents need an API key, and there is none: ${keyHint}`);

/** Who pays now, and where; as it was before where that would be sent to a place that is none. */
function latestOf(agents: string, service: ModelService, paid: Paid): () => Paid {
  let latest = paid;
  return () => {
    const now = serviceOf(agents, service);
    if (now.ok) latest = now;
    return latest;
  };
}

/** Who pays, and where; or why nobody can be asked. */
function serviceOf(agents: string, service: ModelService) {
  const { baseURL } = service;
  const apiKey = currentKey(service);
  if (apiKey === null) return noKey(agents, service);
  const fault = baseURL === null ? null : baseURLFault(baseURL);
  if (baseURL !== null && fault !== null) {
    const from = service.baseURLFrom ?? 'the base URL';
    const shown = shownBaseURL(baseURL) ?? 'no place for it';
    const message = `the service cannot be asked there; ${from} says ${shown}: ${fault}`;
    return failed('bad-base-url', message);
  }
  const unsure = service.addressFault ?? null;
  if (unsure !== null) return failed('unsure-base-url', unsure);
  return { ok: true, apiKey, baseURL } as const;
}

/** Whether the key is needed for agents of a plan. */
export const paysWithKey = ({ pools }: Pick<Plan, 'pools'>): boolean =>
  poolKinds.some((pool) => ['anthropic', 'claude-code'].includes(pools[pool].agent));

/** What a person should know of the models and their prices before they work. */
export function priceNotes(
  plan: Plan,
  { choice }: Pick<ModelOptions, 'choice'>,
  pools: readonly PoolKind[],
): readonly string[] {
  const chosen = poolKinds.filter((pool) => choice[pool] !== undefined);
  const vain = chosen.length > 0 && chosen.every((pool) => plan.pools[pool].agent === 'scripted');
  const inVain = vain
    ? [`scripted agents are no model: the one that is named for ${chosen.join(', ')} has no effect`]
    : [];
  const telling = pools.filter((pool) => !hidesMoney(plan, pool));
  const remedy =
    'The budget in money does not bound it; say what it costs in the plan, under models';
  const unknown = unpricedModels(plan, choice, telling).map((id) => unpriced(id, remedy));
  return [...inVain, ...unknown];
}

/** The same of those who plan a goal, before there is a plan. */
export function planningPriceNotes(
  provider: string,
  { choice }: Pick<ModelOptions, 'choice'>,
): readonly string[] {
  const remedy = 'What planning may use up is bounded in tokens, turns and minutes alone';
  if (provider === 'vscode-lm') {
    return [`nobody knows what models of the editor cost: they do not tell. ${remedy}`];
  }
  if (!ofModels.includes(provider)) return [];
  return unpricedModels(null, choice, ['planners']).map((id) => unpriced(id, remedy));
}

const unpriced = (id: string, remedy: string): string =>
  `nobody knows what ${id} costs: the list of prices, of ${pricesAsOf}, does not hold it. ${remedy}`;

/** The plan with one pool switched to other agents. */
export const switchedIn = (
  plan: Plan,
  pool: PoolKind,
  agent: string,
  model: string | null,
): Plan => ({
  ...plan,
  pools: { ...plan.pools, [pool]: switchedPool(plan.pools[pool], agent, model) },
});

/** A model that a person names for a pool comes before the one that was chosen at the start. */
export function withoutChoice<Options extends Pick<ModelOptions, 'choice'>>(
  options: Options,
  pool: PoolKind,
  model: string | null,
): Options {
  return model === null ? options : { ...options, choice: { ...options.choice, [pool]: model } };
}

/** What whoever switches a pool should know of the price of its agents. */
export function switchNotes(
  plan: Plan,
  pool: PoolKind,
  agent: string,
  model: string | null,
  settings: { readonly models: ModelChoice } | null,
): readonly string[] {
  if (!ofModels.includes(agent)) return [];
  const switched = switchedIn(plan, pool, agent, model);
  return priceNotes(switched, withoutChoice({ choice: settings?.models ?? {} }, pool, model), [
    pool,
  ]);
}

/** `says`: a phrase where people of a window are told of it. */
export const failed = (code: string, says: string | Phrase): Failed => ({
  ...{ ok: false, code },
  ...(typeof says === 'string' ? { message: says } : told(says)),
});
