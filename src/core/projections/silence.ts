import type { ModuleId } from '../ids.ts';
import type { Plan } from '../plan/plan.ts';
import type { Chronicle } from './chronicle.ts';

/** An agent at work that has said nothing for long. */
export interface SilentAgent {
  readonly module: ModuleId;
  readonly ms: number;
}

/** Less is no silence, however soon a plan has agents replaced. */
const leastMs = 60_000;

/**
 * For how long an agent has been silent, once that is a third of what has it replaced; null before.
 * `heardMs`: when it was last heard of, or began.
 */
export function silenceMs({ stallMinutes }: Plan, heardMs: number, at: number): number | null {
  const ms = at - heardMs;
  return ms >= Math.max(leastMs, stallMinutes * 20_000) ? ms : null;
}

/** When the builder at work on a module was last heard of; null where none is. */
export function heardAt({ state, history }: Chronicle, node: number): number | null {
  const { life } = state.modules.get(node);
  if (life.at !== 'generating') return null;
  return Math.max(life.since, history.spending.get(node).heardAt);
}

/** All agents that are silent, the longest first. */
export function silentAgents(chronicle: Chronicle, at: number): SilentAgent[] {
  const { state } = chronicle;
  const silent: SilentAgent[] = [];
  if (state.inFlight === 0) return silent;
  for (let node = 0; node < state.graph.modules; node++) {
    const heard = heardAt(chronicle, node);
    const ms = heard === null ? null : silenceMs(state.plan, heard, at);
    if (ms !== null) silent.push({ module: state.modules.get(node).id, ms });
  }
  return silent.sort((a, b) => b.ms - a.ms);
}
