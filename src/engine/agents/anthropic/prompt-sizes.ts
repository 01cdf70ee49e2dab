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

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  sizeOf(model: string, request: ModelRequest): PromptSize {
    const beginnings = beginningsOf(model, request);
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
    const whole = beginningsOf(model, request).at(-1);
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

interface Beginning {
  readonly digest: string;
  readonly bytes: number;
}

/** The prompt cut after each of its messages. */
function beginningsOf(
  model: string,
  { system, tools, messages, answer }: ModelRequest,
): readonly Beginning[] {
  const hash = createHash('sha256');
  let bytes = 0;
  const upTo = (part: unknown): Beginning => {
    const text = JSON.stringify(part);
    hash.update(text).update('\n');
    bytes += Buffer.byteLength(text) + messageBytes;
    return { digest: hash.copy().digest('base64'), bytes };
  };
  const parts: readonly (ModelMessage | object)[] = [
    { model, tools, answer, system: system.map(({ text }) => text) },
    ...messages,
  ];
  return parts.map(upTo);
}
