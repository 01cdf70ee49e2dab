import { expect, it } from 'vitest';
import { InTurn } from '../../../src/extension/drafts/in-turn.ts';

it('what is done to one thing waits for what is done to it, also for what fails; other things do not', async () => {
  const turns = new InTurn();
  const told: string[] = [];
  let fail = (): void => undefined;
  const first = turns.run('lexer', () => {
    told.push('first begins');
    return new Promise<void>((_, reject) => (fail = () => reject(new Error('a full disk'))));
  });
  const second = turns.run('lexer', async () => told.push('second'));
  await turns.run('parser', async () => told.push('other'));
  expect(told).toEqual(['first begins', 'other']);
  fail();
  await expect(first).rejects.toThrow('a full disk');
  await second;
  expect(told).toEqual(['first begins', 'other', 'second']);
});
