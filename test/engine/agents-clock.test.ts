import { expect, test } from 'vitest';
import { agentsClock, clockOf } from '../../src/engine/agents-clock.ts';
import { withAgents } from '../../src/engine/providers.ts';
import { plan } from '../support/scenario-plan.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

const scripted = withAgents(plan({ modules: { lexer: {} } }), 'scripted');
const { pools } = withAgents(scripted, 'anthropic');
const mixed = { pools: { ...scripted.pools, builders: pools.builders } };

test('beside sped-up agents those of models have the time that passes', () => {
  const spedUp = new VirtualClock();
  expect(clockOf('scripted', spedUp)).toBe(spedUp);
  expect(clockOf('anthropic', spedUp)).not.toBe(spedUp);
  expect(clockOf('claude-code', spedUp)).not.toBe(spedUp);
});

test('a speed is said to have no effect where all agents are models, and only there', () => {
  expect(agentsClock({ pools }, 1).notes).toEqual([]);
  expect(agentsClock({ pools }, 20).notes).toEqual([
    'a speed of 20 has no effect: it is that of scripted agents, and all pools have models',
  ]);
  expect(agentsClock(scripted, 20).notes).toEqual([]);
  expect(agentsClock(mixed, 20).notes).toEqual([]);
});
