import { watch, type FSWatcher } from 'node:fs';
import type { Clock } from '../clock.ts';

export interface FolderWatchOptions {
  readonly clock: Clock;
  /** How long a change can go unseen where the system reports none. */
  readonly pollMs: number;
}

/**
 * Calls `onChange` when something in a folder may have changed: at once where the system says so,
 * and again and again in any case, because network folders and full queues say nothing. Calls are
 * hints, too many rather than too few.
 */
export function watchFolder(
  folder: string,
  { clock, pollMs }: FolderWatchOptions,
  onChange: () => void,
): Disposable {
  let watcher: FSWatcher | null = null;
  try {
    watcher = watch(folder, { persistent: false }, onChange);
    watcher.on('error', () => watcher?.close());
  } catch {
    // No watching here, or too many watches in use: the poll remains.
  }
  let timer: Disposable;
  const poll = (): void => {
    timer = clock.after(pollMs, poll, { background: true });
    onChange();
  };
  timer = clock.after(pollMs, poll, { background: true });
  return {
    [Symbol.dispose]: () => {
      timer[Symbol.dispose]();
      watcher?.close();
    },
  };
}
