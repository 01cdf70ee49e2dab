import { places } from './plan.ts';
import type { Shape } from './shapes.ts';

/**
 * The least that any orchestrator in one thread does: the same graph, every module one promise
 * that is resolved at once, never more than eight at a time. No state, no journal, no rules.
 */
export function promisesOnly({ needs }: Shape): Promise<void> {
  const unmet = needs.map((on) => on.length);
  const dependents: number[][] = needs.map(() => []);
  needs.forEach((on, node) => {
    for (const need of on) dependents[need]?.push(node);
  });
  const ready = unmet.flatMap((count, node) => (count === 0 ? [node] : []));
  return new Promise((resolve) => {
    let next = 0;
    let running = 0;
    let done = 0;
    const start = (): void => {
      while (running < places && next < ready.length) {
        const node = ready[next++] ?? 0;
        running++;
        void Promise.resolve().then(() => end(node));
      }
    };
    const end = (node: number): void => {
      running--;
      done++;
      for (const dependent of dependents[node] ?? []) {
        const left = (unmet[dependent] ?? 0) - 1;
        unmet[dependent] = left;
        if (left === 0) ready.push(dependent);
      }
      if (done === needs.length) resolve();
      else start();
    };
    start();
  });
}
