import type { Disposable } from 'vscode';
import { expect, test } from 'vitest';
import { Coalesced } from '../../../src/extension/runs/coalesced.ts';
import { Emitter } from '../../../src/extension/runs/emitter.ts';

test('a task that is asked for while it runs, runs once more for all who asked, and never twice at once', async () => {
  const ends: (() => void)[] = [];
  let atOnce = 0;
  const task = new Coalesced(async () => {
    atOnce += 1;
    expect(atOnce).toBe(1);
    await new Promise<void>((resolve) => ends.push(resolve));
    atOnce -= 1;
  });
  const first = task.run();
  const [second, third] = [task.run(), task.run()];
  expect(ends).toHaveLength(1);
  ends[0]!();
  await first;
  await Promise.resolve();
  expect(second).toBe(third);
  expect(ends).toHaveLength(2);
  const fourth = task.run();
  ends[1]!();
  await second;
  await Promise.resolve();
  expect(ends).toHaveLength(3);
  ends[2]!();
  await fourth;
});

test('whoever listens hears in order until disposed of, with the object it was given', () => {
  const emitter = new Emitter<number>();
  const heard: string[] = [];
  const others: Disposable[] = [];
  const first = emitter.event((value) => heard.push(`first ${value}`));
  emitter.event(
    function (this: string[], value: number) {
      this.push(`second ${value}`);
    },
    heard,
    others,
  );
  emitter.fire(1);
  first.dispose();
  emitter.fire(2);
  for (const other of others) other.dispose();
  emitter.fire(3);
  expect(heard).toEqual(['first 1', 'second 1', 'second 2']);
});
