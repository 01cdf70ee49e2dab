import { MessagesService, type WireAnswer } from './service.ts';

/**
 * The service without a network: a `fetch` for the client, in which nothing takes time but what the
 * clock says, so that a virtual clock can drive client and service together.
 */
export const serviceFetch =
  (service: MessagesService) =>
  async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(input instanceof Request ? input.url : input);
    const headers = Object.fromEntries(new Headers(init.headers));
    const received = service.receive(
      url.pathname,
      headers,
      typeof init.body === 'string' ? init.body : '',
    );
    const { signal } = init;
    signal?.throwIfAborted();
    signal?.addEventListener('abort', () => (received.left = true), { once: true });
    return responseOf(await service.answer(received), signal ?? null);
  };

function responseOf(answer: WireAnswer, signal: AbortSignal | null): Response {
  const { status, headers, pieces, ending } = answer;
  if (ending === 'reset' && pieces.join('') === '') throw new TypeError('fetch failed');
  const bytes = new TextEncoder();
  const left = pieces.filter((piece) => piece !== '');
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        signal?.addEventListener('abort', () => controller.error(signal.reason), { once: true });
      },
      // A piece at a time, so that what was sent is read before the connection breaks.
      pull(controller) {
        const piece = left.shift();
        if (piece !== undefined) controller.enqueue(bytes.encode(piece));
        else if (ending === 'end') controller.close();
        else if (ending === 'reset') controller.error(new TypeError('terminated'));
        else return new Promise<void>(() => undefined);
        return undefined;
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, { status, headers });
}
