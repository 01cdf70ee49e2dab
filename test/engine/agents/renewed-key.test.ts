import { expect, it } from 'vitest';
import { Supervision } from '../../../src/engine/agents/supervision.ts';
import { systemClock } from '../../../src/engine/clock.ts';
import { openPlanner } from '../../../src/engine/providers.ts';
import { startMessagesServer } from '../../support/messages-server/server.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { writeFiles } from '../../support/tiny-workspace.ts';
import { evaluatorTask } from './tasks.ts';

const [wrong, right] = ['sk-ant-of-yesterday-0123456789', 'sk-ant-of-today-0123456789'];
const verdict = { verdict: 'PASS', summary: 'It holds.', evidence: [] };
const judged = JSON.stringify({ ...verdict, falseClaims: [], testsWrong: null });

it('agents take the key that a person has given since, and none begins with one that is taken away', async () => {
  await using folder = await tempFolder();
  writeFiles(folder.path, { 'README.md': '# Read me\n' });
  await using server = await startMessagesServer({
    key: right,
    script: () => ({ content: [{ type: 'text', text: judged }] }),
  });
  const service = { apiKey: wrong as string | null, baseURL: server.url, keyHint: 'give one' };
  const clock = systemClock();
  const where = { workspace: folder.path, agents: 'anthropic', script: null, clock };
  const opened = await openPlanner({ ...where, models: { choice: {}, service } });
  if (!opened.ok) throw new Error(opened.message);
  const works = () =>
    new Supervision({
      ...{ provider: opened.provider, task: evaluatorTask({ folder: folder.path }), clock },
      ...{ stallMs: 300_000, graceMs: 1_000, signal: new AbortController().signal },
      onProgress: () => undefined,
      onLate: () => undefined,
    }).outcome;

  expect(await works()).toMatchObject({ kind: 'failed', code: 'unauthorised' });
  service.apiKey = right;
  expect(await works()).toMatchObject({ kind: 'reviewed', verdict: 'PASS' });
  service.apiKey = null;
  const asked = server.service.messages.length;
  expect(await works()).toMatchObject({
    ...{ kind: 'failed', code: 'unauthorised', retry: { kind: 'terminal' } },
    message: 'anthropic agents need an API key, and there is none: give one',
  });
  expect(server.service.messages).toHaveLength(asked);
  service.apiKey = right;
  expect(await works()).toMatchObject({ kind: 'reviewed', verdict: 'PASS' });
});
