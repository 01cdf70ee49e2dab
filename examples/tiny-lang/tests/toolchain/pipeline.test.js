import assert from 'node:assert/strict';
import { test } from 'node:test';
import { main } from '../../src/cli/main.js';

function tiny(command, source) {
  let text = '';
  const write = (more) => (text += more);
  const code = main([command, 'p'], { read: () => source, out: write, error: write });
  return `${code} ${text}`;
}

test('each stage reports its own mistakes, with their place', () => {
  assert.equal(tiny('run', 'print "open;'), '1 p:1:7: this string has no end\n');
  assert.equal(tiny('run', 'print 1'), '1 p:1:8: expected ";" but found the end of the program\n');
  assert.equal(tiny('run', 'print len();'), '1 p:1:7: "len" takes 1 argument, not 0\n');
  assert.equal(tiny('run', 'print 2 * (1 / 0);'), '3 p:1:12: division by zero\n');
});

test('what the checker accepts, the code generator knows', () => {
  assert.equal(tiny('run', 'let len = 5; { let len = len; print len; }'), '0 5\n');
  assert.equal(tiny('run', 'print len(push([], str(nil)));'), '0 1\n');
});

test('what is optimized away is checked before', () => {
  assert.equal(tiny('run', 'if false { print x; }'), '1 p:1:18: "x" is not declared\n');
});

test('a program that never returns is ended', () => {
  assert.equal(
    tiny('run', 'fn f(n) { return f(n + 1); } print f(0);'),
    '3 p:1:18: more than 1000 nested calls\n',
  );
});
