import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { commandLine } from './command-line.ts';
import { realEngine } from './engine.ts';
import { processTerminal } from './process-terminal.ts';

process.exitCode = await commandLine(process.argv.slice(2), {
  terminal: processTerminal(),
  engine: realEngine,
  cwd: process.cwd(),
  by: userName(),
  env: process.env,
  version: packageVersion,
  trace: (process.env.ASHLAR_TRACE ?? '') !== '',
});

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'command line'; // a user id without a name, as in some containers
  }
}

/** The package lies above src/cli and dist/cli alike, and above build/ while it is developed. */
function packageVersion(): string {
  for (const path of ['../../package.json', '../package.json']) {
    try {
      const text = readFileSync(new URL(path, import.meta.url), 'utf8');
      const { name, version } = JSON.parse(text) as { name?: string; version?: string };
      if (name === 'ashlar' && version !== undefined) return version;
    } catch {
      continue;
    }
  }
  return 'unknown';
}
