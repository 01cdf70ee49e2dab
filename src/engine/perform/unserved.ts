import type { Amount } from '../../core/budget.ts';
import type { RecordUnserved } from '../../core/commands/agent-result.ts';
import type { TreeId } from '../../core/ids.ts';
import type { ProviderTrouble } from '../../core/provider-trouble.ts';
import { poolOfWork } from '../../core/scopes.ts';
import type { RunState } from '../../core/state.ts';
import type { AgentFailureCode, Failed } from '../agents/outcome.ts';
import type { SupervisedOutcome } from '../agents/supervision.ts';
import type { Unstamped } from '../run-loop.ts';

/** An agent's failure for which its provider is to blame, whatever it was asked. */
export interface Unserved extends Failed {
  readonly code: ProviderTrouble & AgentFailureCode;
}

/** Whether it was the provider: then the work is done again, and counts as no attempt. */
export const isUnserved = (outcome: SupervisedOutcome): outcome is Unserved =>
  outcome.kind === 'failed' && troubles.has(outcome.code);

const troubles: ReadonlySet<AgentFailureCode> = new Set([
  'provider-down',
  'unauthorised',
  'unpaid',
  'no-model',
] satisfies (ProviderTrouble & AgentFailureCode)[]);

/**
 * The end of work whose agent was not served. `state`: in which it was ordered, so that a pool that was
 * switched meanwhile is not blamed for the provider that it had. `spent`: with what went before. `seed`: what a
 * builder leaves.
 */
export function unserved(
  effect: RecordUnserved['effect'],
  state: RunState,
  { code, message, retry }: Unserved,
  spent: Amount,
  seed: TreeId | null = null,
): Unstamped<RecordUnserved> {
  const { agent: provider, model } = state.plan.pools[poolOfWork(effect.type)];
  return {
    type: 'record-unserved',
    order: effect.order,
    effect,
    provider,
    model,
    code,
    message,
    restMs: retry.kind === 'retryable' ? retry.afterMs : 0,
    seed,
    spent,
  };
}
