import { expect, test } from 'vitest';
import { PromptSizes } from '../../../../src/engine/agents/anthropic/prompt-sizes.ts';
import type { ModelMessage } from '../../../../src/engine/agents/model/chat-model.ts';
import { noUsage } from '../../../../src/core/usage.ts';
import { zeroAmount } from '../../../../src/core/budget.ts';
import { never, request, virtualModel } from '../../../support/messages-server/model.ts';
import { text as saying } from '../../../support/messages-server/model.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';

const id = 'claude-sonnet-5-5';

/** A message that counts how often it is read. */
function read(text: string): { readonly message: ModelMessage; readonly times: () => number } {
  let times = 0;
  const block = { kind: 'text', shared: false, text } as const;
  const counted = Object.defineProperty({ ...block }, 'text', {
    enumerable: true,
    get: () => {
      times += 1;
      return text;
    },
  });
  return { message: { role: 'user', content: [counted] }, times: () => times };
}

test('a message is read once for its size, however many turns carry it', () => {
  const sizes = new PromptSizes(new VirtualClock());
  const opening = read('Build the lexer.');
  const messages: ModelMessage[] = [opening.message];
  const later: ReturnType<typeof read>[] = [];
  for (let turn = 0; turn < 5; turn += 1) {
    const asked = request('', { messages: [...messages] });
    for (let times = 0; times < 4; times += 1) sizes.sizeOf(id, asked);
    const said = [{ kind: 'said', text: `Turn ${turn}.` } as const];
    const usage = { ...noUsage, input: 100 * (turn + 1), output: 10 };
    sizes.learnReply(id, asked, { content: said, stop: 'tools', usage, cost: zeroAmount });
    const next = read(`Go on after ${turn}.`);
    later.push(next);
    messages.push({ role: 'assistant', content: said }, next.message);
    const { counted, rest } = sizes.sizeOf(id, request('', { messages: [...messages] }));
    expect(counted, 'the reply is known as well').toBe(usage.input + usage.output);
    expect(rest).toBeLessThan(300);
  }
  expect([opening, ...later].map(({ times }) => times())).toEqual([1, 1, 1, 1, 1, 1]);
});

test('a message that was shortened is none that was counted, nor is what follows it', () => {
  const sizes = new PromptSizes(new VirtualClock());
  const [first, second, third] = ['Cut.', 'Carry.', 'Set.'].map((each) => read(each).message);
  const whole = request('', { messages: [first!, second!, third!] });
  sizes.learn(id, whole, 900);
  expect(sizes.sizeOf(id, whole)).toMatchObject({ counted: 900, rest: 0 });
  const shorter = request('', { messages: [first!, read('…').message, third!] });
  expect(sizes.sizeOf(id, shorter)).toMatchObject({ counted: 0 });
  expect(sizes.sizeOf('another', request('', { messages: [third!] }))).toMatchObject({
    counted: 0,
  });
});

test.for([
  ['Chinese', '石匠把每一块石头都按照样板切割。'],
  ['hexadecimal', '9f86d081884c7d659a2feaa0c55ad015'],
  ['signs', '𓀀𓁐𓂀⛏🧱'],
])('where nobody counts, no text has more tokens than it is held to: %s', async ([, piece]) => {
  const { clock, model } = await virtualModel({
    script: () => saying('.'),
    faults: () => ({ kind: 'status', status: 404 }),
  });
  const said = piece!.repeat(1_000);
  const bound = model.bound(request(said, { maxOutputTokens: 1 }), never);
  await clock.runUntilIdle();
  // No tokenizer makes more tokens of a text than it has bytes.
  expect((await bound).tokens).toBeGreaterThan(Buffer.byteLength(said));
});
