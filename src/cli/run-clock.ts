import type { Terminal } from './terminal.ts';

/** UTC milliseconds as a run's clock shows them, which goes `speed` times as fast from now on. */
export function runClock(terminal: Terminal, speed: number): () => number {
  const start = terminal.now();
  return () => start + (terminal.now() - start) * speed;
}
