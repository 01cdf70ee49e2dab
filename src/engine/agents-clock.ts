import { poolKinds, type Plan } from '../core/plan/plan.ts';
import { systemClock, type Clock } from './clock.ts';
import { ofModels } from './open-models.ts';

/** Agents of models take the time that their service takes: their limits are never sped up. */
export const clockOf = (agents: string, clock: Clock): Clock =>
  ofModels.includes(agents) ? systemClock() : clock;

/** The clock of a run's agents, and what a person should know of it. */
export function agentsClock(
  { pools }: Pick<Plan, 'pools'>,
  speed: number,
): { readonly clock: Clock; readonly notes: readonly string[] } {
  const isSpedUp = poolKinds.some((pool) => !ofModels.includes(pools[pool].agent));
  if (speed === 1 || isSpedUp) return { clock: systemClock(speed), notes: [] };
  const note = `a speed of ${speed} has no effect: it is that of scripted agents, and all pools have models`;
  return { clock: systemClock(), notes: [note] };
}
