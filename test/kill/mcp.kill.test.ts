import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const cli = join(root, 'dist', 'cli', 'ashlar.mjs');
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'ashlar-mcp-')));
const workspace = join(folder, 'workspace');
const env = { ...process.env, XDG_CACHE_HOME: join(folder, 'cache') } as Record<string, string>;

beforeAll(() => {
  cpSync(join(root, 'examples', 'tiny-lang'), workspace, {
    recursive: true,
    filter: (path) => !path.includes('.ce-workspace'),
  });
  const git = (...args: string[]): void => {
    execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@localhost', ...args], {
      cwd: workspace,
    });
  };
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'Example');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function connected(
  ...options: string[]
): Promise<{ client: Client; end: () => Promise<void> }> {
  const args = [cli, '--cwd', workspace, 'mcp', '--speed', '100', ...options];
  const transport = new StdioClientTransport({ command: process.execPath, args, env });
  const client = new Client({ name: 'test client', version: '1' });
  await client.connect(transport);
  return { client, end: () => client.close() };
}

async function call(client: Client, name: string, given: object = {}): Promise<string> {
  const answer = await client.callTool({ name, arguments: { ...given } }, undefined, {
    timeout: 300_000,
  });
  const [first] = answer.content as { text: string }[];
  expect({ isError: answer.isError, text: first?.text }).toMatchObject({ isError: false });
  return first?.text ?? '';
}

const plan = 'tiny-lang.plan.yaml';

test('a run that was started over MCP is resumed over MCP, approved there, and complete', async () => {
  const first = await connected();
  expect(await call(first.client, 'check_plan', { plan })).toMatch(/^The plan is fit/);
  const begun = await call(first.client, 'run', { plan });
  const run = /Run (\S+) has begun/.exec(begun)?.[1] ?? '';
  expect(await call(first.client, 'status')).toContain(`run ${run}: `);
  await first.end();

  const second = await connected('--allow-approve');
  const stopped = await call(second.client, 'status', { run });
  if (stopped.includes('Nobody drives')) await call(second.client, 'resume', { run });
  const asks = /gate (\S+), subject ([0-9a-f]{64})/;
  const [, gate = '', digest = ''] = await settled(second.client, run, asks);
  expect(await call(second.client, 'why', { run, module: `gate:${gate}` })).toContain(
    'waits for a person',
  );
  await call(second.client, 'approve', { run, gate, subject: digest, note: 'looks right' });
  await settled(second.client, run, /: complete, 100 %/);
  expect(await call(second.client, 'verdicts', { run, module: `gate:${gate}` })).toContain(
    'through test client',
  );
  expect(await call(second.client, 'report', { run })).toContain('complete');
  await second.end();
});

/** Asks again and again until its status says so, as a model that waits does. */
function settled(client: Client, run: string, says: RegExp): Promise<RegExpExecArray> {
  return vi.waitFor(
    async () => {
      const found = says.exec(await call(client, 'status', { run }));
      if (found === null) throw new Error(`the status never said ${String(says)}`);
      return found;
    },
    { timeout: 400_000, interval: 500 },
  );
}
