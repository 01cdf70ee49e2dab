import { phrase, told, type Phrase } from '../../core/phrase.ts';
import { randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import { createFile, replaceFile } from './durable.ts';
import { removeHandoverRequest } from './handover.ts';
import {
  lastLockPath,
  lockPath,
  readLock,
  standingOf,
  type FoundLock,
  type Holder,
} from './lock-file.ts';
import { Lock } from './lock.ts';
import { thisProcess } from './process-identity.ts';

export interface AcquireOptions {
  /** Of real speed: other processes compare the heartbeat with their own. */
  readonly clock: Clock;
  /** A person said that the process on this other host is gone. */
  readonly goneHost?: string | undefined;
  /** Which hold of that host the person meant, by its nonce; left out: whichever there is. */
  readonly goneHold?: string | undefined;
}

export type Acquisition =
  | { readonly ok: true; readonly lock: Lock }
  | {
      readonly ok: false;
      readonly code: 'held' | 'foreign-host';
      readonly holder: Holder;
      readonly message: string;
      readonly words: Phrase;
    };

/** Each round means that another process was faster; so many are a bug or an attack. */
const mostRounds = 1_000;

/**
 * Takes the lock of a run's folder, if nobody alive holds it. Of many who try, one gets it.
 *
 *     no lock.json ──create──► held ──release──► no lock.json (lock.last.json)
 *                               │ holder dies
 *                               ▼
 *                             stale ──create lock.heir-<nonce>──► heir ──replace lock.json──► held
 *
 * A stale lock has one heir: whoever creates the file named after its nonce. Should the heir die
 * before it replaces the lock, the heir's own nonce names the next heir, and so on.
 */
export async function acquire(folder: string, options: AcquireOptions): Promise<Acquisition> {
  await mkdir(folder, { recursive: true });
  const nonce = randomBytes(16).toString('hex');
  for (let round = 0; round < mostRounds; round += 1) {
    const found = await readLock(lockPath(folder));
    const outcome =
      found === null
        ? await createFresh(folder, nonce, options.clock)
        : await succeed(folder, found, nonce, options);
    if (outcome === 'again') continue;
    if ('code' in outcome) return { ok: false, ...outcome, ...told(wordsOf(outcome)) };
    const lock = Lock.take(folder, outcome, options.clock);
    if (lock === null) continue; // a person was faster, and confirmed that we are gone
    await removeHandoverRequest(folder);
    return { ok: true, lock };
  }
  throw new Error(`the lock of ${folder} changed hands ${mostRounds} times`);
}

/** Who drives the run now; null where nobody that is alive does. */
export async function readHolder(folder: string, clock: Clock): Promise<FoundLock | null> {
  const found = await readLock(lockPath(folder));
  return found !== null && standingOf(found, clock.now()) !== 'free' ? found : null;
}

interface Refusal {
  readonly code: 'held' | 'foreign-host';
  readonly holder: Holder;
}

async function createFresh(folder: string, nonce: string, clock: Clock): Promise<Holder | 'again'> {
  const last = await readLock(lastLockPath(folder));
  const mine = holder(nonce, (last?.holder.epoch ?? 0) + 1, clock);
  return (await createFile(lockPath(folder), JSON.stringify(mine))) ? mine : 'again';
}

async function succeed(
  folder: string,
  found: FoundLock,
  nonce: string,
  { clock, goneHost, goneHold = found.holder.nonce }: AcquireOptions,
): Promise<Holder | Refusal | 'again'> {
  // Another process of that host may have taken the run since the person was asked.
  const isMeant = found.holder.nonce === goneHold;
  const line: string[] = [];
  for (let ancestor: FoundLock | null = found; ancestor !== null;) {
    const standing = standingOf(ancestor, clock.now());
    const confirmed = standing === 'foreign-host' && isMeant && ancestor.holder.host === goneHost;
    if (standing !== 'free' && !confirmed) return { code: standing, holder: ancestor.holder };
    const mine = holder(nonce, ancestor.holder.epoch + 1, clock);
    const heir = join(folder, `lock.heir-${ancestor.holder.nonce}`);
    line.push(heir);
    if (await createFile(heir, JSON.stringify(mine))) {
      return inherit(folder, found, mine, line);
    }
    ancestor = await readLock(heir);
  }
  return 'again';
}

/** From here on nobody else may replace the lock that was found, unless it was replaced before. */
async function inherit(
  folder: string,
  found: FoundLock,
  mine: Holder,
  line: readonly string[],
): Promise<Holder | 'again'> {
  const now = await readLock(lockPath(folder));
  const mayInherit = now?.holder.nonce === found.holder.nonce;
  if (mayInherit) await replaceFile(lockPath(folder), JSON.stringify(mine));
  // Others may be at the end of the line; only with the lock replaced is it without meaning.
  for (const heir of mayInherit ? line : line.slice(-1)) await rm(heir, { force: true });
  return mayInherit ? mine : 'again';
}

function holder(nonce: string, epoch: number, clock: Clock): Holder {
  return { ...thisProcess(), nonce, epoch, since: clock.now() };
}

function wordsOf({ code, holder: { host, pid } }: Refusal): Phrase {
  return code === 'held'
    ? phrase('Process {0} drives this run. Watch it, or ask it to hand over.', pid)
    : phrase(
        'Process {0} on {1} drives this run. Take over only if you know that it has ended.',
        ...[pid, host],
      );
}
