import { heldWhile, wantedBy } from '../held.ts';
import type { RunState } from '../state.ts';

/** Who holds what, counted over all lives; and whoever was overtaken must wait for something. */
export function resourceFaults(state: RunState): string[] {
  const { graph, modules, tiers, gates } = state;
  const lives = [...modules, ...tiers, ...gates].map(({ life }) => life);
  const held = graph.demands.capacities.map(() => 0);
  const holders: string[] = [];
  lives.forEach((life, node) => {
    const holds = heldWhile(graph, node, life);
    if (holds !== 0) holders.push(`${node}:${holds}`);
    for (const { resource, amount } of graph.demands.classes[holds] ?? []) {
      held[resource] = (held[resource] ?? 0) + amount;
    }
  });
  const faults: string[] = [];
  const is = [...state.holders].sort(([a], [b]) => a - b).map((entry) => entry.join(':'));
  if (is.join(' ') !== holders.join(' ')) {
    faults.push(`holders are ${is.join(' ')} and should be ${holders.join(' ')}`);
  }
  if (state.held.join(' ') !== held.join(' ')) {
    faults.push(`held is ${state.held.join(' ')} and should be ${held.join(' ')}`);
  }
  for (const [node] of state.overtaken) {
    if (wantedBy(state, node) === 0) faults.push(`${node} was overtaken and waits for nothing`);
  }
  return faults;
}
