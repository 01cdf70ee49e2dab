import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RunEvent } from '../../src/core/events.ts';
import { startMessagesServer } from '../support/messages-server/server.ts';
import { solvingScript } from '../support/messages-server/solving-script.ts';
import { ExampleRuns, type Manner } from './example-runs.ts';
import { expectTheExample } from './example-told.ts';

const root = join(import.meta.dirname, '../..');
const script = join(root, 'examples/tiny-lang/script');
const key = 'sk-ant-planted-0123456789';

const throughClaude = (url: string): Manner => ({
  always: [],
  atStart: ['--agents', 'claude-code'],
  env: { ANTHROPIC_API_KEY: key, ASHLAR_BASE_URL: url, ASHLAR_CLAUDE_SDK: root },
});

/** Others are sealed by then, and the process of this one lives. */
const codegenAtWork = (event: RunEvent): boolean =>
  event.type === 'progress-reported' && event.module === 'codegen';

test('the example is built by Claude Code with its own tools; killed in the middle, it is resumed to the same seals', async () => {
  await using server = await startMessagesServer({ script: solvingScript(script), key });
  await using runs = new ExampleRuns(throughClaude(server.url));

  const ended = await runs.complete();
  expectTheExample(ended);
  const used = new Set(
    server.service.messages.flatMap(({ body }) => (body.tools ?? []).map(({ name }) => name)),
  );
  expect(used).toContain('Write');
  expect(used).not.toContain('write_file');

  // Nothing sealed is generated again, and neither a process nor a home of one is left.
  expect(await runs.killAndResume(1, codegenAtWork, ended, false)).toBeNull();
});
