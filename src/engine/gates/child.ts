import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import {
  effectVariable,
  endAll,
  endProcesses,
  leftProcesses,
  livingProcesses,
} from './effect-processes.ts';
import { HeadTailBuffer, type HeadTail } from './head-tail.ts';
import { inNamespace, parseStatus, statusFd, withLifeline } from './lifeline.ts';

/** One command to run as a child of the engine. */
export interface ChildRequest {
  /** A line for the shell, or a program and its arguments. */
  readonly command: string | readonly string[];
  readonly cwd: string;
  /** The whole environment; the effect's id is added. */
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** Kept of stdout and of stderr each; what exceeds it is counted and dropped. */
  readonly outputLimitBytes: number;
  /** Whose work this is: found again by it after a crash. */
  readonly effect: string;
  readonly signal: AbortSignal;
  /** Puts a command into a process namespace of its own; null where there is none. */
  readonly confine: ((argv: readonly string[]) => readonly string[]) | null;
  /** True where nobody but this child works in `cwd`: whoever is found there was left by it. */
  readonly ownsCwd: boolean;
  /** Written to stdin, which then stays open until the child is ended; null: it has none. */
  readonly input: string | null;
  /** Sees the whole of stdout as it comes. */
  readonly onStdout: ((chunk: Buffer) => void) | null;
}

export interface ChildEnd {
  /** Null where the child was ended by a signal or could not be started. */
  readonly exit: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Why it could not be started; null where it was. */
  readonly startError: string | null;
  readonly timedOut: boolean;
  readonly aborted: boolean;
  /** The command ended and left a process behind, which was then ended. */
  readonly leftovers: boolean;
  readonly stdout: HeadTail;
  readonly stderr: HeadTail;
  readonly durationMs: number;
}

/** From SIGTERM to SIGKILL. */
const graceMs = 1_000;
/** For what is about to end by itself when the command has ended. */
const leftoverGraceMs = 2_000;
const pollMs = 20;

/** Runs a command to its end, and ends with it everything that it started. */
export async function runChild(request: ChildRequest): Promise<ChildEnd> {
  const startMs = performance.now();
  const stdout = new HeadTailBuffer(request.outputLimitBytes);
  const stderr = new HeadTailBuffer(request.outputLimitBytes);
  // Checks of one effect run side by side: each must tell its own processes from the others'.
  children += 1;
  const effect = `${request.effect}/${process.pid}-${children}`;
  const end = await attend({ ...request, effect }, stdout, stderr);
  return {
    ...end,
    stdout: stdout.end(),
    stderr: stderr.end(),
    durationMs: Math.round(performance.now() - startMs),
  };
}

let children = 0;

type Ending = Omit<ChildEnd, 'stdout' | 'stderr' | 'durationMs'>;
const untouched: Ending = {
  exit: null,
  signal: null,
  startError: null,
  timedOut: false,
  aborted: false,
  leftovers: false,
};

async function attend(
  request: ChildRequest,
  stdout: HeadTailBuffer,
  stderr: HeadTailBuffer,
): Promise<Ending> {
  if (request.signal.aborted) return { ...untouched, aborted: true };
  const older = request.confine === null ? livingProcesses() : new Set<number>();
  const child = started(request);
  if (child instanceof Error) return { ...untouched, startError: child.message };
  child.stdout?.on('data', (chunk: Buffer) => {
    stdout.push(chunk);
    request.onStdout?.(chunk);
  });
  child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk));
  // A child that does not read, or is gone, is seen by its end.
  child.stdin?.on('error', () => undefined);
  if (request.input !== null) child.stdin?.write(request.input);
  const status = readStatus(child);
  const closed = once(child, 'close').catch(() => undefined);

  const over = new Promise<Ending>((resolve) => {
    child.once('error', (error) => resolve({ ...untouched, startError: error.message }));
    child.once('exit', (exit, signal) => resolve({ ...untouched, exit, signal }));
  });
  const cut = await limited(request, child, over);
  const ending = await over;
  const group = child.pid;
  if (ending.startError !== null || group === undefined) return ending;
  const left = (): number[] =>
    request.confine === null ? processesLeft(request, group, older) : [];

  const ended = cut.timedOut || cut.aborted;
  const lingering = !ended && (await lingers(left, closed));
  if (lingering || ended) {
    endGroup(group, 'SIGKILL');
    await endAll(left);
    await Promise.race([closed, wait(graceMs, undefined, { ref: false })]);
  }
  child.stdout?.destroy();
  child.stderr?.destroy();
  child.stdio[statusFd]?.destroy();
  const said = parseStatus(status());
  const leftovers = !ended && (lingering || (said?.left ?? 0) > 0);
  const exit = said?.exit ?? ending.exit;
  return { ...ending, ...cut, exit, signal: exit === null ? ending.signal : null, leftovers };
}

/** Some commands are refused before there is a child: a script on Windows, an argument that cannot be one. */
function started(request: ChildRequest): ChildProcess | Error {
  try {
    return start(request);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function start(request: ChildRequest): ChildProcess {
  const windows = process.platform === 'win32';
  const { command } = request;
  const stdin = request.input === null ? 'ignore' : 'pipe';
  const env = { ...request.env, [effectVariable]: request.effect };
  if (windows) {
    // No process groups and no lifeline there: a child is ended with its tree by taskkill.
    const shell = typeof command === 'string';
    const [file = '', ...rest] = shell ? [command] : command;
    return spawn(file, rest, { cwd: request.cwd, env, shell, stdio: [stdin, 'pipe', 'pipe'] });
  }
  const argv = typeof command === 'string' ? ['/bin/sh', '-c', command] : command;
  const confined = request.confine;
  const [file = '', ...rest] = confined === null ? withLifeline(argv) : confined(inNamespace(argv));
  return spawn(file, rest, {
    cwd: request.cwd,
    env,
    detached: true,
    // fd 3: status; fd 4: lifeline, which a namespace does not need (it ends with its parent).
    stdio: [stdin, 'pipe', 'pipe', 'pipe', ...(confined === null ? (['pipe'] as const) : [])],
  });
}

/** Few bytes at most: a command that finds the descriptor cannot fill memory through it. */
function readStatus(child: ChildProcess): () => string {
  let text = '';
  const pipe = child.stdio[statusFd] as Readable | null | undefined;
  pipe?.on('data', (chunk: Buffer) => {
    if (text.length < 64) text += chunk.toString('latin1', 0, 64);
  });
  pipe?.on('error', () => undefined);
  return () => text;
}

/** Waits for the end, and brings it about at the time limit or when called off. */
async function limited(
  request: ChildRequest,
  child: ChildProcess,
  ended: Promise<unknown>,
): Promise<{ readonly timedOut: boolean; readonly aborted: boolean }> {
  const done = new AbortController();
  const stop = AbortSignal.any([done.signal, request.signal]);
  void ended.then(() => done.abort());
  const timedOut = await wait(request.timeoutMs, true, { signal: stop }).catch(() => false);
  if (done.signal.aborted) return { timedOut: false, aborted: false };
  if (child.pid !== undefined) {
    child.stdin?.end();
    endGroup(child.pid, 'SIGTERM');
    await wait(graceMs, undefined, { signal: done.signal }).catch(() => undefined);
    endGroup(child.pid, 'SIGKILL');
  }
  return { timedOut, aborted: !timedOut };
}

/** True where something of the child's lives on, or still holds its output open, after a while. */
async function lingers(left: () => number[], closed: Promise<unknown>): Promise<boolean> {
  const output = { open: true };
  void closed.then(() => (output.open = false));
  for (let waitedMs = 0; ; waitedMs += pollMs) {
    await Promise.race([closed, wait(pollMs)]);
    const alive = left().length > 0;
    if (!alive && !output.open) return false;
    if (waitedMs >= leftoverGraceMs) return true;
    if (!output.open) await wait(pollMs);
  }
}

function processesLeft(request: ChildRequest, group: number, older: ReadonlySet<number>): number[] {
  return leftProcesses(request.effect, group, request.ownsCwd ? request.cwd : null, older);
}

/** Ends a process group; on Windows, which has none, a process with its tree. */
export function endGroup(group: number, signal: NodeJS.Signals): void {
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(group), '/T', '/F'], { stdio: 'ignore' }).once(
      'error',
      () => undefined,
    );
    return;
  }
  endProcesses([-group], signal);
}
