import { kindOf } from '../graph.ts';
import { resourceHold } from '../resource-hold.ts';
import type { RunState } from '../state.ts';
import { doingOf } from './doing.ts';
import { isNodeSettled, openConfirmers, openNeeds } from './node-words.ts';

/** The nodes that must get somewhere before this one goes on. */
export function blockersOf(state: RunState, node: number): number[] {
  if (isNodeSettled(state, node)) return [];
  if (kindOf(state.graph, node) !== 'module') {
    return doingOf(state, node) === 'waiting'
      ? openNeeds(state, node)
      : resourceHolders(state, node);
  }
  const { life, contract } = state.modules.get(node);
  switch (life.at) {
    case 'waiting':
    case 'sealed':
      return contract.version === 0 ? [] : openNeeds(state, node);
    case 'ready':
      return resourceHolders(state, node);
    case 'submitted': {
      const needs = openNeeds(state, node);
      return needs.length > 0 ? needs : resourceHolders(state, node);
    }
    case 'passed':
      return openConfirmers(state, node);
    case 'verifying':
      if (life.order !== null) return [];
      return state.undrafted.get(node) === 0
        ? resourceHolders(state, node)
        : (state.graph.drafts[node] ?? []).filter(
            (need) => state.modules.get(need).contract.version === 0,
          );
    case 'generating':
    case 'resting':
    case 'evaluating':
    case 'disputed':
    case 'amending':
    case 'escalated':
    case 'abandoned':
      return [];
  }
}

const resourceHolders = (state: RunState, node: number): number[] => {
  const hold = resourceHold(state, node);
  if (hold === null) return [];
  return (hold.keptFor === null ? hold.holders : [hold.keptFor]).filter((each) => each !== node);
};

/** A node and all that hold it up, through whatever holds those up; itself alone where nothing does. */
export function heldUpBy(state: RunState, node: number): ReadonlySet<number> {
  const held = new Set([node]);
  for (const each of held) for (const blocker of blockersOf(state, each)) held.add(blocker);
  return held;
}
