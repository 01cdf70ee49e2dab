import { Random } from '../../sim/random.ts';
import type { ModelRequest } from '../../../src/engine/agents/model/chat-model.ts';
import { always, request, text, unheard, virtualModel } from './model.ts';
import type { RateLimits } from './rate-buckets.ts';

export interface Rush {
  /** Requests that were answered with a message, and with 429. */
  readonly answered: number;
  readonly refused: number;
  /** Of the scarcest allowance, the part that was used after the first minute. */
  readonly used: number;
}

export interface RushOptions {
  readonly limits: RateLimits;
  readonly builders: number;
  readonly minutes: number;
  readonly seed: number;
  /** How large each prompt is. */
  readonly promptTokens?: number;
}

/**
 * Builders that ask again as soon as they are answered, which is more than the service allows, in
 * virtual time. The first minute, in which a full bucket is there to be used, is left out.
 */
export async function rush(options: RushOptions): Promise<Rush> {
  const { limits, builders, minutes, seed, promptTokens = 50 } = options;
  const random = new Random(seed);
  const { service, clock, another } = await virtualModel({
    script: () => text('stone '.repeat(random.between(5, 40))),
    limits,
    latencyMs: () => random.between(2_000, 12_000),
  });
  const ending = new AbortController();
  clock.after(minutes * 60_000, () => ending.abort());
  const work = async (builder: number): Promise<void> => {
    const model = another('claude-sonnet-5-5');
    for (let turn = 0; !ending.signal.aborted; turn += 1) {
      await model.call(
        asked(builder, turn, promptTokens),
        unheard,
        AbortSignal.any([ending.signal]),
        always,
      );
    }
  };
  const builds = Array.from({ length: builders }, (_, builder) =>
    work(builder).catch((error: unknown) => {
      if (!ending.signal.aborted) throw error;
    }),
  );
  await clock.runUntilIdle();
  await Promise.all(builds);
  const steady = service.messages.filter(({ at }) => at >= 60_000);
  const answered = steady.filter(({ usage }) => usage !== null);
  const read = answered.reduce((sum, { usage }) => sum + usage!.input_tokens, 0);
  const steadyMinutes = minutes - 1;
  const parts = [
    answered.length / ((limits.requests ?? Infinity) * steadyMinutes),
    read / ((limits.inputTokens ?? Infinity) * steadyMinutes),
  ];
  return {
    answered: answered.length,
    refused: service.answered(429),
    used: Math.max(...parts),
  };
}

const asked = (builder: number, turn: number, tokens: number): ModelRequest =>
  request(`${builder} ${turn} ${'brick '.repeat(Math.ceil((tokens * 4) / 6))}`);
