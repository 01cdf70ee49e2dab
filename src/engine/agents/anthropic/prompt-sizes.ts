import { createHash } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { ModelMessage, ModelReply, ModelRequest } from '../model/chat-model.ts';

/** What is known of a prompt's size before it is sent. */
export interface PromptSize {
  /** Tokens of the longest beginning that was counted before; never too few. */
  readonly counted: number;
  /** Bytes of the rest: no token is shorter than one. */
  readonly rest: number;
  /** About how many tokens the service has not in its cache. */
  readonly fresh: number;
}

interface Known {
  readonly tokens: number;
  readonly at: number;
}

/** Beginnings of prompts that are remembered: several for each agent at work. */
const mostKnown = 1_000;
/** What the service wraps around a message. */
const messageBytes = 64;
/** How long the service keeps what a prompt left in its cache. */
const keptMs = 5 * 60_000;
/** Of most texts; no bound. */
export const bytesPerToken = 4;

/**
 * Remembers how many tokens prompts had, so that the next one, which goes on from one of them, is
 * bounded without asking the service.
 */
export class PromptSizes {
  readonly #clock: Clock;
  /** By digest; oldest first. */
  readonly #known = new Map<string, Known>();
  readonly #beginnings = new Beginnings();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  sizeOf(model: string, request: ModelRequest): PromptSize {
    const beginnings = this.#beginnings.of(model, request);
    const bytes = beginnings.at(-1)?.bytes ?? 0;
    const isKnown = ({ digest }: Beginning): boolean => this.#known.has(digest);
    const longest = beginnings.findLast(isKnown);
    const known = longest === undefined ? undefined : this.#known.get(longest.digest);
    const rest = bytes - (longest?.bytes ?? 0);
    const isKept = known !== undefined && this.#clock.monotonic() - known.at < keptMs;
    const fresh = Math.ceil((isKept ? rest : bytes) / bytesPerToken);
    return { counted: known?.tokens ?? 0, rest, fresh };
  }

  /** The service has counted the prompt. */
  learn(model: string, request: ModelRequest, tokens: number): void {
    const whole = this.#beginnings.of(model, request).at(-1);
    if (whole !== undefined) this.#remember(whole.digest, tokens);
  }

  /** It has answered it: with the answer at its end, a prompt has no more tokens than both had. */
  learnReply(model: string, request: ModelRequest, { content, usage }: ModelReply): void {
    const { input, cacheRead, cacheWrite, output } = usage;
    const prompt = input + cacheRead + cacheWrite;
    this.learn(model, request, prompt);
    const messages = [...request.messages, { role: 'assistant', content } as const];
    this.learn(model, { ...request, messages }, prompt + output);
  }

  #remember(digest: string, tokens: number): void {
    this.#known.delete(digest);
    this.#known.set(digest, { tokens, at: this.#clock.monotonic() });
    const [oldest] = this.#known.keys();
    if (this.#known.size > mostKnown && oldest !== undefined) this.#known.delete(oldest);
  }
}

/** The prompt up to the end of one of its messages. */
interface Beginning {
  readonly digest: string;
  readonly bytes: number;
}

/** What a message adds to all that stands before it. */
interface Added extends Beginning {
  readonly role: ModelMessage['role'];
  /** The digest of what stands before it. */
  readonly before: string;
}

interface Cut {
  readonly model: string;
  readonly all: readonly Beginning[];
}

/**
 * Cuts prompts after each of their messages. A conversation only grows, and its messages are the same
 * objects in each request: each is read once, however many requests carry it.
 */
class Beginnings {
  readonly #prompts = new WeakMap<ModelRequest, Cut>();
  /** By what is said: the reply that is learned and the one that is carried on share that. */
  readonly #added = new WeakMap<ModelMessage['content'], Added>();

  of(model: string, request: ModelRequest): readonly Beginning[] {
    const known = this.#prompts.get(request);
    if (known?.model === model) return known.all;
    const { system, tools, messages, answer } = request;
    const head = { model, tools, answer, system: system.map(({ text }) => text) };
    const all = [added('', JSON.stringify(head))];
    for (const message of messages) all.push(this.#add(all.at(-1), message));
    this.#prompts.set(request, { model, all });
    return all;
  }

  #add(last: Beginning | undefined, { role, content }: ModelMessage): Beginning {
    const { digest: before, bytes } = last ?? { digest: '', bytes: 0 };
    let its = this.#added.get(content);
    if (its?.before !== before || its.role !== role) {
      its = { ...added(before, JSON.stringify({ role, content })), before, role };
      this.#added.set(content, its);
    }
    return { digest: its.digest, bytes: bytes + its.bytes };
  }
}

const added = (before: string, text: string): Beginning => ({
  digest: createHash('sha256').update(before).update('\n').update(text).digest('base64'),
  bytes: Buffer.byteLength(text) + messageBytes,
});
