/**
 * A server of the Model Context Protocol that knows `initialize` alone. What it is told as its first
 * argument makes it answer in another way; a second one names a file that tells who it started.
 */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const [, , manner = 'well', file] = process.argv;

if (file !== undefined) {
  const child = spawn('sleep', ['600'], { stdio: 'ignore' });
  writeFileSync(file, `${process.pid} ${child.pid ?? 0}`);
}
if (manner === 'dies') {
  process.stderr.write(`no token but ${process.env.SECRET_TOKEN ?? 'none'}\n`);
  process.exit(9);
}
const answers: Record<string, (id: number) => object> = {
  well: (id) => ({
    ...{ jsonrpc: '2.0', id },
    result: { protocolVersion: '2025-06-18', capabilities: {}, serverInfo: { name: 'small' } },
  }),
  echoes: (id) => ({
    ...{ jsonrpc: '2.0', id },
    error: { code: -32001, message: `invalid token ${process.env.SECRET_TOKEN ?? 'none'}` },
  }),
  refuses: (id) => ({ jsonrpc: '2.0', id, error: { code: -32602, message: 'not this version' } }),
};

process.stdout.write('a line that is no message\n');
createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method } = JSON.parse(line) as { id: number; method: string };
  const answer = answers[manner];
  if (method === 'initialize' && answer !== undefined) {
    process.stdout.write(`${JSON.stringify(answer(id))}\n`);
  }
});
