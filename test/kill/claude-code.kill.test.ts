import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RunEvent } from '../../src/core/events.ts';
import { startMessagesServer } from '../support/messages-server/server.ts';
import { solvingScript } from '../support/messages-server/solving-script.ts';
import { ExampleRuns } from './example-runs.ts';

const root = join(import.meta.dirname, '../..');
const script = join(root, 'examples/tiny-lang/script');
const key = 'sk-ant-planted-0123456789';

const of = <T extends RunEvent['type']>(events: readonly RunEvent[], type: T) =>
  events.filter((event) => event.type === type) as Extract<RunEvent, { type: T }>[];

test('the example is built by Claude Code with its own tools, judged, integrated and amended', async () => {
  await using server = await startMessagesServer({ script: solvingScript(script), key });
  await using runs = new ExampleRuns({
    always: [],
    atStart: ['--agents', 'claude-code'],
    env: { ANTHROPIC_API_KEY: key, ASHLAR_BASE_URL: server.url, ASHLAR_CLAUDE_SDK: root },
  });

  const { exit, events, seals } = await runs.complete();

  expect(exit).toBe(0);
  expect(seals.size).toBe(8);
  const revised = of(events, 'verdict-given').filter(({ verdict }) => verdict !== 'PASS');
  expect(revised.map(({ gate, verdict }) => `${gate} ${verdict}`).sort()).toEqual([
    'module:parser FAIL',
    'module:vm NEEDS_REVISION',
    'tier:frontend FAIL',
  ]);
  expect(of(events, 'integration-failed')).toMatchObject([{ blamed: 'parser', how: 'integrator' }]);
  expect(of(events, 'contract-amended')).toMatchObject([{ module: 'parser', version: 2 }]);
  const used = new Set(
    server.service.messages.flatMap(({ body }) => (body.tools ?? []).map(({ name }) => name)),
  );
  expect(used).toContain('Write');
  expect(used).not.toContain('write_file');
}, 900_000);
