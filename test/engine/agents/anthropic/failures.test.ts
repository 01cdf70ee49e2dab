import { expect, test } from 'vitest';
import { zeroAmount } from '../../../../src/core/budget.ts';
import { Random } from '../../../sim/random.ts';
import { openConnection } from '../../../../src/engine/agents/anthropic/connection.ts';
import { ModelFailure, type CallCost } from '../../../../src/engine/agents/model/chat-model.ts';
import { systemClock } from '../../../../src/engine/clock.ts';
import {
  faultsInOrder,
  randomFaults,
  type Fault,
} from '../../../support/messages-server/faults.ts';
import {
  always,
  modelOf,
  never,
  request,
  testKey,
  text,
  unheard,
  virtualModel,
  type VirtualModel,
} from '../../../support/messages-server/model.ts';
import { startMessagesServer } from '../../../support/messages-server/server.ts';

const said = 'A set stone is not touched again.';
const script = () => text(said);

async function called(
  { model, clock }: VirtualModel,
  again: (broken: CallCost) => boolean = always,
) {
  const call = model.call(request('Set.'), unheard, never, again);
  call.catch(() => undefined);
  await clock.runUntilIdle();
  return call;
}

const passing: readonly Fault[] = [
  { kind: 'status', status: 500 },
  { kind: 'status', status: 529 },
  { kind: 'status', status: 429, headers: { 'retry-after': '3' } },
  { kind: 'reset', afterBytes: 0 },
  { kind: 'reset', afterBytes: 500 },
  { kind: 'truncated', events: 4 },
  { kind: 'malformed' },
  { kind: 'error-event', type: 'overloaded_error' },
  { kind: 'stall', events: 0 },
  { kind: 'stall', events: 3 },
];

test.for(passing)(
  'what passes is tried again: $kind $status $afterBytes $events',
  async (fault) => {
    const world = await virtualModel({ script, faults: faultsInOrder(fault) });
    const reply = await called(world);
    expect(reply.content).toEqual([{ kind: 'said', text: said }]);
    expect(world.service.messages).toHaveLength(2);
    expect(world.connection.limiter.waiting).toBe(0);
  },
);

test.for(passing.filter(({ kind }) => kind !== 'status'))(
  'over a real connection too: $kind $afterBytes $events',
  async (fault) => {
    const faults = faultsInOrder(fault);
    await using server = await startMessagesServer({ script, key: testKey, faults });
    // Its patience of two minutes passes in less than a second.
    const clock = systemClock(200);
    const connection = openConnection({ apiKey: testKey, baseURL: server.url }, clock);
    const model = modelOf('claude-sonnet-5-5', connection, clock);
    const reply = await model.call(request('Set.'), unheard, never, always);
    expect(reply.content).toEqual([{ kind: 'said', text: said }]);
    expect(server.service.answered(200)).toBeGreaterThanOrEqual(1);
  },
);

test.for([
  [401, 'unauthorised'],
  [402, 'unpaid'],
  [403, 'unauthorised'],
  [404, 'no-model'],
  [413, 'too-large'],
  [400, 'bad-request'],
] as const)('what does not pass is not tried again: %i is %s', async ([status, code]) => {
  const world = await virtualModel({ script, faults: () => ({ kind: 'status', status }) });
  await expect(called(world)).rejects.toMatchObject({ code });
  expect(world.service.messages).toHaveLength(1);
});

test('what a service refuses is told in its words, and an address where nothing is by its name', async () => {
  const refusing = async (status: number, message: string) => {
    const faults = () => ({ kind: 'status', status, message }) as const;
    return called(await virtualModel({ script, faults })).catch((error: unknown) => String(error));
  };
  expect(await refusing(401, 'invalid x-api-key')).toBe(
    'ModelFailure: 401 authentication_error: invalid x-api-key',
  );
  expect(await refusing(404, 'model: gpt-9')).toBe(
    'ModelFailure: 404 not_found_error: model: gpt-9',
  );
  expect(await refusing(404, 'no route /foo/v1/messages')).toMatch(
    /404 not_found_error: no route \/foo\/v1\/messages; nothing is at http.*\/v1\/messages: look at the base URL/,
  );
});

test('credit that is used up is told apart from a bad request, by answers and by counts', async () => {
  const message = 'Your credit balance is too low to access the API. Please purchase credits.';
  const world = await virtualModel({
    script,
    faults: () => ({ kind: 'status', status: 400, message }),
  });
  await expect(called(world)).rejects.toMatchObject({ code: 'unpaid' });
  await expect(called(world)).rejects.toThrow(/credit balance is too low/);
  const { model, clock, service } = world;
  const bound = model.bound(request('Set all of these stones. '.repeat(500)), never);
  bound.catch(() => undefined);
  await clock.runUntilIdle();
  await expect(bound).rejects.toMatchObject({ code: 'unpaid' });
  expect(service.messages).toHaveLength(2);
});

test('a prompt that is longer than the model reads is too large, whatever the service calls it', async () => {
  const world = await virtualModel(
    { script, faults: () => ({ kind: 'status', status: 400 }) },
    'claude-haiku-4-5',
  );
  const { model, clock } = world;
  const call = model.call(request('stone '.repeat(150_000)), unheard, never, always);
  call.catch(() => undefined);
  await clock.runUntilIdle();
  await expect(call).rejects.toMatchObject({ code: 'too-large' });
});

test('a service that stays down is given up after a minute or so, with its last reason', async () => {
  const world = await virtualModel({ script, faults: () => ({ kind: 'status', status: 529 }) });
  const began = world.clock.monotonic();
  await expect(called(world)).rejects.toMatchObject({ code: 'provider-down' });
  await expect(called(world)).rejects.toThrow(/8 tries .*fault 529/);
  const seconds = (world.clock.monotonic() - began) / 2000;
  expect(seconds).toBeGreaterThan(20);
  expect(seconds).toBeLessThan(90);
});

test('a service that nobody answers for is down', async () => {
  const clock = systemClock(1000);
  const connection = openConnection({ apiKey: testKey, baseURL: 'http://127.0.0.1:9' }, clock);
  const model = modelOf('claude-sonnet-5-5', connection, clock);
  const call = model.call(request('Set.'), unheard, never, always);
  await expect(call).rejects.toMatchObject({ code: 'provider-down' });
  await expect(call).rejects.toThrow(/ECONNREFUSED|bad port/);
});

test('what a try has cost that broke off is told before the next, and its output is estimated', async () => {
  const world = await virtualModel({
    script,
    faults: faultsInOrder({ kind: 'truncated', events: 5 }),
  });
  const told: CallCost[] = [];
  const reply = await called(world, (broken) => told.push(broken) > 0);
  const [broken] = told;
  expect(told).toHaveLength(1);
  expect(broken?.cost).toMatchObject({ turns: 0, ms: 0 });
  expect(broken?.usage.output).toBeGreaterThan(0);
  expect(broken?.cost.microUsd).toBeGreaterThan(0);
  expect(reply.cost.turns).toBe(1);
});

test('a try that may not be paid for is not made', async () => {
  const world = await virtualModel({ script, faults: faultsInOrder({ kind: 'malformed' }) });
  const call = called(world, () => false);
  await expect(call).rejects.toMatchObject({
    code: 'unaffordable',
    spent: { cost: { tokens: 0 } },
  });
  expect(world.service.messages).toHaveLength(1);
});

test('an aborted call ends with the reason, and says so where its request was never made', async () => {
  const reason = new Error('taken back');
  const world = await virtualModel({ script, faults: () => ({ kind: 'stall', events: 3 }) });
  const { model, clock, service } = world;
  await expect(
    model.call(request('Set.'), unheard, AbortSignal.abort(reason), always),
  ).rejects.toMatchObject({ name: 'CallUnsent', reason, spent: { cost: zeroAmount } });
  expect(service.messages).toHaveLength(0);

  const ending = new AbortController();
  const call = model.call(request('Set.'), unheard, ending.signal, always);
  call.catch(() => undefined);
  clock.after(1_000, () => ending.abort(reason));
  await clock.runUntilIdle();
  await expect(call).rejects.toBe(reason);
  expect(service.messages[0]?.left).toBe(true);
  expect(clock.waiting).toBe(0);
});

test('an abort frees a real connection', async () => {
  await using server = await startMessagesServer({
    script,
    key: testKey,
    faults: () => ({ kind: 'stall', events: 2 }),
  });
  const clock = systemClock();
  const connection = openConnection({ apiKey: testKey, baseURL: server.url }, clock);
  const ending = new AbortController();
  const model = modelOf('claude-sonnet-5-5', connection, clock);
  const call = model.call(request('Set.'), unheard, ending.signal, always);
  call.catch(() => undefined);
  await expect.poll(() => server.service.messages[0]?.status).toBe(200);
  ending.abort();
  await expect(call).rejects.toThrow(/abort/);
  await expect.poll(() => server.open).toBe(0);
});

test('no failure says the key, be it that the service says it', async () => {
  const world = await virtualModel({
    script: () => {
      throw new Error('never asked');
    },
    faults: () => ({ kind: 'status', status: 403, message: `no: ${testKey} sk-ant-other-55555` }),
  });
  const error: unknown = await called(world).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ModelFailure);
  expect(String(error)).toContain('no: (key) (key)');
  expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('sk-ant');
});

test('of 300 requests with a fifth of them failing all are answered', async () => {
  const world = await virtualModel({ script, faults: randomFaults(new Random(11), 0.2) });
  const { model, clock, service } = world;
  let broken = 0;
  const calls = Array.from({ length: 300 }, () =>
    model.call(request('Set.'), unheard, new AbortController().signal, () => (broken += 1) > 0),
  );
  await clock.runUntilIdle();
  for (const reply of await Promise.all(calls)) expect(reply.content).toHaveLength(1);
  expect(broken).toBeGreaterThan(0);
  expect(service.messages.length).toBeGreaterThan(330);
  expect(clock.waiting).toBe(0);
});
