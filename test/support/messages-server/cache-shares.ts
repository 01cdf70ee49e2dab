import { promptTokens } from './cache-account.ts';
import type { MessagesBody, Received, WireBlock } from './wire.ts';

/** How much of what the agents of a role read came from the cache, its first request left out. */
export interface CacheShare {
  readonly requests: number;
  /** Of all input tokens. */
  readonly ofInput: number;
  /** Of the tokens in front of the conversation: tools, instructions, sources of truth, contract. */
  readonly ofPrefix: number;
}

/** By role, told by the prompts' own words. */
export function cacheShares(requests: readonly Received[]): ReadonlyMap<string, CacheShare> {
  const roles = new Map<string, Received[]>();
  for (const request of requests) {
    if (request.usage === null) continue;
    const role = roleOf(request.body);
    roles.set(role, [...(roles.get(role) ?? []), request]);
  }
  return new Map([...roles].map(([role, [, ...later]]) => [role, shareOf(later)]));
}

const roleOf = ({ messages }: MessagesBody): string =>
  /Role: ([a-z ]+)/.exec(JSON.stringify(messages[0]))?.[1] ?? 'nobody';

function shareOf(requests: readonly Received[]): CacheShare {
  let [input, read, prefix, prefixRead] = [0, 0, 0, 0];
  for (const { body, usage } of requests) {
    if (usage === null) continue;
    const { input_tokens, cache_creation_input_tokens, cache_read_input_tokens } = usage;
    input += input_tokens + cache_creation_input_tokens + cache_read_input_tokens;
    read += cache_read_input_tokens;
    const front = promptTokens({ ...body, messages: [] });
    prefix += front;
    prefixRead += Math.min(front, cache_read_input_tokens);
  }
  return { requests: requests.length, ofInput: read / input, ofPrefix: prefixRead / prefix };
}

/** The words in front of a prompt's conversation. */
export const systemText = ({ system = [] }: MessagesBody): string =>
  typeof system === 'string'
    ? system
    : system.map(({ text }: WireBlock) => String(text)).join('\n');
