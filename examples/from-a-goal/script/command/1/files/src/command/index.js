import { byMonth } from '../months/index.js';
import { readRows } from '../reader/index.js';
import { reportOf } from '../report/index.js';

/** Carries out one command line, and gives its exit code. */
export function main(args, { read, out, err }) {
  const [path, ...more] = args;
  if (path === undefined || more.length > 0) {
    err('usage: node src/command/main.js FILE\n');
    return 2;
  }
  try {
    out(reportOf(byMonth(readRows(read(path)))));
    return 0;
  } catch (error) {
    err(`${error.message}\n`);
    return 1;
  }
}
