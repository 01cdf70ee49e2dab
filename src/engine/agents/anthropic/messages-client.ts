import type { ServerEvent } from './reply-reader.ts';

/**
 * The little that agents need of the Messages API. Nothing here is repeated: whoever calls decides
 * that, so that the limiter sees each request.
 */
export interface MessagesClient {
  /** Resolves with the head of the answer; its events come as they are sent, pings included. */
  stream(body: object, signal: AbortSignal): Promise<StreamedAnswer>;
  /** How many tokens a prompt has, as the service counts; null: its answer holds no count. */
  count(body: object, signal: AbortSignal): Promise<number | null>;
}

export interface StreamedAnswer {
  readonly headers: Headers;
  readonly events: AsyncIterable<ServerEvent>;
}

/** A request that was refused, or did not come through. */
export class RequestFailure extends Error {
  override readonly name = 'RequestFailure';
  /** null where there was no answer. */
  readonly status: number | null;
  readonly headers: Headers | null;

  constructor(message: string, status: number | null = null, headers: Headers | null = null) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}
