import assert from 'node:assert/strict';
import { test } from 'node:test';
import { main } from '../../src/cli/main.js';

/** Runs the command line on one file that exists only here. */
function tiny(command, source) {
  let out = '';
  let error = '';
  const code = main([command, 'demo.tiny'], {
    read(path) {
      if (path !== 'demo.tiny' || source === undefined) throw new Error('no such file');
      return source;
    },
    out: (text) => (out += text),
    error: (text) => (error += text),
  });
  return { code, out, error };
}

test('run prints what the program prints', () => {
  assert.deepEqual(tiny('run', 'print "hello"; print 1 + 2;'), {
    code: 0,
    out: 'hello\n3\n',
    error: '',
  });
});

test('run reports a syntax error, and runs nothing', () => {
  assert.deepEqual(tiny('run', 'print 1;\nprint ;'), {
    code: 1,
    out: '',
    error: 'demo.tiny:2:7: expected an expression but found ";"\n',
  });
});

test('run reports every mistake of the checker, and runs nothing', () => {
  assert.deepEqual(tiny('run', 'print 1;\nprint x;\nreturn y;'), {
    code: 1,
    out: '',
    error:
      'demo.tiny:2:7: "x" is not declared\n' +
      'demo.tiny:3:1: return outside a function\n' +
      'demo.tiny:3:8: "y" is not declared\n',
  });
});

test('run reports a run-time error behind what was printed', () => {
  assert.deepEqual(tiny('run', 'print 1;\nprint -"a";'), {
    code: 3,
    out: '1\n',
    error: 'demo.tiny:2:7: cannot negate a string\n',
  });
});

test('check says when there are no mistakes, and runs nothing', () => {
  assert.deepEqual(tiny('check', 'print 1 / 0;'), { code: 0, out: 'no mistakes\n', error: '' });
});

test('check reports mistakes', () => {
  assert.deepEqual(tiny('check', 'x = 1;'), {
    code: 1,
    out: '',
    error: 'demo.tiny:1:1: "x" is not declared\n',
  });
});

test('bytecode prints the instructions of the optimized program', () => {
  assert.deepEqual(tiny('bytecode', 'print 6 * 7;'), {
    code: 0,
    out: 'main\n  0 push 42\n  1 print\n  2 push nil\n  3 return\n',
    error: '',
  });
});

test('bytecode prints each function below its heading, strings in quotes', () => {
  const { out } = tiny('bytecode', 'fn hi(a) { return "x\\n"; } let f = fn() { };');
  assert.match(out, /^main\n {2}0 closure 1\n {2}1 store 0 0\n/);
  assert.match(out, /\nhi\n {2}0 push "x\\n"\n {2}1 return\n/);
  assert.match(out, /\nfn\n {2}0 push nil\n/);
});

test('a file that cannot be read', () => {
  assert.deepEqual(tiny('run', undefined), {
    code: 2,
    out: '',
    error: 'tiny: cannot read demo.tiny\n',
  });
});

test('a command line that is wrong', () => {
  const usage = { code: 2, out: '', error: 'usage: tiny run|check|bytecode <file>\n' };
  assert.deepEqual(tiny('compile', 'print 1;'), usage);
  assert.deepEqual(tiny('toString', 'print 1;'), usage);
});
