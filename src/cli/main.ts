import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commandLine } from './command-line.ts';
import { realEngine } from './engine.ts';
import { processTerminal } from './process-terminal.ts';

process.exitCode = await commandLine(process.argv.slice(2), {
  terminal: processTerminal(),
  engine: realEngine,
  cwd: process.cwd(),
  by: userName(),
  env: process.env,
  version: () => ourPackage()?.version ?? 'unknown',
  packageFolder: () => ourPackage()?.folder ?? null,
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
function ourPackage(): { readonly folder: string; readonly version: string } | null {
  for (const path of ['../../package.json', '../package.json']) {
    try {
      const file = fileURLToPath(new URL(path, import.meta.url));
      const { name, version } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
      if (name === 'ashlar' && version !== undefined) return { folder: dirname(file), version };
    } catch {
      continue;
    }
  }
  return null;
}
