import type { SDKResultMessage } from '@anthropic-ai/claude-agent-sdk';
import { oneLine } from '../../../core/projections/safe-text.ts';
import { codeOf } from '../anthropic/failure.ts';
import type { AgentFailureCode, AgentOutcome, Retry } from '../outcome.ts';
import type { Unspent } from '../tools/tool.ts';

const now: Retry = { kind: 'retryable', afterMs: 0 };
const never: Retry = { kind: 'terminal' };
const later: Retry = { kind: 'retryable', afterMs: 30_000 };

export const failed = (
  code: AgentFailureCode,
  message: string,
  retry: Retry,
): Unspent<AgentOutcome> => ({ kind: 'failed', code, message: oneLine(message, 1_000), retry });

/** Statuses that Claude Code tries again for minutes, and no try changes. */
export const isForGood = (status: number | null): status is 401 | 402 | 403 =>
  status === 401 || status === 402 || status === 403;

export function refusedFor(status: number, says: string): Unspent<AgentOutcome> {
  const code = codeOf(status, says);
  const key = `the service does not take the key (${status})`;
  const what = code === 'unauthorised' ? key : says === '' ? `it answers ${status}` : says;
  return failed(code, what, never);
}

/** Why a session came to no answer; null where its result is one. A failure may call itself a success. */
export function failureOf(
  result: SDKResultMessage,
  redact: (text: string) => string,
): Unspent<AgentOutcome> | null {
  const { subtype, terminal_reason: reason } = result;
  switch (subtype) {
    case 'error_max_turns':
      return { kind: 'exhausted', what: 'turns' };
    case 'error_max_budget_usd':
      return { kind: 'exhausted', what: 'microUsd' };
    case 'error_max_structured_output_retries':
      return failed('bad-answer', 'its answer is not of the shape, however often it tried', now);
    case 'error_during_execution':
    case 'success':
      break;
  }
  if (subtype === 'success' && !result.is_error) return null;
  const text = subtype === 'success' ? result.result : result.errors.join('; ');
  const status = (subtype === 'success' ? result.api_error_status : null) ?? null;
  const says = redact(text === '' ? 'it ended without a word' : text);
  if (reason === 'prompt_too_long' || reason === 'blocking_limit') {
    return failed('context-full', `what the task needs is more than it can read: ${says}`, now);
  }
  if (reason === 'budget_exhausted') return { kind: 'exhausted', what: 'microUsd' };
  if (reason === 'max_turns') return { kind: 'exhausted', what: 'turns' };
  return byStatus(status, reason === 'api_error' || reason === 'model_error', says);
}

function byStatus(status: number | null, service: boolean, says: string): Unspent<AgentOutcome> {
  if (status === null) {
    return service
      ? failed('provider-down', says, later)
      : failed('agent-crashed', `the session ended: ${says}`, now);
  }
  const passes = status === 408 || status === 409 || status === 429 || status >= 500;
  return passes ? failed('provider-down', says, later) : refusedFor(status, says);
}
