/**
 * The program that `node --test` loads as its reporter, as text: the product is one bundled file,
 * and what a child loads must lie outside it. It runs in the process that only starts the test
 * files, where no code of a submission runs.
 *
 * Each line of the report is a record and a tab and its seal: an HMAC over the line's number and
 * text. The key stands in this program's text alone, and the program deletes its own file before
 * the first test starts. So a line that a test writes, wherever it finds the report, is no line of
 * ours, and neither can one be taken out: the last record tells how many there are.
 */
export function nodeReporterSource(key: string, destination: string, once: boolean): string {
  return `import { createHmac } from 'node:crypto';
import { openSync, unlinkSync, writeSync } from 'node:fs';
import { inspect } from 'node:util';

const key = ${JSON.stringify(key)};
const fd = openSync(${JSON.stringify(destination)}, 'a', 0o600);
${once ? 'unlinkSync(new URL(import.meta.url));' : ''}

let count = 0;
function record(value) {
  const text = JSON.stringify(value);
  count += 1;
  writeSync(fd, text + '\\t' + createHmac('sha256', key).update(count + ' ' + text).digest('hex') + '\\n');
}

const cut = (text, limit) => (text.length > limit ? text.slice(0, limit) + '…' : text);

function says(error) {
  const cause = error?.cause ?? error;
  if (typeof cause !== 'object' || cause === null) return cut(String(cause), 6000);
  const message = typeof cause.message === 'string' ? cause.message : inspect(cause, { depth: 2 });
  const own = cause.generatedMessage === false && 'expected' in cause;
  const values = own ? '\\nexpected: ' + show(cause.expected) + '\\nactual: ' + show(cause.actual) : '';
  const frames = String(cause.stack ?? '').split('\\n').filter((line) => /^ +at /.test(line) && !line.includes('node:internal') && !/\\(?node:/.test(line));
  const where = frames.length > 0 ? '\\n' + frames.slice(0, 4).join('\\n') : '';
  return cut(message, 5000) + cut(values, 2000) + cut(where, 1000);
}
const show = (value) => cut(inspect(value, { depth: 3 }), 900);

export default async function* reporter(source) {
  const names = [];
  let errors = '';
  for await (const { type, data } of source) {
    if (type === 'test:stderr' || type === 'test:stdout') {
      (type === 'test:stderr' ? process.stderr : process.stdout).write(data.message);
      if (type === 'test:stderr') errors = (errors + data.message).slice(-3000);
    } else if (type === 'test:start') {
      names.length = data.nesting;
      names[data.nesting] = data.name;
    } else if (type === 'test:pass' || type === 'test:fail') {
      const file = data.file ?? '';
      const error = data.details?.error;
      const failed = type === 'test:fail';
      const whole = data.nesting === 0 && file !== '' && (data.name === file || file.endsWith('/' + data.name) || file.endsWith('\\\\' + data.name)) && data.line === 1 && data.column === 1;
      const skipped = data.skip !== undefined && data.skip !== false;
      const todo = data.todo !== undefined && data.todo !== false;
      record({
        scope: whole ? 'file' : data.details?.type === 'suite' ? 'suite' : 'test',
        name: [...names.slice(0, data.nesting), data.name].join(' > '),
        file,
        line: typeof data.line === 'number' ? data.line : null,
        outcome: skipped ? 'skip' : todo ? 'todo' : failed ? 'fail' : 'pass',
        below: error?.failureType === 'subtestsFailed',
        message: failed ? (whole ? cut(errors.trim() === '' ? says(error) : errors.trim(), 3000) : says(error)) : '',
      });
      if (data.nesting === 0) errors = '';
    }
  }
  record({ end: count });
}
`;
}
