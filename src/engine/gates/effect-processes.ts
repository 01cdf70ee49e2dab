import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { sep } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** Every process started for an effect carries the effect's id in this variable. */
export const effectVariable = 'ASHLAR_EFFECT';

/** What marks a process as a child's: any one of these. */
interface Mark {
  readonly effect: (id: string) => boolean;
  /** The child's process group, which is also its session. */
  readonly group: number | null;
  /** A folder that nobody else works in. */
  readonly folder: string | null;
}

/** The processes that there are; none on systems without `/proc`. */
export function livingProcesses(): ReadonlySet<number> {
  try {
    return new Set(readdirSync('/proc').map(Number).filter(Number.isInteger));
  } catch {
    return new Set();
  }
}

/**
 * The living processes that carry the mark. Zombies are left out: in a container whose first
 * process does not reap, they stay for ever.
 */
function markedProcesses(mark: Mark, older: ReadonlySet<number>): number[] {
  return [...livingProcesses()].filter(
    (pid) => pid !== process.pid && !older.has(pid) && isMarked(pid, mark),
  );
}

function isMarked(pid: number, mark: Mark): boolean {
  const effect = effectOf(pid);
  const byEnvironment = effect !== null && mark.effect(effect);
  if (!byEnvironment && mark.group === null && mark.folder === null) return false;
  const stat = statOf(pid);
  if (stat === null || stat.zombie) return false;
  if (byEnvironment || stat.group === mark.group || stat.session === mark.group) return true;
  return mark.folder !== null && worksIn(pid, mark.folder);
}

/** Null also for other users' processes, whose environment cannot be read. */
function effectOf(pid: number): string | null {
  const environment = `\0${read(pid, 'environ')}`;
  const key = `\0${effectVariable}=`;
  const start = environment.indexOf(key);
  if (start === -1) return null;
  const value = start + key.length;
  const end = environment.indexOf('\0', value);
  return environment.slice(value, end === -1 ? undefined : end);
}

interface Stat {
  readonly zombie: boolean;
  readonly group: number;
  readonly session: number;
}

/** The command's name stands in parentheses and may itself hold parentheses and spaces. */
function statOf(pid: number): Stat | null {
  const text = read(pid, 'stat');
  const [state, , group, session] = text.slice(text.lastIndexOf(')') + 2).split(' ');
  if (state === undefined || group === undefined || session === undefined) return null;
  return { zombie: state === 'Z' || state === 'X', group: Number(group), session: Number(session) };
}

function worksIn(pid: number, folder: string): boolean {
  try {
    const cwd = readlinkSync(`/proc/${pid}/cwd`);
    return cwd === folder || cwd.startsWith(folder + sep);
  } catch {
    return false;
  }
}

/** Empty where the process is gone or another user's. */
function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1');
  } catch {
    return '';
  }
}

/**
 * What a child has left: members of its group or session, processes with its effect's id (which a
 * new session does not take away) and, where the folder is its own, whoever works in it (which an
 * emptied environment does not hide). Processes that are older than the child are not looked at,
 * which makes this cheap on a machine with many.
 */
export function leftProcesses(
  effect: string,
  group: number,
  folder: string | null,
  older: ReadonlySet<number>,
): number[] {
  const marked = markedProcesses({ effect: (id) => id === effect, group, folder }, older);
  if (marked.length > 0 || process.platform === 'linux') return marked;
  return groupLives(group) ? [group] : [];
}

function groupLives(group: number): boolean {
  try {
    process.kill(-group, 0);
    return true;
  } catch {
    return false;
  }
}

export function endProcesses(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // It has ended by itself.
    }
  }
}

const pollMs = 5;
/** A process that forks faster than it is ended must not hold up the engine. */
const rounds = 200;

/** Ends processes until none is found any more: death takes its time, and the dying may fork. */
export async function endAll(find: () => readonly number[]): Promise<number> {
  const ended = new Set<number>();
  for (let round = 0; round < rounds; round += 1) {
    const found = find();
    if (found.length === 0) break;
    endProcesses(found, 'SIGKILL');
    for (const pid of found) ended.add(pid);
    await wait(pollMs);
  }
  return ended.size;
}

/** Whether a process of such an effect is at work; unknown, and so no, on systems without `/proc`. */
export const effectLives = (accepts: (effect: string) => boolean): boolean =>
  markedProcesses({ effect: accepts, group: null, folder: null }, new Set()).length > 0;

/**
 * Ends every process of the effects that the test accepts, also those of an engine that crashed.
 * Answers with how many there were.
 */
export function reapEffects(accepts: (effect: string) => boolean): Promise<number> {
  return endAll(() => markedProcesses({ effect: accepts, group: null, folder: null }, new Set()));
}
