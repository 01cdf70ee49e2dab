import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startMessagesServer } from '../support/messages-server/server.ts';
import { solvingScript } from '../support/messages-server/solving-script.ts';
import { ExampleRuns } from './example-runs.ts';
import { expectTheExample } from './example-told.ts';

const root = join(import.meta.dirname, '../..');
const script = join(root, 'examples/tiny-lang/script');
const key = 'sk-ant-planted-0123456789';

test('the example is built by Claude Code with its own tools, judged, integrated and amended', async () => {
  await using server = await startMessagesServer({ script: solvingScript(script), key });
  await using runs = new ExampleRuns({
    always: [],
    atStart: ['--agents', 'claude-code'],
    env: { ANTHROPIC_API_KEY: key, ASHLAR_BASE_URL: server.url, ASHLAR_CLAUDE_SDK: root },
  });

  const ended = await runs.complete();
  expectTheExample(ended);
  const used = new Set(
    server.service.messages.flatMap(({ body }) => (body.tools ?? []).map(({ name }) => name)),
  );
  expect(used).toContain('Write');
  expect(used).not.toContain('write_file');
}, 900_000);
