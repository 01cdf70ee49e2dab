import { SmallMap } from '../collections/small-map.ts';
import { Vector } from '../collections/vector.ts';
import type { RunEvent } from '../events.ts';
import type { AgentUsed, TaskRole } from '../events/agent.ts';
import type { Order } from '../ids.ts';
import type { RunState } from '../state.ts';
import { addCosts, noCost, sumOfCosts, type Cost, type UsageLine } from '../usage.ts';
import { nodeOfRef } from './node-words.ts';
import { renumbered } from './renumber.ts';

/** What models cost in a run: in all, and by each of what people ask by. Agents at work are in it. */
export interface Costs {
  readonly run: Cost;
  /** By module, tier and gate. */
  readonly byNode: Vector<Cost>;
  readonly byRole: SmallMap<TaskRole, Cost>;
  readonly byModel: SmallMap<string, ModelCost>;
  /** What agents at work told last: the next that they tell takes its place. */
  readonly told: readonly Told[];
}

export interface ModelCost extends Cost {
  readonly provider: string;
  /** '' where its agents do not say. */
  readonly model: string;
}

interface Told {
  readonly order: Order;
  readonly agent: number;
  readonly lines: readonly UsageLine[];
}

export function beginCosts({ graph }: RunState): Costs {
  const byNode = Vector.from(graph.refs.slice(0, graph.streamBase).map(() => noCost));
  return {
    run: noCost,
    byNode,
    byRole: SmallMap.from([]),
    byModel: SmallMap.from([]),
    told: [],
  };
}

/** Folds one more event; itself where the event is not about any of this. */
export function followCosts(
  costs: Costs,
  before: RunState,
  event: RunEvent,
  after: RunState,
): Costs {
  if (event.type === 'agent-used') {
    return used(costs, event, nodeOfRef(after.graph, event.for));
  }
  if (event.type === 'budget-spent') {
    // Its agents tell nothing more.
    const told = costs.told.filter(({ order }) => order !== event.order);
    return told.length === costs.told.length ? costs : { ...costs, told };
  }
  if (event.type !== 'module-split') return costs;
  return { ...costs, byNode: renumbered(costs.byNode, before, after, () => noCost) };
}

function used(costs: Costs, event: AgentUsed, node: number | null): Costs {
  const { order, agent, role, lines } = event;
  const isIts = (each: Told): boolean => each.order === order && each.agent === agent;
  const before = costs.told.find(isIts)?.lines ?? [];
  const change = addCosts(sumOfCosts(lines), sumOfCosts(before), -1);
  const { byNode, byRole } = costs;
  let { byModel } = costs;
  for (const [told, sign] of [
    ...lines.map((l) => [l, 1] as const),
    ...before.map((l) => [l, -1] as const),
  ]) {
    const key = `${told.provider} ${told.model}`;
    const { provider, model } = told;
    byModel = byModel.set(key, {
      ...addCosts(byModel.get(key) ?? noCost, told, sign),
      provider,
      model,
    });
  }
  return {
    run: addCosts(costs.run, change),
    byNode: node === null ? byNode : byNode.set(node, addCosts(byNode.get(node), change)),
    byRole: byRole.set(role, addCosts(byRole.get(role) ?? noCost, change)),
    byModel,
    told: [...costs.told.filter((each) => !isIts(each)), { order, agent, lines }],
  };
}
