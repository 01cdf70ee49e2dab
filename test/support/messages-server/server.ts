import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { MessagesService, type ServiceOptions, type WireAnswer } from './service.ts';
import type { Received } from './wire.ts';

/** A service that listens on this machine alone. */
export interface MessagesServer extends AsyncDisposable {
  readonly url: string;
  readonly service: MessagesService;
  /** Answers that are under way, those that never end included. */
  readonly open: number;
  /** Cuts every connection; from here on each new one is refused. */
  die(): Promise<void>;
  /** Listens again where it did. */
  comeBack(): Promise<void>;
}

export async function startMessagesServer(options: ServiceOptions): Promise<MessagesServer> {
  const service = new MessagesService(options);
  let open = 0;
  const server = createServer((incoming, response) => {
    open += 1;
    response.once('close', () => (open -= 1));
    serve(service, incoming, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
  const listen = (at: number): Promise<void> =>
    new Promise((listening, failed) => {
      server.once('error', failed);
      server.listen(at, '127.0.0.1', () => {
        server.off('error', failed);
        listening();
      });
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const die = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  };
  return {
    url: `http://127.0.0.1:${port}`,
    service,
    get open() {
      return open;
    },
    die,
    comeBack: () => listen(port),
    [Symbol.asyncDispose]: die,
  };
}

async function serve(
  service: MessagesService,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = new URL(incoming.url ?? '/', 'http://here').pathname;
  if (incoming.method !== 'POST') {
    response.writeHead(200).end();
    return;
  }
  const received = service.receive(path, incoming.headers, await text(incoming));
  response.once('close', () => (received.left = !response.writableEnded));
  await write(await service.answer(received), received, response);
}

async function write(
  { status, headers, pieces, ending }: WireAnswer,
  received: Received,
  response: ServerResponse,
): Promise<void> {
  if (ending === 'reset' && pieces.join('') === '') {
    response.destroy();
    return;
  }
  response.writeHead(status, { ...headers, 'request-id': `req_${received.n}` });
  response.flushHeaders();
  for (const piece of pieces) {
    if (response.destroyed) return;
    await new Promise((written) => response.write(piece, written));
  }
  if (ending === 'end') response.end();
  else if (ending === 'reset') response.destroy();
}
