import { once } from 'node:events';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { McpPrerequisite } from '../../../src/core/plan/plan.ts';
import { checkMcp } from '../../../src/engine/perform/prerequisite-mcp.ts';
import {
  askForVersion,
  checkProgram,
  fitsBounds,
  versionIn,
} from '../../../src/engine/perform/prerequisite-program.ts';
import type { PrerequisiteRoom } from '../../../src/engine/perform/prerequisite-room.ts';
import { checkService } from '../../../src/engine/perform/prerequisite-service.ts';
import { checkVariable, looksLike } from '../../../src/engine/perform/prerequisite-variable.ts';
import { childProgram } from '../../support/child-program.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { effectId, unaborted } from '../gates/rig.ts';

const any = { name: 'it', timeoutMs: null, remedy: null } as const;

const room = (env: NodeJS.ProcessEnv = process.env): PrerequisiteRoom => ({
  ...{ env, sandbox: 'off', effect: effectId(), signal: unaborted },
  ...{ base: tempFolder, provided: [] },
});

async function listening(server: Server): Promise<AsyncDisposable & { readonly port: number }> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    server.close();
    await once(server, 'close');
  };
  return { port, [Symbol.asyncDispose]: close };
}

const http = (listener: RequestListener) => {
  const server = createServer(listener);
  server.keepAliveTimeout = 1;
  return listening(server);
};

/** A port on which nobody listens any more. */
async function closedPort(): Promise<number> {
  await using server = await listening(createTcpServer());
  return server.port;
}

describe('a variable', () => {
  const asked = (env: string, pattern: string | null = null) => ({ ...any, env, pattern });

  it('must be set, and not empty', () => {
    expect(checkVariable({ A: 'x' }, asked('A'))).toEqual({ ok: true });
    expect(checkVariable({}, asked('A'))).toEqual({ ok: false, says: 'A is not set.' });
    expect(checkVariable({ A: '' }, asked('A'))).toEqual({ ok: false, says: 'A is empty.' });
  });

  it('must look as it should, and what is said of it does not hold its value', () => {
    const found = checkVariable({ A: 'mysql://secret' }, asked('A', 'postgres://*'));
    expect(found).toEqual({
      ok: false,
      says: 'A is set, but does not look like postgres://*.',
    });
    expect(checkVariable({ A: 'postgres://x' }, asked('A', 'postgres://*')).ok).toBe(true);
  });

  it('is held against its pattern in the order of the pieces', () => {
    expect(['abc', 'a-b-c', 'acb', 'ab'].map((text) => looksLike(text, 'a*b*c'))).toEqual([
      ...[true, true, false, false],
    ]);
    expect([looksLike('aa', 'a*a'), looksLike('a', 'a*a'), looksLike('a', 'a')]).toEqual([
      ...[true, false, true],
    ]);
    expect(looksLike('x'.repeat(30_000), `${'*x'.repeat(90)}y`)).toBe(false);
  });
});

describe('a program', () => {
  async function withProgram(script: string, version: string | null) {
    await using folder = await tempFolder();
    const path = join(folder.path, 'tool');
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    const env = { PATH: `${folder.path}:/usr/bin:/bin` };
    return await checkProgram(room(env), { ...any, program: 'tool', version });
  }

  it('must be on the search path', async () => {
    const env = { PATH: '/usr/bin:/bin' };
    const asked = { ...any, program: 'no-such-tool', version: null };
    expect(await checkProgram(room(env), asked)).toEqual({
      ok: false,
      says: 'no-such-tool is not on the search path.',
    });
    expect(await checkProgram(room(env), { ...asked, program: 'sh' })).toEqual({ ok: true });
  });

  it('tells its version, wherever it tells it', async () => {
    expect(await withProgram('echo "Tool version 24.0.7, build af"', '>=24')).toEqual({ ok: true });
    expect(await withProgram('echo tool 24.0.7 >&2', '<24')).toEqual({
      ok: false,
      says: 'tool is version 24.0.7, not <24.',
    });
    expect(await withProgram('echo hello', '>=1')).toEqual({
      ok: false,
      says: 'tool --version tells no version (hello).',
    });
  });

  it('keeps every bound of a version', () => {
    const fits = (version: string, bounds: string): boolean => fitsBounds(version, bounds);
    expect(fits('20.1.0', '>=20.1 <23')).toBe(true);
    expect(fits('23.0', '>=20.1 <23')).toBe(false);
    expect(fits('9.10', '>9.9')).toBe(true);
    expect(fits('24.0.7', '24')).toBe(true);
    expect(fits('24.1', '=24.0')).toBe(false);
    expect(fits('24', '<=24.0.0')).toBe(true);
    expect([versionIn('v18'), versionIn('none'), versionIn('2 tools, 3.4')]).toEqual([
      ...['18', null, '3.4'],
    ]);
  });
});

describe('a service', () => {
  const asked = (service: string, timeoutMs: number | null = null) => ({
    ...any,
    ...{ service, timeoutMs },
  });

  it('accepts a connection', async () => {
    await using server = await listening(createTcpServer((socket) => socket.destroy()));
    expect(await checkService(asked(`127.0.0.1:${server.port}`), unaborted)).toEqual({ ok: true });
    const gone = `127.0.0.1:${await closedPort()}`;
    expect(await checkService(asked(gone), unaborted)).toEqual({
      ok: false,
      says: `${gone} is not reachable (ECONNREFUSED).`,
    });
    expect(await checkService(asked('localhost:0'), unaborted)).toMatchObject({ ok: false });
  });

  it('answers at its URL, with whatever is no failure of its own', async () => {
    await using server = await http((request, response) => {
      const status = Number(request.url?.slice(1));
      response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end('x'.repeat(100_000));
    });
    const at = (status: number) =>
      checkService(asked(`http://127.0.0.1:${server.port}/${status}`), unaborted);
    expect(await at(200)).toEqual({ ok: true });
    expect(await at(404)).toEqual({ ok: true });
    expect(await at(302)).toEqual({ ok: true });
    expect(await at(503)).toMatchObject({ ok: false });
  });

  it('answers in time', async () => {
    await using server = await http(() => undefined);
    const url = `http://127.0.0.1:${server.port}/`;
    expect(await checkService(asked(url, 50), unaborted)).toEqual({
      ok: false,
      says: `${url} did not answer within 0.05 s.`,
    });
  });
});

describe('a program that is a script of the shell of Windows', () => {
  it('is asked for its version through that shell', () => {
    expect(askForVersion('C:\\Program Files\\npm.CMD')).toBe(
      '"C:\\Program Files\\npm.CMD" --version',
    );
    expect(askForVersion('C:\\node.EXE')).toEqual(['C:\\node.EXE', '--version']);
    expect(askForVersion('/usr/bin/cmd')).toEqual(['/usr/bin/cmd', '--version']);
  });
});

describe('a server of the Model Context Protocol', () => {
  const asked = (mcp: string, more: Partial<McpPrerequisite> = {}): McpPrerequisite => ({
    ...any,
    ...{ mcp, pass: [], ...more },
  });
  const alive = (pid: number): boolean =>
    existsSync(`/proc/${pid}`) && !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');

  it('answers on its standard output, and is ended with all it started', async () => {
    await using folder = await tempFolder();
    const program = await childProgram('mcp-server', folder.path);
    const pids = join(folder.path, 'pids');
    const command = `${process.execPath} ${program} well ${pids}`;
    expect(await checkMcp(room(), asked(command))).toEqual({ ok: true });
    const started = readFileSync(pids, 'utf8').split(' ').map(Number);
    expect(started).toHaveLength(2);
    expect(started.filter(alive)).toEqual([]);
  });

  it('that echoes a secret, however long, is told without it', async () => {
    await using folder = await tempFolder();
    const program = await childProgram('mcp-server', folder.path);
    const secret = `${'k'.repeat(150)}\n${'e'.repeat(150)}`;
    const env = { ...process.env, SECRET_TOKEN: secret, SHORT: 'kkk' };
    const pass = ['SHORT', 'SECRET_TOKEN'];
    expect(
      await checkMcp(room(env), asked(`${process.execPath} ${program} echoes`, { pass })),
    ).toEqual({ ok: false, says: 'The server answers with an error (invalid token •••).' });
  });

  it('that refuses, dies, is silent or is none is told apart', async () => {
    await using folder = await tempFolder();
    const program = await childProgram('mcp-server', folder.path);
    const manner = (word: string, more: Partial<McpPrerequisite> = {}) =>
      checkMcp(room({ ...process.env, SECRET_TOKEN: 'hunter2' }), {
        ...asked(`${process.execPath} ${program} ${word}`, more),
      });
    expect(await manner('refuses')).toEqual({
      ok: false,
      says: 'The server answers with an error (not this version).',
    });
    expect(await manner('dies', { pass: ['SECRET_TOKEN'] })).toEqual({
      ok: false,
      says: 'The server ended with exit code 9: no token but •••.',
    });
    expect(await manner('silent', { timeoutMs: 1_500 })).toEqual({
      ok: false,
      says: 'The server did not answer within 1.5 s.',
    });
    expect(await checkMcp(room(), asked('no-such-server --stdio'))).toMatchObject({
      ok: false,
      says: expect.stringContaining('exit code 127') as unknown,
    });
    expect(await checkMcp(room(), asked('yes'))).toEqual({
      ok: false,
      says: 'The server says much, and answers nothing.',
    });
  });

  it('answers over HTTP, as a body or as a stream, and its session is ended', async () => {
    const seen: string[] = [];
    const result = { protocolVersion: '2025-06-18', capabilities: {} };
    await using server = await http((request, response) => {
      seen.push(`${request.method ?? ''} ${request.url ?? ''}`);
      request.resume();
      if (request.method === 'DELETE') return void response.writeHead(204).end();
      const body = JSON.stringify({ jsonrpc: '2.0', id: 1, result });
      if (request.url === '/stream') {
        response.writeHead(200, { 'content-type': 'text/event-stream', 'mcp-session-id': 'one' });
        response.write(': hello\n\n');
        response.write(`event: message\ndata: ${body}\n\n`);
      } else if (request.url === '/body') response.end(body);
      else if (request.url === '/page') response.end('<html></html>');
      else response.writeHead(401).end();
    });
    const at = (path: string) => checkMcp(room(), asked(`http://127.0.0.1:${server.port}/${path}`));
    expect(await at('stream')).toEqual({ ok: true });
    expect(await at('body')).toEqual({ ok: true });
    expect(seen).toEqual(['POST /stream', 'DELETE /stream', 'POST /body']);
    expect(await at('page')).toMatchObject({
      says: expect.stringContaining('something else than the protocol') as unknown,
    });
    expect(await at('locked')).toMatchObject({
      says: expect.stringContaining('status 401') as unknown,
    });
  });
});
