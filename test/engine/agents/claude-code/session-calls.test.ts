import * as sdk from '@anthropic-ai/claude-agent-sdk';
import { describe, expect, it } from 'vitest';
import type { Amount } from '../../../../src/core/budget.ts';
import type { RateLimiter } from '../../../../src/engine/agents/anthropic/rate-limiter.ts';
import type { AgentLink } from '../../../../src/engine/agents/agent.ts';
import { noPen } from '../../../../src/engine/agents/transcript.ts';
import { faultsInOrder, type Fault } from '../../../support/messages-server/faults.ts';
import type { MessagesBody, Reply } from '../../../support/messages-server/wire.ts';
import { builderTask, evaluatorTask } from '../tasks.ts';
import { agents, say, submit, use, work, world } from './sessions.ts';

const submitted = { kind: 'submitted', summary: 'It is done.' };
const read = (): Reply => use(['Read', { file_path: 'README.md' }]);
/** Of about 15,000 tokens. */
const long = 'x'.repeat(60_000);
const purse = (tokens: number): Amount => ({
  tokens,
  microUsd: 10_000_000,
  turns: 20,
  ms: 3_600_000,
});

describe('before each call a session is asked for what it may cost', () => {
  it('and no reply is longer than what was asked for, from the first to the last', async () => {
    await using its = await world([read, () => submit]);
    const task = builderTask({ folder: its.folder, allowance: purse(60_000) });
    expect((await work(its, task)).outcome).toMatchObject(submitted);
    const lengths = its.server.service.messages.map(({ body }) => body.max_tokens);
    expect(lengths).toEqual([4_000, 4_000]);
  });

  it.each([
    ['an answer by data was not of its shape', () => use(['StructuredOutput', { summary: long }])],
    ['it said what it was to answer by data', () => say(long)],
  ])('also where %s', async (_, turn) => {
    await using its = await world([turn]);
    const task = evaluatorTask({ folder: its.folder, allowance: purse(30_000) });
    const { outcome } = await work(its, task);
    expect(outcome).toMatchObject({ kind: 'exhausted', what: 'tokens' });
    expect(its.server.service.messages).toHaveLength(1);
  });

  it('and ends where Claude Code lets a reply that was cut off go on unasked', async () => {
    await using its = await world([() => ({ ...say(long), stop: 'max_tokens' })]);
    const task = builderTask({ folder: its.folder, allowance: purse(30_000) });
    const { outcome } = await work(its, task);
    expect(outcome).toMatchObject({ kind: 'exhausted', what: 'tokens' });
    // The call may have left before the process could be ended; none follows on it.
    expect(its.server.service.messages.length).toBeLessThanOrEqual(2);
  });

  it('and an answer by data that has come counts, be it that no call could follow on it', async () => {
    const answer = {
      ...{ verdict: 'PASS', summary: 'It holds.', evidence: [], falseClaims: [], testsWrong: null },
    };
    await using its = await world([() => use(['StructuredOutput', answer])]);
    const allowance = { ...purse(1_000_000), turns: 1 };
    const { outcome } = await work(its, evaluatorTask({ folder: its.folder, allowance }));
    expect(outcome).toMatchObject({ kind: 'reviewed', verdict: 'PASS' });
    expect(its.server.service.messages).toHaveLength(1);
  });

  it('and what it costs is recorded with the version of the instructions', async () => {
    await using its = await world([() => submit]);
    const { usage } = await work(its, builderTask({ folder: its.folder }));
    expect(usage).toMatchObject([{ calls: 1, instructions: 'generator.v1' }]);
  });

  it('and nothing goes on where the asking itself fails', async () => {
    await using its = await world([read, () => submit]);
    const take = () => Promise.reject(new Error('the desk is on fire'));
    const task = builderTask({ folder: its.folder });
    const { outcome } = await work(its, task, { desk: { take } });
    expect(outcome).toMatchObject({
      ...{ kind: 'failed', code: 'provider-threw' },
      message: 'the desk is on fire',
    });
    expect(its.server.service.messages).toHaveLength(1);
  });
});

describe('what passes by itself ends no session', () => {
  const soon = { 'retry-after': '1', 'anthropic-ratelimit-requests-limit': '50' };
  const faults: readonly [string, readonly (Fault | null)[]][] = [
    ['it comes too soon', [{ kind: 'status', status: 429, headers: soon }]],
    [
      'the service is full',
      [{ kind: 'status', status: 529 }, null, { kind: 'status', status: 529 }],
    ],
    ['the service has a fault', [null, { kind: 'status', status: 500 }]],
    ['the connection is cut before an answer', [{ kind: 'reset', afterBytes: 0 }]],
    ['the connection is cut in the middle of one', [null, { kind: 'reset', afterBytes: 900 }]],
    ['an answer breaks off', [{ kind: 'truncated', events: 3 }]],
    [
      'an answer says that the service is full',
      [{ kind: 'error-event', type: 'overloaded_error' }],
    ],
    ['an answer makes no sense', [{ kind: 'malformed' }]],
  ];

  it.each(faults)('where %s', async (_, order) => {
    // By what it was told, not by how often: what nobody heard was not said.
    const script = ({ messages }: MessagesBody): Reply =>
      messages.filter(({ role }) => role === 'assistant').length < 2 ? read() : submit;
    await using its = await world([], {}, { script, faults: faultsInOrder(...order) });
    const { outcome, usage } = await work(its, builderTask({ folder: its.folder }));
    expect(outcome).toMatchObject(submitted);
    // A try that broke off is no turn.
    expect(outcome.spent.turns).toBe(3);
    const [line] = usage;
    const { messages } = its.server.service;
    const told = messages.reduce((sum, each) => sum + (each.usage?.output_tokens ?? 0), 0);
    expect(line!.tokens.output).toBeGreaterThan(0);
    expect(line!.tokens.output).toBeLessThanOrEqual(told);
    expect(messages.filter(({ status, fault }) => status === 200 && fault === null)).toHaveLength(
      3,
    );
  });

  it('and while Claude Code waits to try again, the agent is taken to wait for its service', async () => {
    const faults = faultsInOrder(null, { kind: 'status', status: 529 });
    await using its = await world([read, () => submit], {}, { faults });
    let waiting = 0;
    const told: string[] = [];
    const link: AgentLink = {
      ...{ maySpend: () => true, spend: () => undefined, transcript: noPen },
      progress: ({ says }) => void told.push(`${says} (${waiting > 0 ? 'waits' : 'works'})`),
      waits: () => {
        waiting += 1;
        return { [Symbol.dispose]: () => void (waiting -= 1) };
      },
      ...{ check: () => Promise.reject(new Error()), handoff: () => Promise.resolve(null) },
      ...{ request: () => Promise.reject(new Error()), asked: () => [] },
      ...{ receive: () => Promise.resolve([]), awaitHandoff: () => Promise.resolve(null) },
    };
    const task = builderTask({ folder: its.folder, run: its.run });
    await agents(its).perform(task, link, new AbortController().signal);
    expect(told[0]).toMatch(/^Read .*README\.md \(works\)$/);
    expect(told).toContain('the service gave no answer (529); try 2 (waits)');
    expect(told.at(-1)).toContain('submit (works)');
    expect(waiting).toBe(0);
  });

  it('and however little time its agent has, neither hooks nor tools are given up meanwhile', async () => {
    await using its = await world([() => submit]);
    const timeouts: number[] = [];
    const query: typeof sdk.query = (asked) => {
      const { hooks = {}, env = {} } = asked.options ?? {};
      const matchers = Object.values(hooks).flat();
      timeouts.push(...matchers.map(({ timeout }) => (timeout ?? 0) * 1_000));
      timeouts.push(Number(env.MCP_TOOL_TIMEOUT));
      return sdk.query(asked);
    };
    const allowance = { ...purse(1_000_000), ms: 180_000 };
    const task = builderTask({ folder: its.folder, allowance });
    const { outcome } = await work(its, task, { options: { sdk: { ...sdk, query } } });
    expect(outcome).toMatchObject(submitted);
    expect(timeouts).toHaveLength(3);
    expect(Math.min(...timeouts)).toBeGreaterThanOrEqual(86_400_000);
    // More than that is none at all.
    expect(Math.max(...timeouts)).toBeLessThan(2 ** 31);
  });

  it('and a refusal for coming too soon slows all that share the key', async () => {
    const faults = faultsInOrder(null, { kind: 'status', status: 429, headers: soon });
    await using its = await world([read, () => submit], {}, { faults });
    const turns: string[] = [];
    const limiter = {
      turn: (model: string, tokens: number) => {
        turns.push(`${model} ${tokens > 0}`);
        return Promise.resolve({
          answered: () => void turns.push('answered'),
          refused: (ms: number | null) => void turns.push(`refused ${(ms ?? 0) >= 1_000}`),
          over: ({ output }: { output: number }) => void turns.push(`over ${output > 0}`),
        });
      },
    } as unknown as RateLimiter;
    const task = builderTask({ folder: its.folder });
    expect((await work(its, task, { options: { limiter } })).outcome).toMatchObject(submitted);
    const one = ['claude-sonnet-5-5 true', 'answered', 'over true'];
    expect(turns).toEqual([
      ...one,
      'claude-sonnet-5-5 true',
      'refused true',
      'answered',
      'over true',
    ]);
  });
});
