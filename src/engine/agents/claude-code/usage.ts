import type { ModelUsage as SessionUsage } from '@anthropic-ai/claude-agent-sdk';
import { addUsage, noUsage, type ModelUsage } from '../../../core/usage.ts';

/** Tokens as the service tells them while it streams; what it leaves out is none. */
interface WireUsage {
  readonly input_tokens?: number | null;
  readonly output_tokens?: number | null;
  readonly cache_creation_input_tokens?: number | null;
  readonly cache_read_input_tokens?: number | null;
}

/** `before` stands where this does not say. */
export const usageOf = (wire: WireUsage, before: ModelUsage = noUsage): ModelUsage => ({
  input: count(wire.input_tokens, before.input),
  cacheRead: count(wire.cache_read_input_tokens, before.cacheRead),
  cacheWrite: count(wire.cache_creation_input_tokens, before.cacheWrite),
  output: count(wire.output_tokens, before.output),
});

/** All that a session says that it used, whichever model it was. */
export const totalUsage = (all: Readonly<Record<string, SessionUsage>>): ModelUsage =>
  Object.values(all)
    .map((its) => ({
      input: count(its.inputTokens, 0),
      cacheRead: count(its.cacheReadInputTokens, 0),
      cacheWrite: count(its.cacheCreationInputTokens, 0),
      output: count(its.outputTokens, 0),
    }))
    .reduce(addUsage, noUsage);

const count = (told: number | null | undefined, before: number): number =>
  typeof told === 'number' && Number.isSafeInteger(told) && told >= 0 ? told : before;
