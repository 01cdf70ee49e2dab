import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Runs the command line as a process of its own, from the root. */
function tiny(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/cli/tiny.js', ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  return { code: status, out: stdout, error: stderr };
}

test('a program runs as a process', () => {
  assert.deepEqual(tiny('run', 'tests/cli/programs/hello.tiny'), {
    code: 0,
    out: 'hello from a file\n',
    error: '',
  });
});

test('a run-time error ends the process with 3', () => {
  assert.deepEqual(tiny('run', 'tests/cli/programs/fails.tiny'), {
    code: 3,
    out: 'before\n',
    error: 'tests/cli/programs/fails.tiny:2:1: cannot negate a string\n',
  });
});

test('a wrong command line ends the process with 2', () => {
  const { code, error } = tiny();
  assert.deepEqual([code, error], [2, 'usage: tiny run|check|bytecode <file>\n']);
});

test('a missing file ends the process with 2', () => {
  const { code, error } = tiny('run', 'tests/cli/programs/nowhere.tiny');
  assert.deepEqual([code, error], [2, 'tiny: cannot read tests/cli/programs/nowhere.tiny\n']);
});
