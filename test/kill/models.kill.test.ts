import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RunEvent } from '../../src/core/events.ts';
import { accountOf } from '../../src/core/projections/account.ts';
import { cacheShares } from '../support/messages-server/cache-shares.ts';
import { startMessagesServer } from '../support/messages-server/server.ts';
import { solvingScript } from '../support/messages-server/solving-script.ts';
import { ofType } from '../support/tiny-workspace.ts';
import { ExampleRuns, type Manner } from './example-runs.ts';
import { expectTheExample } from './example-told.ts';

const script = join(import.meta.dirname, '../../examples/tiny-lang/script');
const key = 'sk-ant-planted-0123456789';

const throughModels = (url: string): Manner => ({
  always: [],
  atStart: ['--agents', 'anthropic'],
  env: { ANTHROPIC_API_KEY: key, ASHLAR_BASE_URL: url },
});

test('the example is built by models that drive tools, judged, integrated and amended', async () => {
  await using server = await startMessagesServer({ script: solvingScript(script), key });
  await using runs = new ExampleRuns(throughModels(server.url));

  const ended = await runs.complete();
  expect([ended.exit, ended.seals.size]).toEqual([0, 8]);
  expectTheExample(ended);

  // Who answered is recorded with the version of the instructions that it followed.
  const used = ofType(ended, 'agent-used').flatMap(({ role, lines }) =>
    lines.map(({ instructions }) => `${role} ${instructions ?? '-'}`),
  );
  expect([...new Set(used)].sort()).toEqual([
    'contract-author contract-author.v1',
    'evaluator evaluator.v1',
    'generator generator.v1',
    'integrator integrator.v1',
    'reviser reviser.v1',
  ]);

  // What the rules and the orchestrating roles read stays small, whatever agents say and files hold.
  const { most, by } = accountOf(ended.events)!.account.orchestratorInput;
  expect(most).toBeLessThanOrEqual(4_096);
  const integrated = by.filter((each) => !each.for.startsWith('module:'));
  expect(integrated.some(({ bytes }) => bytes > 0)).toBe(true);
  const all = by.reduce((sum, { bytes }) => sum + bytes, 0);
  expect(all / ended.seals.size).toBeLessThanOrEqual(4_096);

  // What stands in front of a conversation is read from the cache, and so is what was said before.
  const shares = cacheShares(server.service.messages);
  expect([...shares.keys()].sort()).toEqual([
    'contract author',
    'evaluator',
    'generator',
    'integrator',
    'reviser',
  ]);
  for (const [role, { ofPrefix }] of shares) expect([role, ofPrefix >= 0.9]).toEqual([role, true]);
  for (const role of ['generator', 'reviser', 'contract author']) {
    expect([role, shares.get(role)!.ofInput >= 0.9]).toEqual([role, true]);
  }
});

test('killed while models are at work, it is resumed to the same seals', async () => {
  await using server = await startMessagesServer({ script: solvingScript(script), key });
  await using runs = new ExampleRuns(throughModels(server.url));
  const reference = await runs.complete();
  const submitted = (event: RunEvent): boolean => event.type === 'submission-received';
  expect(await runs.killAndResume(4, submitted, reference, false)).toBeNull();
});
