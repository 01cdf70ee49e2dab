import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RunEvent } from '../../src/core/events.ts';
import { startMessagesServer } from '../support/messages-server/server.ts';
import { solvingScript } from '../support/messages-server/solving-script.ts';
import { ExampleRuns, scripted } from './example-runs.ts';
import { expectTheExample } from './example-told.ts';
import { partOfExample } from './part-of-example.ts';

const root = join(import.meta.dirname, '../..');
const script = join(root, 'examples/tiny-lang/script');
const key = 'sk-ant-planted-0123456789';

/** What it needs is sealed by then, and the process of this one lives. */
const checkerAtWork = (event: RunEvent): boolean =>
  event.type === 'progress-reported' && event.module === 'checker';

test('the example is built by Claude Code with its own tools; killed in the middle, it is resumed to the seals of anybody', async () => {
  await using server = await startMessagesServer({ script: solvingScript(script), key });
  const part = partOfExample();
  const events: RunEvent[] = [];
  await using others = new ExampleRuns({ ...scripted, part });
  await using runs = new ExampleRuns({
    always: [],
    atStart: ['--agents', 'claude-code'],
    env: { ANTHROPIC_API_KEY: key, ASHLAR_BASE_URL: server.url, ASHLAR_CLAUDE_SDK: root },
    part,
    watch: (event) => events.push(event),
  });
  const reference = await others.complete();
  expectTheExample(reference);

  // Nothing sealed is generated again, and neither a process nor a home of one is left.
  expect(await runs.killAndResume(1, checkerAtWork, reference, false)).toBeNull();
  // The machine's limit, the integration and the amendment came by way of it too, before and after.
  expectTheExample({ events });

  const used = new Set(
    server.service.messages.flatMap(({ body }) => (body.tools ?? []).map(({ name }) => name)),
  );
  expect(used).toContain('Write');
  expect(used).not.toContain('write_file');
});
