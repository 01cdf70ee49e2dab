import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';

/** Another process that runs TypeScript of this project and talks in lines. */
export interface ChildProgram extends AsyncDisposable {
  readonly pid: number;
  /** The next line that it prints; rejects if it ends instead. */
  line(): Promise<string>;
  say(text: string): void;
  /** SIGKILL; resolves when the process has been reaped. */
  kill(): Promise<void>;
}

/** Bundles a program of `test/support/programs`; it can be started many times. */
export async function childProgram(name: string, folder: string): Promise<string> {
  const outfile = join(folder, `${name}.mjs`);
  await build({
    entryPoints: [join(import.meta.dirname, 'programs', `${name}.ts`)],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    loader: { '.md': 'text' },
    packages: 'external',
    logLevel: 'silent',
  });
  return outfile;
}

export function startChild(program: string, ...args: readonly string[]): ChildProgram {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = once(child, 'exit');
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  return {
    pid: pidOf(child),
    line: async () => {
      const { value, done } = await lines.next();
      if (done === true) throw new Error(`the child of ${program} ended`);
      return value;
    },
    say: (text) => void child.stdin.write(`${text}\n`),
    kill,
    [Symbol.asyncDispose]: kill,
  };
}

function pidOf({ pid }: ChildProcess): number {
  if (pid === undefined) throw new Error('the child did not start');
  return pid;
}
