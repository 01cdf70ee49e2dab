import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { sdkClient } from '../../../../src/engine/agents/anthropic/sdk-client.ts';
import { never, testKey } from '../../../support/messages-server/model.ts';

it('follows nobody elsewhere with a prompt', async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(307, { location: '/elsewhere' }).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    const client = sdkClient({ apiKey: testKey, baseURL: `http://127.0.0.1:${port}` });
    const body = { model: 'any', max_tokens: 1, messages: [] };
    await expect(client.stream(body as never, never)).rejects.toThrow();
    expect(asked).toEqual(['/v1/messages']);
  } finally {
    server.close();
  }
});
