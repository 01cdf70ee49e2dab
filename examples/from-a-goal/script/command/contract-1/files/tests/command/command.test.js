import test from 'node:test';
import assert from 'node:assert/strict';
import { main } from '../../src/command/index.js';

function called(args, read = () => 'date,category,amount,note\n') {
  const written = { out: [], err: [] };
  const code = main(args, {
    read,
    out: (text) => written.out.push(text),
    err: (text) => written.err.push(text),
  });
  return { code, ...written };
}

test('a file without rows has an empty report', () => {
  assert.deepEqual(called(['a.csv']), { code: 0, out: [''], err: [] });
});

test('the file is the one that was named', () => {
  const asked = [];
  called(['a.csv'], (path) => {
    asked.push(path);
    return 'date,category,amount,note\n';
  });
  assert.deepEqual(asked, ['a.csv']);
});

test('what cannot be read ends with 1 and one line', () => {
  const fails = () => {
    throw new Error('a.csv is not there');
  };
  assert.deepEqual(called(['a.csv'], fails), { code: 1, out: [], err: ['a.csv is not there\n'] });
});

test('another number of words ends with 2', () => {
  for (const args of [[], ['a', 'b']]) {
    const { code, err } = called(args);
    assert.equal(code, 2);
    assert.match(err.join(''), /^usage: .*\n$/);
  }
});
