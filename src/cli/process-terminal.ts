import { constants } from 'node:os';
import type { Terminal } from './terminal.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The terminal, pipes and signals of this process. */
export function processTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  const closing = new Set<() => void>();
  let closed = false;
  // Without a listener Node would throw these; whoever reads has gone, which is no fault of ours.
  stdout.on('error', () => {
    closed = true;
    for (const fn of closing) fn();
  });
  stderr.on('error', () => undefined);
  const isTty = stdout.isTTY && env.TERM !== 'dumb';
  return {
    out: (text) => {
      if (!closed) stdout.write(text);
    },
    err: (text) => void stderr.write(text),
    isTty,
    colour: isTty && (env.NO_COLOR ?? '') === '',
    size: () => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 }),
    now: () => Date.now(),
    every: (ms, fn) => {
      const timer = setInterval(fn, ms).unref();
      return { [Symbol.dispose]: () => clearInterval(timer) };
    },
    onInterrupt: (fn) => {
      const listeners = signals.map((signal) => {
        const listener = (): void => fn(128 + constants.signals[signal]);
        process.on(signal, listener);
        return () => process.off(signal, listener);
      });
      return { [Symbol.dispose]: () => listeners.forEach((off) => off()) };
    },
    onClosed: (fn) => {
      closing.add(fn);
      return { [Symbol.dispose]: () => void closing.delete(fn) };
    },
    get closed() {
      return closed;
    },
    canAsk: isTty && process.stdin.isTTY,
    ask: async (prompt, signal) => {
      const { readLine } = await import('./read-line.ts');
      return readLine(process.stdin, () => stderr.write(prompt), signal);
    },
    onInput: (take, ended) => {
      const { stdin } = process;
      const ends = ['end', 'close', 'error'] as const;
      stdin.on('data', take);
      for (const end of ends) stdin.on(end, ended);
      return {
        [Symbol.dispose]: () => {
          stdin.off('data', take);
          for (const end of ends) stdin.off(end, ended);
          stdin.destroy(); // else it keeps the process alive
        },
      };
    },
    flushed: () => Promise.all([drained(stdout), drained(stderr)]).then(() => undefined),
    exit: (code) => process.exit(code),
  };
}

function drained(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    if (stream.destroyed) resolve();
    // The error of a closed pipe is told a turn later than the write that met it.
    else stream.write('', () => setImmediate(resolve));
  });
}
