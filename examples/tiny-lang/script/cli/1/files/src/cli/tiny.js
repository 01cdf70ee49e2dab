#!/usr/bin/env node
/** The command line of tiny, connected to the world. */

import { readFileSync } from 'node:fs';
import { main } from './main.js';

process.exitCode = main(process.argv.slice(2), {
  read: (path) => readFileSync(path, 'utf8'),
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
});
