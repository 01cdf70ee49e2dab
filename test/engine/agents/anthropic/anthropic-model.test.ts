import { expect, test } from 'vitest';
import { openConnection } from '../../../../src/engine/agents/anthropic/connection.ts';
import type {
  ModelMessage,
  ModelReply,
  ToolSpec,
} from '../../../../src/engine/agents/model/chat-model.ts';
import { systemClock } from '../../../../src/engine/clock.ts';
import {
  always,
  modelOf,
  never,
  request,
  testKey,
  text,
  unheard,
  virtualModel,
} from '../../../support/messages-server/model.ts';
import { startMessagesServer } from '../../../support/messages-server/server.ts';
import type { Reply } from '../../../support/messages-server/wire.ts';

const read: ToolSpec = {
  name: 'read_file',
  description: 'Reads a file.',
  input: { type: 'object', properties: { path: { type: 'string' } } },
};

async function overNetwork(script: () => Reply) {
  const server = await startMessagesServer({ script, key: testKey });
  const clock = systemClock();
  const connection = openConnection({ apiKey: testKey, baseURL: server.url }, clock);
  return { server, model: modelOf('claude-sonnet-5-5', connection, clock) };
}

test('a text is heard as it comes, and is the reply', async () => {
  const said = 'Every stone is cut alone, to a template; é, 𝄞 and all.';
  const { server, model } = await overNetwork(() => text(said));
  await using _ = server;
  const heard: string[] = [];
  const reply = await model.call(request('Cut.'), (part) => heard.push(part), never, always);
  expect(reply).toMatchObject({ content: [{ kind: 'said', text: said }], stop: 'answered' });
  expect(heard.join('')).toBe(said);
  expect(heard.length).toBeGreaterThan(1);
  expect(server.service.messages[0]?.headers.authorization).toBe(`Bearer ${testKey}`);
});

test('tools that are asked for side by side come with what they are asked', async () => {
  const content: Reply['content'] = [
    { type: 'text', text: 'Two at once.' },
    {
      type: 'tool_use',
      id: 't1',
      name: 'read_file',
      input: { path: 'a.ts', deep: [1, { x: '"' }] },
    },
    { type: 'tool_use', id: 't2', name: 'read_file', input: {} },
  ];
  const { server, model } = await overNetwork(() => ({ content }));
  await using _ = server;
  const reply = await model.call(request('Read.', { tools: [read] }), unheard, never, always);
  expect(reply.stop).toBe('tools');
  expect(reply.content.slice(1)).toEqual([
    {
      kind: 'tool-use',
      id: 't1',
      name: 'read_file',
      input: { path: 'a.ts', deep: [1, { x: '"' }] },
    },
    { kind: 'tool-use', id: 't2', name: 'read_file', input: {} },
  ]);
});

test('what comes of a tool or of thinking is heard as a sign of life, without words', async () => {
  const { clock, model } = await virtualModel({
    script: () => ({
      content: [
        { type: 'thinking', thinking: 'Lay the longest first.', signature: 'c2ln' },
        { type: 'tool_use', id: 't', name: 'read_file', input: { path: 'a long name of a file' } },
      ],
    }),
  });
  const heard: string[] = [];
  const asked = request('Read.', { tools: [read] });
  await settle(
    clock,
    model.call(asked, (part) => heard.push(part), never, always),
  );
  expect(heard.length).toBeGreaterThan(4);
  expect(heard.join('')).toBe('');
});

test('thinking is given back to the service as it came', async () => {
  const thinking = {
    type: 'thinking',
    thinking: 'Lay the longest first.',
    signature: 'c2ln',
  } as const;
  const redacted = { type: 'redacted_thinking', data: 'AbCd' } as const;
  const { service, clock, model } = await virtualModel({
    script: (_, said) =>
      said === 0
        ? {
            content: [
              thinking,
              redacted,
              { type: 'tool_use', id: 't', name: 'read_file', input: {} },
            ],
          }
        : text('Done.'),
  });
  const first = request('Think.', { tools: [read] });
  const reply = await settle(clock, model.call(first, unheard, never, always));
  const results: ModelMessage = {
    role: 'user',
    content: [{ kind: 'tool-result', id: 't', ok: false, text: 'no such file' }],
  };
  const messages = [
    ...first.messages,
    { role: 'assistant', content: reply.content } as const,
    results,
  ];
  await settle(clock, model.call({ ...first, messages }, unheard, never, always));
  const [, said, answered] = service.messages[1]?.body.messages ?? [];
  expect(said?.content.slice(0, 2)).toEqual([thinking, redacted]);
  expect(answered?.content).toMatchObject([
    { type: 'tool_result', tool_use_id: 't', is_error: true, content: 'no such file' },
  ]);
});

test.for<{ content: ModelReply['content'] }>([
  { content: [] },
  { content: [{ kind: 'said', text: '\n' }] },
])('after a reply that says nothing the conversation goes on: %j', async ({ content: nothing }) => {
  const { service, clock, model } = await virtualModel({ script: () => text('Here it is.') });
  const first = request('Answer.', { tools: [read] });
  const messages: ModelMessage[] = [
    ...first.messages,
    { role: 'assistant', content: nothing },
    { role: 'user', content: [{ kind: 'text', text: 'That was no answer.', shared: false }] },
  ];
  const next = { ...first, messages };
  const reply = await settle(clock, model.call(next, unheard, never, always));
  expect(reply.content).toEqual([{ kind: 'said', text: 'Here it is.' }]);
  const sent = service.messages[0]?.body.messages;
  expect(sent?.map(({ role }) => role)).toEqual(['user']);
  expect(sent?.[0]?.content).toMatchObject([
    { text: 'Answer.' },
    { text: 'That was no answer.', cache_control: { type: 'ephemeral' } },
  ]);
});

test('the shape of an answer is asked for', async () => {
  const schema = { type: 'object', properties: { verdict: { type: 'string' } } };
  const { service, clock, model } = await virtualModel({
    script: () => text('{"verdict":"PASS"}'),
  });
  const asked = request('Judge.', { answer: { name: 'verdict', schema } });
  const reply = await settle(clock, model.call(asked, unheard, never, always));
  expect(reply.content).toEqual([{ kind: 'said', text: '{"verdict":"PASS"}' }]);
  expect(service.messages[0]?.body.output_config?.format).toEqual({ type: 'json_schema', schema });
});

test('a reply that was cut off has no tool that was asked for in half a sentence', async () => {
  const { clock, model } = await virtualModel({
    script: () => ({ content: [{ type: 'text', text: 'So' }], stop: 'max_tokens' }),
  });
  const reply = await settle(clock, model.call(request('Go on.'), unheard, never, always));
  expect(reply.stop).toBe('length');
});

test('no more output is asked for than the model has', async () => {
  const { service, clock, model } = await virtualModel(
    { script: () => text('.') },
    'claude-haiku-4-5',
  );
  await settle(clock, model.call(request('.', { maxOutputTokens: 1e6 }), unheard, never, always));
  expect(service.messages[0]?.body.max_tokens).toBe(64_000);
});

test('of later requests of a conversation most is read from the cache, and none costs more than its bound', async () => {
  const { service, clock, model } = await virtualModel({
    script: (_, said) =>
      said % 6 < 5
        ? {
            content: [
              {
                type: 'tool_use',
                id: `t${said}`,
                name: 'read_file',
                input: { path: `${said}.ts` },
              },
            ],
          }
        : text('Done.'),
  });
  const contract = { kind: 'text', text: 'The contract. '.repeat(800), shared: true } as const;
  for (const agent of ['first', 'second', 'third']) {
    const task = { kind: 'text', text: `Your task is the ${agent}.`, shared: false } as const;
    let messages: readonly ModelMessage[] = [{ role: 'user', content: [contract, task] }];
    for (let turn = 0; turn < 6; turn += 1) {
      const asked = request('', { tools: [read], messages });
      const bound = await settle(clock, model.bound(asked, never));
      const reply = await settle(clock, model.call(asked, unheard, never, always));
      expect(reply.cost.tokens).toBeLessThanOrEqual(bound.tokens);
      expect(reply.cost.microUsd).toBeLessThanOrEqual(bound.microUsd);
      expect(reply.cost.microUsd).toBeGreaterThan(0);
      const results = reply.content.flatMap((part) =>
        part.kind === 'tool-use'
          ? [{ kind: 'tool-result', id: part.id, ok: true, text: 'export {};' } as const]
          : [],
      );
      messages = [
        ...messages,
        { role: 'assistant', content: reply.content },
        { role: 'user', content: results },
      ];
    }
  }
  const usages = service.messages.map(({ usage }) => usage!);
  const sum = (pick: (usage: (typeof usages)[number]) => number) =>
    usages.slice(1).reduce((total, usage) => total + pick(usage), 0);
  const cached = sum((usage) => usage.cache_read_input_tokens);
  const all = cached + sum((usage) => usage.input_tokens + usage.cache_creation_input_tokens);
  expect(cached / all).toBeGreaterThan(0.9);
  const counts = service.requests.length - service.messages.length;
  expect(counts, 'only what does not go on from an earlier prompt is counted').toBeLessThanOrEqual(
    3,
  );
});

test('a service that does not say what was used is not for nothing, and its prompts do not shrink', async () => {
  const { service, clock, model } = await virtualModel({
    tellsNoUsage: true,
    script: () => text('The stones of the north wall are cut and wait for mortar.'),
  });
  const first = request('Cut all stones of the north wall. '.repeat(200), { tools: [read] });
  const before = await settle(clock, model.bound(first, never));
  const reply = await settle(clock, model.call(first, unheard, never, always));
  expect(reply.usage.input).toBeGreaterThan(1_000);
  expect(reply.usage.output).toBeGreaterThan(5);
  expect(reply.cost.microUsd).toBeGreaterThan(0);
  expect(reply.cost.tokens).toBeLessThanOrEqual(before.tokens);
  const more = { kind: 'text', text: 'Go on.', shared: false } as const;
  const messages: readonly ModelMessage[] = [
    ...first.messages,
    { role: 'assistant', content: reply.content },
    { role: 'user', content: [more] },
  ];
  const next = await settle(clock, model.bound({ ...first, messages }, never));
  expect(next.tokens).toBeGreaterThanOrEqual(before.tokens);
  expect(service.messages).toHaveLength(1);
});

async function settle<T>(
  clock: { runUntilIdle(): Promise<void> },
  promise: Promise<T>,
): Promise<T> {
  promise.catch(() => undefined);
  await clock.runUntilIdle();
  return promise;
}
