import type { Terminal } from './terminal.ts';

/** Ctrl-C, from before there is a session until after it ended. */
export interface Interrupt {
  readonly signal: AbortSignal;
  /** The exit code that belongs to it; null where there was none. */
  readonly code: number | null;
  /** Called at the first one, or at once where that was already. */
  onStop(fn: () => void): Disposable;
}

/** Listens for Ctrl-C; the second one ends the process at once. */
export function listenForInterrupt(terminal: Terminal): Interrupt & Disposable {
  const controller = new AbortController();
  const stops = new Set<() => void>();
  let code: number | null = null;
  const listening = terminal.onInterrupt((exit) => {
    if (code !== null) {
      if (terminal.isTty) terminal.out('\u001b[?25h');
      terminal.exit(exit);
      return;
    }
    code = exit;
    controller.abort();
    for (const stop of stops) stop();
  });
  return {
    signal: controller.signal,
    get code() {
      return code;
    },
    onStop: (fn) => {
      stops.add(fn);
      if (code !== null) fn();
      return { [Symbol.dispose]: () => void stops.delete(fn) };
    },
    [Symbol.dispose]: () => listening[Symbol.dispose](),
  };
}
