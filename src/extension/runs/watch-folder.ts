import { watch, type FSWatcher } from 'node:fs';

/** Something that lasts until it is ended. */
export interface Watching {
  dispose(): void;
}

export interface WatchFolderOptions {
  /** How long a change can go unseen where the system reports none. */
  readonly pollMs: number;
  /** Which names matter; where the system tells none, all do. */
  readonly concerns?: (name: string) => boolean;
}

/**
 * Calls `onChange` when something in a folder may have changed: at once where the system says so, and
 * every `pollMs` in any case. Calls are hints, too many rather than too few.
 */
export function watchFolder(
  folder: string,
  { pollMs, concerns = () => true }: WatchFolderOptions,
  onChange: () => void,
): Watching {
  let watcher: FSWatcher | null = null;
  try {
    watcher = watch(folder, { persistent: false }, (_event, name) => {
      if (name === null || concerns(name)) onChange();
    });
    watcher.on('error', () => watcher?.close());
  } catch {
    // Not there, no watching here, or too many watches in use: the poll remains.
  }
  const poll = setInterval(onChange, pollMs);
  poll.unref();
  return {
    dispose: () => {
      clearInterval(poll);
      watcher?.close();
    },
  };
}
