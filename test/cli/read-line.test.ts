import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { readLine } from '../../src/cli/read-line.ts';

const never = (): AbortSignal => new AbortController().signal;

it('reads one line after its prompt, and leaves the input be', async () => {
  const input = new PassThrough();
  const prompts: string[] = [];
  const line = readLine(input, () => prompts.push('asked'), never());
  expect(prompts).toEqual(['asked']);
  input.write('a table\n');
  expect(await line).toBe('a table');
  expect([input.isPaused(), input.listenerCount('end')]).toEqual([true, 0]);
});

it('has no line where the input ends, or the signal aborts', async () => {
  const ended = new PassThrough();
  const none = readLine(ended, () => undefined, never());
  ended.end();
  expect(await none).toBeNull();

  const leaving = new AbortController();
  const left = readLine(new PassThrough(), () => undefined, leaving.signal);
  leaving.abort();
  expect(await left).toBeNull();
  const prompts: string[] = [];
  expect(await readLine(new PassThrough(), () => prompts.push('x'), leaving.signal)).toBeNull();
  expect(prompts).toEqual([]);
});
