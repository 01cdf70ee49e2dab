import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import type { SpawnedProcess, SpawnOptions } from '@anthropic-ai/claude-agent-sdk';
import { endGroup } from '../../gates/child.ts';
import { endAll, leftProcesses, livingProcesses } from '../../gates/effect-processes.ts';
import { withLifeline } from '../../gates/lifeline.ts';

const maxTail = 4_000;
/** For a process that was killed to be seen dead. */
const graceMs = 2_000;

/**
 * The process of one session, in a group of its own. It ends with the engine, however that ends, and
 * whatever it has started ends with it.
 */
export class ClaudeProcess {
  /** What its processes are known by, also after a crash of the engine. */
  readonly effect: string;
  readonly #older = livingProcesses();
  #child: ChildProcess | null = null;
  #exited: Promise<unknown> = Promise.resolve();
  #ended: Promise<void> | null = null;
  #tail = '';

  constructor(effect: string) {
    this.effect = effect;
  }

  /** The last of what it said on stderr. */
  get tail(): string {
    return this.#tail;
  }

  readonly spawn = ({ command, args, cwd, env }: SpawnOptions): SpawnedProcess => {
    const windows = process.platform === 'win32';
    const [file = '', ...rest] = windows ? [command, ...args] : withLifeline([command, ...args]);
    const child = spawn(file, rest, {
      ...(cwd === undefined ? {} : { cwd }),
      env,
      detached: !windows,
      windowsHide: true,
      stdio: ['pipe', 'pipe', 'pipe', ...(windows ? [] : (['pipe', 'pipe'] as const))],
    });
    this.#child = child;
    this.#exited = new Promise((resolve) => {
      child.once('exit', resolve);
      child.once('error', resolve);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      this.#tail = (this.#tail + chunk.toString('utf8')).slice(-maxTail);
    });
    for (const pipe of [child.stdin, child.stdout, child.stderr]) {
      pipe.on('error', () => undefined);
    }
    if (this.#ended !== null) this.#kill();
    return spawned(child, () => this.#kill());
  };

  /** Ends it and all that it left; may be called more than once, also before it was started. */
  end(): Promise<void> {
    this.#ended ??= this.#end();
    return this.#ended;
  }

  async #end(): Promise<void> {
    const child = this.#child;
    if (child?.pid === undefined) return;
    const group = child.pid;
    this.#kill();
    if (process.platform !== 'win32') {
      await endAll(() => leftProcesses(this.effect, group, null, this.#older));
    }
    await Promise.race([this.#exited, wait(graceMs, undefined, { ref: false })]);
    for (const pipe of child.stdio) pipe?.destroy();
  }

  #kill(): void {
    if (this.#child?.pid !== undefined) endGroup(this.#child.pid, 'SIGKILL');
  }
}

/** The SDK may end the group and nothing less: the shell above the program would hide a mere SIGTERM. */
function spawned(child: ChildProcess, kill: () => void): SpawnedProcess {
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) throw new Error('a child without pipes');
  return {
    stdin,
    stdout,
    get killed() {
      return child.killed;
    },
    get exitCode() {
      return child.exitCode;
    },
    get signalCode() {
      return child.signalCode;
    },
    kill: () => {
      kill();
      return true;
    },
    on: child.on.bind(child) as SpawnedProcess['on'],
    once: child.once.bind(child) as SpawnedProcess['once'],
    off: child.off.bind(child) as SpawnedProcess['off'],
  };
}
