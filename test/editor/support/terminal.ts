import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

const program = join(import.meta.dirname, '../../../dist/cli/ashlar.mjs');

/** What a command line said when it had ended. */
export interface Said {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A command line at work in another process. */
export interface Working {
  readonly pid: number | undefined;
  readonly said: Promise<Said>;
}

/** The command line that was built with the extension, as in a terminal; it ends with the test. */
export function typed(folder: string, ...args: readonly string[]): Working {
  const child = spawn(process.execPath, [program, '--cwd', folder, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = whatIsSaid(child);
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await said;
  });
  return { pid: child.pid, said };
}

async function whatIsSaid(child: ChildProcess): Promise<Said> {
  if (child.stdout === null || child.stderr === null) throw new Error('nothing is listened to');
  const [[code], out, err] = await Promise.all([
    once(child, 'close') as Promise<[number | null]>,
    text(child.stdout),
    text(child.stderr),
  ]);
  return { code, out, err };
}
