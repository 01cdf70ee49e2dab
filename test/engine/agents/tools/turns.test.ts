import { expect, it } from 'vitest';
import { Turns } from '../../../../src/engine/agents/tools/turns.ts';

const never = new AbortController().signal;

it('lets one go after the other, and is not held up by one that was told to end', async () => {
  const turns = new Turns();
  const went: string[] = [];
  const ended = new AbortController();
  const first = await turns.turn(never);
  const second = turns.turn(ended.signal);
  const third = turns.turn(never).then((turn) => {
    went.push('third');
    return turn;
  });
  ended.abort(new Error('told to end'));
  went.push('first ends');
  first[Symbol.dispose]();
  await expect(second).rejects.toThrow('told to end');
  (await third)[Symbol.dispose]();
  expect(went).toEqual(['first ends', 'third']);
  (await turns.turn(never))[Symbol.dispose]();
});
