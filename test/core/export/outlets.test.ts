import { expect, test } from 'vitest';
import { exportOutlet } from '../../../src/core/export/outlets.ts';

const { found } = exportOutlet({ evidence: true, clean: (text) => text, isSecret: () => false });

test.each([
  ['file:///srv/acme/x.mjs:3:4', '<path>:3:4'],
  ['at f (file:///C:/Users/bob/x.js:1:2)', 'at f (<path>:1:2)'],
  ['file://localhost/srv/a', '<path>'],
  ['C:/Users/bob/x.js', '<path>'],
  [String.raw`in C:\Users\bob\x and \\srv\share\x`, 'in <path> and <path>'],
  ['error:/opt/acme/x', 'error:<path>'],
  ['git@example.org:/srv/git/x.git', 'git@example.org:<path>'],
  ['-I/opt/acme/inc/x -L/opt/acme/lib', '-I<path> -L<path>'],
  ['PATH=/usr/bin:/opt/acme/bin', 'PATH=<path>:<path>'],
  ['/srv/Müller/projekt/a', '<path>'],
  ['~/private/x', '<path>'],
])('of %s the path does not go out', (text, out) => {
  expect(found(text)).toBe(out);
});

test.each([
  'see https://example.org/a/b and http://[::1]:8080/a/b',
  'src/a/b.js:3:4 and/or ./x/y, ../x/y',
  'src/größe/a/b.js',
  'src/a-I/b/c and a-b/c/d',
  'ratio 3:/4, 1/2/3',
  'my-profile://a/b/c',
])('%s is no path of a machine', (text) => {
  expect(found(text)).toBe(text);
});
