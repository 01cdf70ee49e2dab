import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

/** How long something took. */
export interface Duration {
  readonly wallMs: number;
  /**
   * Time of this thread on a core: on a machine that others use too, the steadier of the two.
   * Where the system does not tell it (it is Linux that does), the wall time.
   */
  readonly coreMs: number;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/**
 * The median of some samples, each of `batch` runs of a task; what one sample leaves is collected
 * before the next. Cores are told in steps of a few milliseconds: a sample should take a hundred.
 */
export async function timed(
  samples: number,
  batch: number,
  task: () => unknown,
): Promise<Duration> {
  const taken: Duration[] = [];
  for (let i = 0; i < samples; i++) {
    globalThis.gc?.();
    const start = now();
    for (let run = 0; run < batch; run++) await task();
    const end = now();
    taken.push({
      wallMs: (end.wallMs - start.wallMs) / batch,
      coreMs: (end.coreMs - start.coreMs) / batch,
    });
  }
  return {
    wallMs: median(taken.map(({ wallMs }) => wallMs)),
    coreMs: median(taken.map(({ coreMs }) => coreMs)),
  };
}

/** Runs a task until the compiler has seen enough of it. */
export async function warmUp(ms: number, task: () => unknown): Promise<void> {
  const end = performance.now() + ms;
  do await task();
  while (performance.now() < end);
}

function now(): Duration {
  const wallMs = performance.now();
  try {
    const [ranNs] = readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ');
    return { wallMs, coreMs: Number(ranNs) / 1e6 };
  } catch {
    return { wallMs, coreMs: wallMs };
  }
}
