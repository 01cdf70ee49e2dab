import type { Pool } from './plan.ts';

/**
 * A pool whose agents come from this provider from here on. The model that the plan names, and what its
 * agents are defined by, are those of the provider before.
 */
export const switchedPool = (pool: Pool, agent: string, model: string | null): Pool => ({
  ...pool,
  ...{ agent, model },
  definition: pool.agent === agent ? pool.definition : null,
});
