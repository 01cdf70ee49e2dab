import { homedir } from 'node:os';
import { expect, test } from 'vitest';
import { withoutMachine } from '../../../src/engine/export/machine-words.ts';

const clean = withoutMachine('/app');

test('a folder goes where it stands by itself', () => {
  expect(clean('in /app: /app/src/main.ts, cwd=/app. (/app)')).toBe(
    'in <path>: <path>/src/main.ts, cwd=<path>. (<path>)',
  );
  expect(clean('file:///app/x -I/app/inc')).toBe('file://<path>/x -I<path>/inc');
  expect(clean(`${homedir()}/x`)).toBe('<path>/x');
});

test.each(['src/app/main.ts', './app/x', '/apple/x', '/app-two/x', '/app.old/x', 'größe/app/x'])(
  'it stays in %s, which is another',
  (text) => {
    expect(clean(text)).toBe(text);
  },
);

test('the home of somebody whose name goes on is none of theirs', () => {
  expect(withoutMachine('/home/al')('/home/alice/x, /home/al/x')).toBe('/home/alice/x, <path>/x');
  // However it is written: such a folder means this machine.
  expect(withoutMachine('/home/al')(String.raw`no\n/home/al/x`)).toBe(String.raw`no\n<path>/x`);
});
