import { systemClock, type Clock } from '../../../src/engine/clock.ts';
import { CacheAccount, promptTokens, type PromptTokens } from './cache-account.ts';
import { eventText, eventsOf, stopOf } from './events.ts';
import { errorTypeOf, type Fault, type Faults } from './faults.ts';
import { RateBuckets, type RateLimits } from './rate-buckets.ts';
import {
  tokensOfText,
  type MessagesBody,
  type Received,
  type Reply,
  type WireMessage,
} from './wire.ts';

export interface ServiceOptions {
  /** What the model says; `said` is how often it was asked before, count requests left out. */
  readonly script: (body: MessagesBody, said: number) => Reply | Promise<Reply>;
  /** Any key is taken where it is left out. */
  readonly key?: string;
  readonly limits?: RateLimits;
  readonly faults?: Faults;
  /** Tokens below which a prefix is not kept; 0: none is too short. */
  readonly leastCached?: number;
  readonly clock?: Clock;
  /** As compatible servers that do not count do. */
  readonly tellsNoUsage?: boolean;
  /** How long the model takes until its answer begins. */
  readonly latencyMs?: (received: Received) => number;
}

/** An answer as it goes over the wire: its head, its pieces, and how it ends. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly pieces: readonly string[];
  /** `reset`: the connection is cut; `stall`: it stays open and nothing more comes. */
  readonly ending: 'end' | 'reset' | 'stall';
}

/** A Messages API that says what a script says, and keeps account of all that it is asked. */
export class MessagesService {
  readonly requests: Received[] = [];
  readonly clock: Clock;
  readonly #options: ServiceOptions;
  readonly #cache: CacheAccount;
  readonly #buckets: RateBuckets;
  #said = 0;

  constructor(options: ServiceOptions) {
    this.#options = options;
    this.clock = options.clock ?? systemClock();
    this.#cache = new CacheAccount(options.leastCached ?? 0);
    this.#buckets = new RateBuckets(options.limits ?? {}, this.clock);
  }

  /** How many requests for messages were answered with this status. */
  answered(status: number): number {
    return this.messages.filter((request) => request.status === status).length;
  }

  /** Without those that only count tokens. */
  get messages(): Received[] {
    return this.requests.filter(({ path }) => path === '/v1/messages');
  }

  receive(path: string, headers: Received['headers'], text: string): Received {
    const received: Received = {
      n: this.requests.length,
      path,
      headers,
      body: parsed(text),
      at: this.clock.monotonic(),
      status: 0,
      fault: null,
      usage: null,
      left: false,
    };
    this.requests.push(received);
    return received;
  }

  async answer(received: Received): Promise<WireAnswer> {
    const answer = await this.#answer(received);
    received.status = answer.status;
    return answer;
  }

  async #answer(received: Received): Promise<WireAnswer> {
    const { path, body } = received;
    if (!this.#knows(received.headers)) return failure(401, 'invalid x-api-key', {});
    const isCount = path === '/v1/messages/count_tokens';
    if (!isCount && path !== '/v1/messages') return failure(404, `no route ${path}`, {});
    const empty = body.messages.findIndex(({ content }) => isEmpty(content));
    if (empty >= 0) return failure(400, `messages.${empty}: content must be non-empty`, {});
    if (isCount) return this.#count(received);
    let prompt: PromptTokens;
    try {
      prompt = this.#cache.measure(body);
    } catch (error) {
      return failure(400, String(error), {});
    }
    const fault = this.#options.faults?.(received) ?? null;
    received.fault = fault?.kind ?? null;
    const admitted = this.#buckets.admit(prompt.fresh + prompt.written);
    const limits = this.#buckets.headers();
    if (!admitted.ok) {
      const headers = { ...limits, 'retry-after': String(Math.ceil(admitted.after)) };
      return failure(429, 'this would exceed your rate limit', headers);
    }
    if (fault?.kind === 'status') {
      return failure(fault.status, fault.message ?? `fault ${fault.status}`, {
        ...limits,
        ...fault.headers,
      });
    }
    const wait = this.#options.latencyMs?.(received) ?? 0;
    if (wait > 0) await this.clock.sleep(wait);
    return this.#generate(received, { prompt, fault, limits });
  }

  #count(received: Received): WireAnswer {
    const fault = this.#options.faults?.(received) ?? null;
    received.fault = fault?.kind ?? null;
    if (fault === null) return json(200, { input_tokens: promptTokens(received.body) }, {});
    if (fault.kind === 'status') {
      const message = fault.message ?? `fault ${fault.status}`;
      return failure(fault.status, message, { ...fault.headers });
    }
    const ending = fault.kind === 'stall' ? 'stall' : 'reset';
    return { status: 200, headers: {}, pieces: [], ending };
  }

  #knows(headers: Received['headers']): boolean {
    const key = headers['x-api-key'] ?? /^Bearer (.+)$/.exec(String(headers.authorization))?.[1];
    return key !== undefined && (this.#options.key === undefined || key === this.#options.key);
  }

  async #generate(received: Received, { prompt, fault, limits }: Admitted): Promise<WireAnswer> {
    const { body } = received;
    this.#cache.keep(body);
    const reply = await this.#options.script(body, this.#said++);
    const usage = {
      input_tokens: prompt.fresh,
      cache_creation_input_tokens: prompt.written,
      cache_read_input_tokens: prompt.read,
      output_tokens: Math.max(1, tokensOfText(JSON.stringify(reply.content))),
    };
    received.usage = usage;
    this.#buckets.produced(usage.output_tokens);
    const message = {
      id: `msg_${received.n}`,
      type: 'message',
      role: 'assistant',
      model: body.model,
      stop_sequence: null,
    };
    if (body.stream !== true) {
      const whole = { ...message, content: reply.content, stop_reason: stopOf(reply), usage };
      return json(200, whole, limits);
    }
    const told = this.#options.tellsNoUsage === true ? unsaid : usage;
    const pieces = eventsOf(message, reply, told).map(eventText);
    const head = { ...limits, 'content-type': 'text/event-stream', 'cache-control': 'no-cache' };
    return { status: 200, headers: head, ...broken(pieces, fault) };
  }
}

const unsaid = {
  input_tokens: 0,
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: 0,
  output_tokens: 0,
};

/** A request that nothing speaks against. */
interface Admitted {
  readonly prompt: PromptTokens;
  readonly fault: StreamFault | null;
  readonly limits: Record<string, string>;
}

type StreamFault = Exclude<Fault, { kind: 'status' }>;

function broken(
  pieces: string[],
  fault: StreamFault | null,
): Pick<WireAnswer, 'pieces' | 'ending'> {
  switch (fault?.kind) {
    case undefined:
      return { pieces, ending: 'end' };
    case 'reset':
      return { pieces: [pieces.join('').slice(0, fault.afterBytes)], ending: 'reset' };
    case 'truncated':
      return { pieces: pieces.slice(0, Math.min(fault.events, pieces.length - 1)), ending: 'end' };
    case 'stall':
      return { pieces: pieces.slice(0, fault.events), ending: 'stall' };
    case 'malformed':
      return {
        pieces: pieces.toSpliced(2, 0, 'event: content_block_delta\ndata: {"ind\n\n'),
        ending: 'end',
      };
    case 'error-event': {
      const error = { type: 'error', error: { type: fault.type, message: `fault ${fault.type}` } };
      return { pieces: [...pieces.slice(0, 3), eventText(error)], ending: 'end' };
    }
  }
}

/** Neither a message without a block nor a block of blank text is taken. */
function isEmpty(content: WireMessage['content']): boolean {
  if (typeof content === 'string') return content.trim() === '';
  return (
    content.length === 0 ||
    content.some(({ text }) => typeof text === 'string' && text.trim() === '')
  );
}

function parsed(text: string): MessagesBody {
  const body = JSON.parse(text === '' ? '{}' : text) as Partial<MessagesBody>;
  return { model: '', max_tokens: 0, messages: [], ...body };
}

const json = (status: number, value: object, headers: Record<string, string>): WireAnswer => ({
  status,
  headers: { ...headers, 'content-type': 'application/json' },
  pieces: [JSON.stringify(value)],
  ending: 'end',
});

const failure = (status: number, message: string, headers: Record<string, string>): WireAnswer =>
  json(status, { type: 'error', error: { type: errorTypeOf(status), message } }, headers);
