import type { Amount } from '../../../core/budget.ts';
import { tokensOf, type ModelUsage } from '../../../core/usage.ts';
import type { Clock } from '../../clock.ts';
import {
  CallUnsent,
  ModelFailure,
  type CallCost,
  type ChatModel,
  type ModelReply,
  type ModelRequest,
} from '../model/chat-model.ts';
import { callBound, callCost } from '../models/cost.ts';
import type { ModelFacts } from '../models/model-facts.ts';
import type { Connection } from './connection.ts';
import { tryOnce } from './one-try.ts';
import { countedTokens } from './count-tokens.ts';
import { Patience } from './patience.ts';
import { bytesPerToken, type PromptSize } from './prompt-sizes.ts';
import { promptBody } from './request-body.ts';

export interface AnthropicModelOptions {
  readonly id: string;
  readonly facts: ModelFacts;
  readonly connection: Connection;
  /** Of real speed, as the service's. */
  readonly clock: Clock;
  /** From 0 to 1, without 1: spreads what is tried again. */
  readonly random: () => number;
  readonly stallMs?: number;
}

/** How long nothing may come; the service pings every few seconds. */
const patienceMs = 120_000;
/** An answer that has begun and says nothing for so long is waited for like one that has not. */
const quietMs = 10_000;

/** A model behind the Messages API. */
export function anthropicModel(options: AnthropicModelOptions): ChatModel {
  const { id, facts } = options;
  return {
    id,
    contextTokens: facts.contextTokens,
    outputTokens: facts.outputTokens,
    priced: facts.prices !== null,
    bound: async (request, signal): Promise<Amount> => {
      const prompt = await countedTokens(options, request, signal);
      return callBound(prompt, outputOf(request, facts), facts.prices);
    },
    call: (request, hear, signal, again, waits = noOneWaits) =>
      call(options, request, { hear, signal, again, waits }),
  };
}

interface Hooks {
  readonly hear: (text: string) => void;
  readonly signal: AbortSignal;
  readonly again: (broken: CallCost) => boolean;
  readonly waits: (isWaiting: boolean) => void;
}

const noOneWaits = (): void => undefined;

async function call(
  { id, facts, connection, clock, random, stallMs = patienceMs }: AnthropicModelOptions,
  request: ModelRequest,
  { hear: say, signal, again, waits }: Hooks,
): Promise<ModelReply> {
  const { limiter, sizes, redact } = connection;
  const body = { ...promptBody(id, request), max_tokens: outputOf(request, facts) };
  const client = await connection.client();
  let quiet: Disposable | null = null;
  const hear = (said: string): void => {
    waits(false);
    quiet?.[Symbol.dispose]();
    quiet = clock.after(quietMs, () => waits(true), { background: true });
    say(said);
  };
  const patience = new Patience(clock, random);
  for (;;) {
    // For its turn, for an answer to begin, and for the service to be in order again.
    waits(true);
    const { counted, rest, fresh } = sizes.sizeOf(id, request);
    const promptTokens = counted + Math.ceil(rest / bytesPerToken);
    const turn = await unlessEnded(limiter.turn(id, fresh, signal), signal);
    const on = { client, body, turn, clock, stallMs, promptTokens, hear, signal };
    const tried = await tryOnce(on).finally(() => quiet?.[Symbol.dispose]());
    if (tried.ok) {
      const { content, stop, usage } = tried.reply;
      const reply = { content, stop, usage, cost: callCost(usage, facts.prices, 1) };
      if (tried.isTold) sizes.learnReply(id, request, reply);
      return reply;
    }
    const { failure } = tried;
    waits(true);
    const broken = brokenCost(tried.usage, facts);
    const message = redact(failure.message);
    if (failure.kind === 'terminal') {
      const isFull =
        failure.code === 'bad-request' &&
        fillsContext(body.max_tokens, sizes.sizeOf(id, request), facts);
      throw new ModelFailure(isFull ? 'too-large' : failure.code, message, broken);
    }
    const waitMs = patience.next(failure);
    if (waitMs === null) {
      const tries = `${patience.tries} tries in ${Math.round(patience.spentMs / 1000)} s`;
      throw new ModelFailure('provider-down', `${tries}; the last: ${message}`, broken);
    }
    // Waited for first: whoever is not let on may ask for less at once.
    if (waitMs > 0) await unlessEnded(clock.sleep(waitMs, signal), signal, broken);
    if (tokensOf(broken.usage) > 0 && !again(broken)) {
      throw new ModelFailure('unaffordable', `a try broke off: ${message}`);
    }
  }
}

/** Waits while no request is under way; `spent` is what the last one has cost and nobody was told. */
async function unlessEnded<T>(
  waiting: Promise<T>,
  signal: AbortSignal,
  spent?: CallCost,
): Promise<T> {
  try {
    return await waiting;
  } catch (error) {
    if (signal.aborted) throw new CallUnsent(signal.reason, spent);
    throw error;
  }
}

/** The service says `bad request` of a prompt that is too long, too; only its size tells them apart. */
const fillsContext = (
  output: number,
  { counted, rest }: PromptSize,
  { contextTokens }: ModelFacts,
) => counted + rest / bytesPerToken + output > contextTokens;

const outputOf = ({ maxOutputTokens }: ModelRequest, { outputTokens }: ModelFacts): number =>
  Math.max(1, Math.min(maxOutputTokens, outputTokens));

const brokenCost = (usage: ModelUsage, { prices }: ModelFacts): CallCost => ({
  usage,
  cost: callCost(usage, prices, 0),
});
