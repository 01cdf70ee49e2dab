import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { gitEnvironment, type GitPlace } from './git-environment.ts';
import { StoreError } from './store-error.ts';

export interface GitCommand extends GitPlace {
  readonly args: readonly string[];
  /** The folder git starts in. */
  readonly cwd: string;
  /** Configuration on top of the hardened one. */
  readonly settings?: readonly (readonly [string, string])[];
  readonly input?: string | Uint8Array;
  readonly signal?: AbortSignal | undefined;
  /** Exit codes that are answers rather than failures; only 0 unless given. */
  readonly accept?: readonly number[];
}

export interface GitResult {
  readonly stdout: Buffer;
  readonly stderr: string;
  readonly exitCode: number;
}

/** A git that has been started: the caller writes, reads, and waits for `done`. */
export interface RunningGit {
  readonly child: ChildProcessWithoutNullStreams;
  /** Rejects with a `StoreError` on an exit code that was not accepted. Never resolves before stdio is closed. */
  readonly done: Promise<{ readonly exitCode: number; readonly stderr: string }>;
}

const maxOutputBytes = 1024 ** 3;
const maxStderrBytes = 64 * 1024;

/** Starts git, hardened; the one place of the product that does. */
export function startGit(command: GitCommand): RunningGit {
  const child = spawn('git', command.args, {
    cwd: command.cwd,
    env: gitEnvironment(command, command.settings),
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
    ...(command.signal === undefined ? {} : { signal: command.signal, killSignal: 'SIGKILL' }),
  });
  // A git that ends early closes its stdin; its exit code and stderr say why.
  child.stdin.on('error', () => undefined);
  const done = settle(child, command);
  done.catch(() => undefined);
  return { child, done };
}

async function settle(child: ChildProcessWithoutNullStreams, command: GitCommand) {
  const name = `git ${command.args[0] ?? ''}`;
  const stderr: Buffer[] = [];
  let kept = 0;
  child.stderr.on('data', (chunk: Buffer) => {
    stderr.push(chunk);
    kept += chunk.length;
    while (kept > maxStderrBytes && stderr.length > 1) kept -= stderr.shift()?.length ?? 0;
  });
  try {
    const [code, killer] = (await once(child, 'close')) as [number | null, string | null];
    const said = Buffer.concat(stderr).toString();
    if (code === null || !(command.accept ?? [0]).includes(code)) {
      const how = code === null ? `was ended by ${killer ?? 'a signal'}` : `exited with ${code}`;
      throw new StoreError('git-failed', `${name} ${how}`, { stderr: said });
    }
    return { exitCode: code, stderr: said };
  } catch (error) {
    if (command.signal?.aborted === true) {
      throw new StoreError('aborted', `${name} was aborted`, { cause: error });
    }
    if (error instanceof StoreError) throw error;
    throw new StoreError('git-missing', 'git cannot be started', { cause: error });
  }
}

/** Runs git to its end and gives back what it wrote. */
export async function runGit(command: GitCommand): Promise<GitResult> {
  const { child, done } = startGit(command);
  const chunks: Buffer[] = [];
  let bytes = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxOutputBytes) child.kill('SIGKILL');
    else chunks.push(chunk);
  });
  child.stdin.end(command.input ?? '');
  const { exitCode, stderr } = await done;
  return { stdout: Buffer.concat(chunks), stderr, exitCode };
}

/** Runs one git after another, the output of the one as input of the next; gives the last one's stdout. */
export async function pipeGit(from: GitCommand, to: GitCommand): Promise<Buffer> {
  const source = startGit(from);
  const target = startGit(to);
  const chunks: Buffer[] = [];
  target.child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  source.child.stdout.pipe(target.child.stdin);
  source.child.stdin.end(from.input ?? '');
  const [first, second] = await Promise.allSettled([source.done, target.done]);
  if (first.status === 'rejected') throw first.reason;
  if (second.status === 'rejected') throw second.reason;
  return Buffer.concat(chunks);
}
