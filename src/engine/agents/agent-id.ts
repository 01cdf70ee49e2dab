import type { Order } from '../../core/ids.ts';

declare const brand: unique symbol;

/** One agent instance: it does one task and is never used again (law 2). */
export type AgentId = string & { readonly [brand]: 'AgentId' };

/**
 * The event that ordered a task is its agent's only name, so that no agent can get two tasks; where
 * several do the same task side by side, each on its own, `place` tells them apart.
 */
export const agentId = (order: Order, place = 1): AgentId =>
  (place === 1 ? `agent-${order}` : `agent-${order}-${place}`) as AgentId;
