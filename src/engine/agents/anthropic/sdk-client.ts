import { BaseAnthropic } from '@anthropic-ai/sdk/client';
import { APIError } from '@anthropic-ai/sdk/core/error';
import { Stream } from '@anthropic-ai/sdk/core/streaming';
import {
  Messages,
  type MessageCountTokensParams,
  type MessageCreateParamsStreaming,
} from '@anthropic-ai/sdk/resources/messages';
import { RequestFailure, type MessagesClient } from './messages-client.ts';
import type { ServerEvent } from './reply-reader.ts';

export interface SdkOptions {
  readonly apiKey: string;
  readonly baseURL: string;
  /** Stands in for that of the platform. */
  readonly fetch?: typeof globalThis.fetch;
}

/** Far beyond the patience of whoever waits: their clock ends a request, not the package's. */
const timeoutMs = 60 * 60_000;

/**
 * Speaks to the service through its own package, of which only the client and one resource are
 * taken: a third of its size. Import this file late.
 *
 * The package repeats nothing (`maxRetries: 0`): its repeats would go past the limiter that all
 * agents share, would not be paid for beforehand, and would not include the failure that matters
 * most, a stream that breaks off. What it would repeat, and that, is repeated in
 * `anthropic-model.ts`.
 */
export function sdkClient({ apiKey, baseURL, fetch }: SdkOptions): MessagesClient {
  const client = new BaseAnthropic({
    // Without a key it would look for credentials in places that nobody named.
    apiKey,
    baseURL,
    maxRetries: 0,
    timeout: timeoutMs,
    // Its log would hold prompts; its traces would send them elsewhere.
    logLevel: 'off',
    openTelemetry: false,
    // A service that sends its callers elsewhere would send prompts there.
    fetchOptions: { redirect: 'error' },
    ...(fetch === undefined ? {} : { fetch }),
  });
  const messages = new Messages(client);
  return {
    async stream(body, signal) {
      const params = { ...body, stream: true } as MessageCreateParamsStreaming;
      const response = await told(messages.create(params, { signal }).asResponse(), baseURL);
      return { headers: response.headers, events: eventsOf(response) };
    },
    async count(body, signal) {
      const params = body as MessageCountTokensParams;
      const { input_tokens: tokens } = await told(
        messages.countTokens(params, { signal }),
        baseURL,
      );
      return Number.isSafeInteger(tokens) && tokens >= 0 ? tokens : null;
    },
  };
}

/** A connection that is cut while it is read. */
async function* eventsOf(response: Response): AsyncGenerator<ServerEvent> {
  const events = Stream.rawEvents(response);
  for (;;) {
    const next = await told(events.next(), '');
    if (next.done === true) return;
    yield next.value;
  }
}

/** The package's errors as ours. */
async function told<T>(request: Promise<T>, baseURL: string): Promise<T> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof APIError) {
      const status = typeof error.status === 'number' ? error.status : null;
      const headers = error.headers instanceof Headers ? error.headers : null;
      throw new RequestFailure(refusalOf(error, baseURL) ?? reasonOf(error), status, headers);
    }
    throw new RequestFailure(reasonOf(error));
  }
}

/** What is looked at of the package's error: it holds anything. */
interface Refused {
  readonly message: string;
  readonly status?: unknown;
  readonly error?: unknown;
}

/** `401 authentication_error: invalid x-api-key`; null where the service gave no reason of its own. */
function refusalOf(error: Refused, baseURL: string): string | null {
  const { status } = error;
  if (typeof status !== 'number') return null;
  const body: unknown = error.error;
  const inner: unknown = isObject(body) ? body.error : null;
  const { type = null, message = null } = isObject(inner) ? inner : {};
  const kind = typeof type === 'string' ? `${type}: ` : '';
  const told = typeof message === 'string' && message !== '' ? `${status} ${kind}${message}` : null;
  // Of a model that it lacks it says so; a place that is none of its own says anything.
  if (status !== 404 || /\bmodel\b/i.test(told ?? '')) return told;
  const at = `${baseURL.replace(/\/+$/, '')}/v1/messages`;
  return `${told ?? error.message}; nothing is at ${at}: look at the base URL`;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** `fetch failed` says nothing; what lies beneath it names the host and what is wrong with it. */
function reasonOf(error: unknown): string {
  const messages: string[] = [];
  for (let cause = error; cause instanceof Error && messages.length < 4; cause = cause.cause) {
    if (cause.message !== '') messages.push(cause.message);
  }
  return messages.length === 0 ? String(error) : messages.join(': ');
}
