import { createInterface } from 'node:readline';

/** Reads one line as the terminal gives it, its own editing left on; null: none came. */
export function readLine(
  input: NodeJS.ReadableStream,
  prompt: () => void,
  signal: AbortSignal,
): Promise<string | null> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve(null);
      return;
    }
    // Not as a terminal of its own: Ctrl-C goes on meaning what it means everywhere.
    const lines = createInterface({ input, terminal: false });
    const end = (line: string | null): void => {
      // Closing tells of itself at once: what was read has to be given first.
      resolve(line);
      signal.removeEventListener('abort', leave);
      lines.close();
    };
    const leave = (): void => end(null);
    signal.addEventListener('abort', leave, { once: true });
    lines.once('line', end);
    lines.once('close', leave);
    prompt();
  });
}
