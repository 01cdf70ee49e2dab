import { moduleId } from '../../src/core/ids.ts';
import type { RunState } from '../../src/core/state.ts';
import type { Move } from './scenario.ts';
import { tree } from './scenario-beginning.ts';
import { effectOf } from './scenario-moves.ts';

// What builders at work give each other.

const from = (state: RunState, module: string) => ({
  order: effectOf(state, 'generate', module).order,
  module: moduleId(module),
});

/** A builder asks another module for all it needs of it. */
export const asks =
  (module: string, sender: string, ...items: readonly string[]): Move =>
  (state) => ({ type: 'record-request', ...from(state, module), from: sender as never, items });

interface Giving {
  readonly to?: string;
  readonly items: readonly string[];
  readonly partial?: boolean;
  readonly files?: string;
}

/** A builder gives something before its seal; without `to`, to whoever asked. */
export const gives =
  (module: string, { to, items, partial = false, files }: Giving): Move =>
  (state) => ({
    type: 'record-handoff',
    ...from(state, module),
    to: (to ?? null) as never,
    items,
    partial,
    note: `about ${items.join(', ')}`,
    tree: files === undefined ? null : tree(files),
  });

/** A builder took the newest content of its newest handoff, or waited for it in vain. */
export const takes =
  (module: string, { waitedMs = 0, handoff }: { waitedMs?: number; handoff?: number } = {}): Move =>
  (state) => {
    const its = state.handoffs.toArray().filter(({ to }) => to === module);
    const newest = its.at(-1)?.id ?? 0;
    const id = handoff ?? newest;
    return { type: 'record-receipt', ...from(state, module), handoff: id, waitedMs };
  };
