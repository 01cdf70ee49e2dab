// What is fetched once per machine and shared by all clones: an editor, a Node for it, a browser.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const LOOK_AGAIN_MS = 500;

/** Outside of every checkout; `ASHLAR_DEV_CACHE` names another place. */
export function cacheFolder({ env, platform } = process) {
  if (env.ASHLAR_DEV_CACHE) return env.ASHLAR_DEV_CACHE;
  if (platform === 'win32')
    return join(env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'ashlar-dev');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'ashlar-dev');
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'ashlar-dev');
}

/**
 * The cache's folder of this name. Where there is none, `fill` makes it in a folder beside it,
 * which is then moved into place: what has its name is complete.
 */
export async function cached(name, fill) {
  const folder = join(cacheFolder(), name);
  if (existsSync(folder)) return folder;
  mkdirSync(cacheFolder(), { recursive: true });
  const release = await lock(`${folder}.lock`, () => existsSync(folder));
  try {
    if (existsSync(folder)) return folder;
    const making = `${folder}.${process.pid}`;
    rmSync(making, { recursive: true, force: true });
    mkdirSync(making);
    try {
      await fill(making);
      renameSync(making, folder);
    } finally {
      rmSync(making, { recursive: true, force: true });
    }
    return folder;
  } finally {
    release();
  }
}

/**
 * Only saves a second download: two that took it over from a dead process at once would both
 * fill a folder of their own, and the later move would fail.
 */
async function lock(path, isDone) {
  let told = false;
  for (;;) {
    try {
      writeFileSync(path, `${process.pid}\n`, { flag: 'wx' });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (isDone()) return () => {};
    const holder = holderOf(path);
    if (holder !== null && !isAlive(holder)) {
      rmSync(path, { force: true });
      continue;
    }
    if (!told) process.stdout.write(`ashlar: another process is fetching it; waiting (${path})\n`);
    told = true;
    await pause(LOOK_AGAIN_MS);
  }
}

/** null where it was released, or is not written yet. */
function holderOf(path) {
  try {
    return Number.parseInt(readFileSync(path, 'utf8'), 10) || null;
  } catch {
    return null;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
