import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { RunEvent } from '../src/core/events.ts';
import { overheadOf } from './example-overhead.ts';
import { figure, type Part } from './figure.ts';
import { temporaryFolder } from './temporary-folder.ts';

const cli = resolve('dist/cli/ashlar.mjs');
const targetMs = 150;

/** The example, driven from outside through the built command line: real git, real children. */
export const example: Part = {
  name: 'example',
  measure: async () => {
    if (!existsSync(cli)) {
      process.stdout.write('  skipped: dist/cli/ashlar.mjs is not there; npm run build makes it\n');
      return [];
    }
    await using folder = await temporaryFolder();
    await layOut(folder.path);
    const first = await drive(folder.path);
    const second = await drive(folder.path);
    const overhead = overheadOf(first.events);
    const count = (type: RunEvent['type']): number =>
      second.events.filter((event) => event.type === type).length;
    const uncached = second.events.filter(
      (event) => event.type === 'check-finished' && !event.result.cached,
    );
    return [
      figure(
        'overhead, without agents and checks',
        overhead.withoutAgentsMs,
        'ms/module',
        targetMs,
        `${overhead.modules} modules in ${overhead.runMs} ms`,
      ),
      figure(
        'overhead, without checks alone',
        overhead.withAgentsMs,
        'ms/module',
        null,
        'agents at 1000 times their speed',
      ),
      figure('first run, from start to exit', first.wallMs, 'ms'),
      figure('second run, from start to exit', second.wallMs, 'ms'),
      figure('second run, checks that ran', uncached.length, 'checks', 0),
      figure('second run, builders started', count('generation-started'), 'agents', 0),
      figure('second run, gates judged', count('evaluation-started'), 'modules', 0),
    ];
  },
};

interface Driven {
  readonly events: readonly RunEvent[];
  readonly wallMs: number;
}

/** A copy of the example, without runs of its own. */
export async function layOut(folder: string): Promise<void> {
  const filter = (path: string): boolean => !path.includes('.ce-workspace');
  await cp('examples/tiny-lang', folder, { recursive: true, filter });
}

/** Runs the example's plan to its end and reads the events from its standard output. */
export function drive(folder: string, speed = 1_000): Promise<Driven> {
  const plan = ['run', 'tiny-lang.plan.yaml', '--yes', '--json', '--speed', `${speed}`];
  const start = performance.now();
  const child = spawn(process.execPath, [cli, '--cwd', folder, ...plan], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const out: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  return new Promise((done, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      const wallMs = performance.now() - start;
      if (code === 0) done({ events: eventsOf(Buffer.concat(out).toString()), wallMs });
      else reject(new Error(`the example ended with ${code}: ${Buffer.concat(errors).toString()}`));
    });
  });
}

const eventsOf = (text: string): RunEvent[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as RunEvent);
