import { noUsage, tokensOf, type ModelUsage } from '../../../core/usage.ts';
import type { Clock } from '../../clock.ts';
import type { ModelReply } from '../model/chat-model.ts';
import { BrokenStream } from './broken-stream.ts';
import { failureOf, type Failure } from './failure.ts';
import { RequestFailure, type MessagesClient } from './messages-client.ts';
import type { Turn } from './rate-lane.ts';
import { ReplyReader } from './reply-reader.ts';
import { StallWatch } from './stall-watch.ts';

/** What one try came to. */
export type Tried =
  /** `isTold`: the service said what was used; else that is reckoned here, and proves no prompt's size. */
  | { readonly ok: true; readonly reply: Answer; readonly isTold: boolean }
  | { readonly ok: false; readonly failure: Failure; readonly usage: ModelUsage };

type Answer = Pick<ModelReply, 'content' | 'stop' | 'usage'>;

export interface TryOptions {
  readonly client: MessagesClient;
  readonly body: object;
  readonly turn: Turn;
  readonly clock: Clock;
  /** The patience with a service that says nothing at all; it pings while a model thinks. */
  readonly stallMs: number;
  /** About how many tokens the prompt has. */
  readonly promptTokens: number;
  readonly hear: (text: string) => void;
  readonly signal: AbortSignal;
}

/** How long it may ping and say nothing else: no model thinks that long without a word of it. */
const silenceMs = 10 * 60_000;
/** The connection is kept for the next request if the answer's end comes soon after its last word. */
const endMs = 1_000;

/** Makes a request once. Rejects with `signal`'s reason, or for a bug. */
export async function tryOnce(options: TryOptions): Promise<Tried> {
  const { client, body, turn, clock, stallMs, signal } = options;
  const reader = new ReplyReader(options.hear);
  using silence = new StallWatch(clock, signal);
  using watch = new StallWatch(clock, silence.signal);
  let isServed = false;
  try {
    signal.throwIfAborted();
    watch.expect(stallMs);
    silence.expect(silenceMs);
    const { headers, events } = await client.stream(body, watch.signal);
    turn.answered(headers);
    isServed = true;
    for await (const event of events) {
      reader.take(event);
      if (event.event !== 'ping') silence.expect(silenceMs);
      watch.expect(reader.ended ? endMs : stallMs);
    }
    return answered(reader.reply(), options);
  } catch (error) {
    signal.throwIfAborted();
    if (reader.ended) return answered(reader.reply(), options);
    const failure = failureOf(causeOf(error, watch, silence), clock.now());
    if (error instanceof RequestFailure && error.headers !== null) turn.answered(error.headers);
    if (failure.kind === 'passing' && failure.limited) turn.refused(failure.afterMs);
    // Whoever begins an answer has read the prompt, be it that nothing of the answer came.
    const unheard = isServed && tokensOf(reader.usage) === 0;
    const usage = unheard ? { ...noUsage, input: options.promptTokens } : reader.usage;
    return { ok: false, failure, usage };
  } finally {
    turn.over(allowanceUsed(reader.usage));
  }
}

/** An answer that nobody counted is not for nothing: not every service that speaks the protocol counts. */
function answered(reply: Answer, { promptTokens }: TryOptions): Tried {
  const { input, cacheRead, cacheWrite } = reply.usage;
  if (input + cacheRead + cacheWrite > 0) return { ok: true, reply, isTold: true };
  const usage = { ...reply.usage, input: promptTokens };
  return { ok: true, reply: { ...reply, usage }, isTold: false };
}

function causeOf(
  error: unknown,
  watch: StallWatch,
  silence: StallWatch,
): RequestFailure | BrokenStream {
  const broken = (what: string, ms: number) =>
    new BrokenStream(`${what} for ${Math.round(ms / 1000)} s`);
  if (watch.stalledMs !== null) return broken('nothing was said', watch.stalledMs);
  if (silence.stalledMs !== null) return broken('nothing but pings came', silence.stalledMs);
  if (error instanceof RequestFailure || error instanceof BrokenStream) return error;
  throw error;
}

/** What is read from the cache does not count against the allowance. */
const allowanceUsed = ({ input, cacheWrite, output }: ModelUsage) => ({
  input: input + cacheWrite,
  output,
});
