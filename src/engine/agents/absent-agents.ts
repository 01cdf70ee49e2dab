import { zeroAmount } from '../../core/budget.ts';
import type { AgentProvider } from './agent.ts';

/** Stands for a provider where nobody is to work: a run that is only brought to its end. */
export const absentAgents = (name: string): AgentProvider => ({
  name,
  metered: 'hard',
  canPlay: () => Promise.resolve(false),
  perform: () =>
    Promise.resolve({
      kind: 'failed',
      code: 'no-turn',
      message: `no agents of ${name} are there to be asked`,
      retry: { kind: 'terminal' },
      spent: zeroAmount,
    }),
});
