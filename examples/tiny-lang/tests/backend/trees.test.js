import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generate } from '../../src/codegen/index.js';
import { optimize } from '../../src/optimizer/index.js';
import { run } from '../../src/vm/index.js';
import { closures, divides, loops, skips } from './trees.js';

/** What a tree prints, and how its run ends. */
function outcome(tree) {
  const written = [];
  const result = run(generate(tree), { write: (text) => written.push(text) });
  return { result, output: written.join('') };
}

test('what codegen writes, the machine runs: a loop', () => {
  assert.deepEqual(outcome(loops()), { result: { ok: true }, output: '3\n2\n1\n' });
});

test('what codegen writes, the machine runs: functions with variables of their own', () => {
  assert.deepEqual(outcome(closures()), { result: { ok: true }, output: '6\n7\n106\n' });
});

test('a run-time error has the position of its node', () => {
  const error = { message: 'division by zero', line: 4, column: 2 };
  assert.deepEqual(outcome(divides()), { result: { ok: false, error }, output: '' });
});

test('optimizing changes nothing of what a program does', () => {
  for (const tree of [loops(), closures(), divides(), skips()]) {
    assert.deepEqual(outcome(optimize(tree)), outcome(tree));
  }
});

test('optimizing leaves less to do', () => {
  const size = (tree) => generate(tree).functions[0].code.length;
  assert.ok(size(optimize(skips())) < size(skips()));
});
