import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { main } from '../../src/cli/main.js';
import { readExamples } from '../reference/examples.js';

test('every example of the reference prints what the reference says', () => {
  const page = readFileSync(new URL('../../docs/reference.md', import.meta.url), 'utf8');
  const examples = readExamples(page);
  assert.notEqual(examples.length, 0);
  for (const { line, source, output } of examples) {
    let printed = '';
    const write = (text) => (printed += text);
    main(['run', 'example'], { read: () => source, out: write, error: write });
    assert.equal(printed, output, `the example at line ${line} of docs/reference.md`);
  }
});
