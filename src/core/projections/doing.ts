import { kindOf } from '../graph.ts';
import type { RunState } from '../state.ts';
import type { GateLife, TierLife } from '../gate-state.ts';
import type { ModuleLife } from '../module-state.ts';

/** What a module, tier or gate spends its time with. */
export type Doing =
  | 'waiting'
  /** needs only a place, or a resource that others hold */
  | 'ready'
  | 'building'
  | 'resting'
  /** needs only a reviewer, or a resource that others hold */
  | 'handed-in'
  | 'judging'
  | 'contract'
  | 'person'
  | 'done';

/** Somebody or some check is at work. */
export const isWork = (doing: Doing): boolean =>
  doing === 'building' || doing === 'judging' || doing === 'contract';

export function doingOf(state: RunState, node: number): Doing {
  const { graph } = state;
  switch (kindOf(graph, node)) {
    case 'module':
      return ofModule(state.modules.get(node).life, state.undrafted.get(node));
    case 'tier':
      return ofGate(state.tiers.get(node - graph.tierBase).life);
    case 'gate':
      return ofGate(state.gates.get(node - graph.gateBase).life);
    case 'stream':
      return 'waiting';
  }
}

function ofModule(life: ModuleLife, undrafted: number): Doing {
  switch (life.at) {
    case 'waiting':
    case 'ready':
    case 'resting':
      return life.at;
    case 'passed':
      return 'waiting';
    case 'generating':
      return 'building';
    case 'submitted':
      return 'handed-in';
    case 'evaluating':
      return 'judging';
    case 'sealed':
      return life.stale ? 'waiting' : 'done';
    case 'disputed':
      return life.order === null ? 'handed-in' : 'judging';
    case 'amending':
      return life.order === null ? 'ready' : 'contract';
    case 'verifying':
      if (life.order !== null) return 'contract';
      return undrafted === 0 ? 'ready' : 'waiting';
    case 'escalated':
      return 'person';
    case 'abandoned':
      return 'done';
  }
}

function ofGate(life: TierLife | GateLife): Doing {
  switch (life.at) {
    case 'waiting':
    case 'ready':
    case 'judging':
      return life.at;
    case 'integrated':
    case 'passed':
    case 'approved':
      return 'done';
    case 'blocked':
    case 'asked':
    case 'refused':
      return 'person';
  }
}
