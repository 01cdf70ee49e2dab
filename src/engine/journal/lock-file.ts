import { join } from 'node:path';
import { sha256 } from '../canonical-json.ts';
import { lifeOf, thisProcess, type ProcessIdentity } from './process-identity.ts';
import { parseObject, readSmallFile } from './small-file.ts';

/** Who drives a run, as `lock.json` says. */
export interface Holder extends ProcessIdentity {
  /** Of this hold alone: 32 hex digits. */
  readonly nonce: string;
  /** Counts the drivers of a run; 1 for the first. */
  readonly epoch: number;
  /** UTC milliseconds. */
  readonly since: number;
}

/** A lock as found, with its last heartbeat: the file's own time, in UTC milliseconds. */
export interface FoundLock {
  readonly holder: Holder;
  readonly heartbeat: number;
}

export const lockPath = (folder: string): string => join(folder, 'lock.json');
/** The last hold that ended in order; epochs go on from it. */
export const lastLockPath = (folder: string): string => join(folder, 'lock.last.json');

/** Where only the heartbeat tells whether a holder lives, it is believed dead after this long. */
const heartbeatLostMs = 30_000;
const largestLockBytes = 16 * 1024;

/** The lock at a path; null where there is none. */
export async function readLock(path: string): Promise<FoundLock | null> {
  const file = await readSmallFile(path, largestLockBytes);
  if (!file.ok) {
    if (file.code === 'missing') return null;
    throw new Error(`${path} is no lock file: ${file.code}`);
  }
  return { holder: holderOf(file.text), heartbeat: file.modified };
}

/** Whether another process may drive in this one's place. */
export function standingOf(lock: FoundLock, now: number): 'held' | 'foreign-host' | 'free' {
  const life = lifeOf(lock.holder);
  if (life !== 'unknown') return life === 'alive' ? 'held' : 'free';
  if (lock.holder.host !== thisProcess().host) return 'foreign-host';
  return now - lock.heartbeat < heartbeatLostMs ? 'held' : 'free';
}

function holderOf(text: string): Holder {
  const value = parseObject(text) as Partial<Holder> | null;
  const sound =
    value !== null &&
    [value.host, value.boot, value.pidNamespace, value.started].every(isText) &&
    [value.pid, value.epoch, value.since].every(isCount) &&
    isText(value.nonce) &&
    /^[0-9a-f]{32}$/.test(value.nonce);
  if (sound) return value as Holder;
  // Half written, or broken: of this host, and alive as long as it is fresh.
  const nonce = sha256(text).slice(0, 32);
  const nobody = { boot: thisProcess().boot, pidNamespace: 'unknown', pid: 0, started: '' };
  return { host: thisProcess().host, ...nobody, nonce, epoch: 0, since: 0 };
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
