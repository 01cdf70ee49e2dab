/**
 * Runs every program in tests/golden as another process, and compares what it prints with the
 * `.out` file beside it; where there is an `.err` file, that is what it reports. A program that is
 * meant to fail says so in its first line: `# exit 3`.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = 'tests/golden';
const read = (path) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

const programs = readdirSync(new URL('golden', import.meta.url))
  .filter((file) => file.endsWith('.tiny'))
  .sort();

const failures = programs.flatMap(differences);
for (const failure of failures) console.error(failure);
console.log(`${programs.length} programs, ${failures.length} differences`);
process.exitCode = failures.length > 0 || programs.length === 0 ? 1 : 0;

function differences(file) {
  const path = `${folder}/${file}`;
  const expectedExit = Number(/^# exit (\d+)/.exec(read(path))?.[1] ?? 0);
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/cli/tiny.js', 'run', path], {
    cwd: root,
    encoding: 'utf8',
    timeout: 20_000,
  });
  const errors = path.replace(/\.tiny$/, '.err');
  return [
    ...compare(file, 'exit code', status, expectedExit),
    ...compare(file, 'output', stdout, read(path.replace(/\.tiny$/, '.out'))),
    ...compare(
      file,
      'error output',
      stderr,
      existsSync(new URL(`../${errors}`, import.meta.url)) ? read(errors) : '',
    ),
  ];
}

function compare(file, what, actual, expected) {
  if (actual === expected) return [];
  const show = (value) => JSON.stringify(value);
  return [`${file}: ${what} is ${show(actual)}, expected ${show(expected)}`];
}
