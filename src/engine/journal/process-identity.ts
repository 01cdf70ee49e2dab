import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Tells one process from every other, also from a later one with the same pid. */
export interface ProcessIdentity {
  readonly host: string;
  /** Changes with every start of the machine; empty where the system does not tell. */
  readonly boot: string;
  /** Pids of another namespace (a container on the same kernel) mean nothing here. */
  readonly pidNamespace: string;
  readonly pid: number;
  /** Opaque; empty where the system does not tell. */
  readonly started: string;
}

let own: ProcessIdentity | null = null;

export function thisProcess(): ProcessIdentity {
  own ??= {
    host: hostname(),
    boot: bootId(),
    pidNamespace: pidNamespace(),
    pid: process.pid,
    started: startOf(process.pid) ?? '',
  };
  return own;
}

/** `unknown`: on another host, in another container of this one, or the system does not tell. */
export function lifeOf(other: ProcessIdentity): 'alive' | 'dead' | 'unknown' {
  const here = thisProcess();
  if (other.host !== here.host) return 'unknown';
  if (other.boot !== here.boot) return 'dead';
  if (other.pidNamespace !== here.pidNamespace) return 'unknown';
  if (!exists(other.pid)) return 'dead';
  const started = startOf(other.pid);
  if (started === null) return 'dead';
  if (started === '' || other.started === '') return 'unknown';
  return started === other.started ? 'alive' : 'dead';
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Null for a process that only waits to be reaped, empty where it cannot be told. */
function startOf(pid: number): string | null {
  try {
    if (process.platform === 'win32') return '';
    if (process.platform !== 'linux') {
      return execFileSync('ps', ['-o', 'lstart=', '-p', `${pid}`], { encoding: 'utf8' }).trim();
    }
    // The second field is the program's name, which may hold anything; the third is the state.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? null : (fields[19] ?? '');
  } catch {
    return '';
  }
}

function bootId(): string {
  try {
    if (process.platform === 'linux') {
      return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    }
    if (process.platform !== 'darwin') return '';
    return execFileSync('sysctl', ['-n', 'kern.bootsessionuuid'], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}

function pidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}
