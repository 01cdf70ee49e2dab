import { zeroAmount } from '../../../core/budget.ts';
import type { Clock } from '../../clock.ts';
import type { AgentProvider } from '../agent.ts';
import { Performance } from './performance.ts';
import { turnFor, type Script } from './script.ts';

/** Agents that play what a script says, at the speed of the clock: no key, no network, no model. */
export function scriptedProvider(script: Script, clock: Clock): AgentProvider {
  return {
    name: 'scripted',
    metered: 'hard',
    canPlay: async (task) => turnFor(script, task) !== null,
    perform: async (task, link, signal) => {
      const turn = turnFor(script, task);
      if (turn !== null) return new Performance(turn, task, link, clock, signal).play();
      return {
        kind: 'failed',
        code: 'no-turn',
        message: `the script has no turn for this ${task.role}`,
        retry: { kind: 'terminal' },
        spent: zeroAmount,
      };
    },
  };
}
