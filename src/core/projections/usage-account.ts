import type { TaskRole } from '../events/agent.ts';
import type { NodeRef } from '../ids.ts';
import { decimal, plural, t } from '../language.ts';
import type { RunState } from '../state.ts';
import type { Cost } from '../usage.ts';
import type { Costs } from './costs.ts';
import { tokens } from './figures.ts';
import { knowledgeOfCalls, spentMoney } from './money-known.ts';
import { mostRead, type OrchestratorInput } from './orchestrator-input.ts';

/** What models were asked and what that cost, as people and other programs read it. */
export interface UsageAccount {
  readonly total: CostFigures;
  /** Modules, tiers and gates that cost something, in the order of the plan. */
  readonly by: readonly (CostFigures & { readonly for: NodeRef })[];
  readonly byRole: readonly (CostFigures & { readonly role: TaskRole })[];
  /** `model` is '' where its agents do not say. */
  readonly byModel: readonly (CostFigures & {
    readonly provider: string;
    readonly model: string;
  })[];
}

export interface CostFigures {
  readonly calls: number;
  /** Tokens that were read for the first time, that were read from a cache, that were kept in one. */
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly output: number;
  /** Tokens of calls that did not say of what kind they were. */
  readonly untold: number;
  /** null: nobody knows. Where `unpriced` is not 0 it is a part of the whole. */
  readonly microUsd: number | null;
  /** Calls whose price nobody knows. */
  readonly unpriced: number;
}

/** What the rules and the orchestrating roles have read of what agents and checks wrote, in bytes. */
export interface InputAccount {
  /** Of the module of which most was read. */
  readonly most: number;
  /** Modules, tiers and gates of which anything was read. */
  readonly by: readonly { readonly for: NodeRef; readonly bytes: number }[];
}

export function usageAccount({ graph }: RunState, costs: Costs): UsageAccount {
  const { run, byNode, byRole, byModel } = costs;
  const nodes = graph.refs.slice(0, graph.streamBase);
  return {
    total: figuresOf(run),
    by: nodes.flatMap((ref, node) => {
      const cost = byNode.get(node);
      return cost.calls === 0 ? [] : [{ for: ref, ...figuresOf(cost) }];
    }),
    byRole: [...byRole].map(([role, cost]) => ({ role, ...figuresOf(cost) })),
    byModel: [...byModel].map(([, cost]) => {
      const { provider, model } = cost;
      return { provider, model, ...figuresOf(cost) };
    }),
  };
}

export function inputAccount(state: RunState, input: OrchestratorInput): InputAccount {
  const { graph } = state;
  const nodes = graph.refs.slice(0, graph.streamBase);
  const by = nodes.flatMap((ref, node) => {
    const bytes = input.get(node);
    return bytes === 0 ? [] : [{ for: ref, bytes }];
  });
  return { most: mostRead(input, state), by };
}

export function figuresOf(cost: Cost): CostFigures {
  const { calls, tokens: used, untold, microUsd, unpriced } = cost;
  const isKnown = knowledgeOfCalls(cost) !== 'unknown';
  return { calls, ...used, untold, microUsd: isKnown ? microUsd : null, unpriced };
}

/** `12 calls: 48 k tokens in (90 % from the cache), 3.1 k out; $0.12`; '' where there were none. */
export function costWords(cost: CostFigures): string {
  const { calls, input, cacheRead, cacheWrite, output, untold } = cost;
  if (calls === 0) return '';
  const read = input + cacheRead + cacheWrite;
  const came = t('{0} tokens in', tokens(read));
  const share = Math.floor((100 * cacheRead) / Math.max(1, read));
  const parts = [
    read === 0 || cacheRead === 0 ? came : t('{0} ({1} % from the cache)', came, share),
    t('{0} out', tokens(output)),
    ...(untold === 0 ? [] : [t('{0} of unknown kind', tokens(untold))]),
  ];
  return `${plural(calls, '{0} call', '{0} calls')}: ${parts.join(', ')}; ${costMoney(cost)}`;
}

/** `$0.12`; what nobody knows is not nothing. */
export function costMoney(cost: CostFigures): string {
  const known = knowledgeOfCalls(cost);
  return known === 'unknown' ? t('money unknown') : spentMoney(cost.microUsd ?? 0, known);
}

/** `anthropic claude-sonnet-5` */
export const modelWords = ({ provider, model }: UsageAccount['byModel'][number]): string =>
  model === '' ? provider : `${provider} ${model}`;

/** `1.2 KB`, as people count bytes. */
export const bytesWords = (bytes: number): string =>
  bytes < 1_000 ? t('{0} bytes', bytes) : `${decimal(bytes / 1_000, 1)} KB`;
