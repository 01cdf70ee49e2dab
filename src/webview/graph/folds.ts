import type { Graph } from '../../core/graph.ts';
import type { Plan } from '../../core/plan/plan.ts';
import type { RunState } from '../../core/state.ts';
import { board } from '../store.ts';
import type { FoldedTiers, Members } from './grid.ts';

/** What a folded tier is kept by: its name, because numbers change when a module is split. */
export function foldKey(plan: Plan, graph: Graph, tier: number | null): string {
  // No tier has an empty name.
  return tier === null ? '' : (plan.tiers[tier - graph.tierBase]?.id ?? '');
}

/** The folded tiers of this plan, by node. */
export function foldedTiers(plan: Plan, graph: Graph, folded: ReadonlySet<string>): FoldedTiers {
  const tiers = new Set<number | null>();
  if (folded.size === 0) return tiers;
  plan.tiers.forEach(({ id }, place) => {
    if (folded.has(id)) tiers.add(graph.tierBase + place);
  });
  if (folded.has('')) tiers.add(null);
  return tiers;
}

/** In which course a module stands: by what that is kept when it is folded. */
export function foldOf({ plan, graph }: RunState, node: number): string {
  const id = plan.modules[node]?.id;
  const place = plan.tiers.findIndex(({ modules }) => id !== undefined && modules.includes(id));
  return foldKey(plan, graph, place === -1 ? null : graph.tierBase + place);
}

/** Folds all courses; opens them where all are folded. */
export function foldAll(plan: Plan, graph: Graph, courses: readonly Members[]): void {
  const { folded, fold } = board.store.getState();
  const keys = courses.map(({ tier }) => foldKey(plan, graph, tier));
  fold(keys, !keys.every((key) => folded.has(key)));
}
