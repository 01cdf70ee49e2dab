import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where this system keeps what can be made again: the parent of all work folders. */
export function cacheFolder(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
): string {
  const home = homedir();
  if (platform === 'win32')
    return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'ashlar');
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'ashlar');
  return join(env.XDG_CACHE_HOME ?? join(home, '.cache'), 'ashlar');
}
