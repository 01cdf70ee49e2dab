import { expect, test } from 'vitest';
import { agentExposureNotes, exposureNotes } from '../../src/engine/exposed-secrets.ts';
import { plan } from '../support/scenario-plan.ts';

test('whose secrets checks can read without a sandbox is said by name, with what to do', () => {
  const env = { ANTHROPIC_API_KEY: 'sk-ant-0123456789', GREETING: 'hello there', TOKEN: 'x' };
  const [note = ''] = exposureNotes(env);
  expect(note).toContain('can read, while it is checked, ANTHROPIC_API_KEY in the environment');
  expect(note).toContain('--sandbox require');
  expect(note).toContain('ASHLAR_KEY_FILE');
  expect(note).not.toContain('sk-ant');
  const many = Object.fromEntries(
    ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => [`${name}_TOKEN`, 'long-enough-1']),
  );
  const [counted = ''] = exposureNotes(many);
  expect(counted).toContain('e_TOKEN and 2 more in');
  expect(counted).not.toContain('ASHLAR_KEY_FILE');
  expect(exposureNotes({ PATH: '/usr/bin:/bin:/sbin', TOKEN: 'x' })).toEqual([]);
});

test('agents that are processes with a key are named too', () => {
  const of = plan({ modules: { one: {} } });
  expect(agentExposureNotes(of)).toEqual([]);
  const builders = { ...of.pools.builders, agent: 'claude-code' };
  expect(agentExposureNotes({ pools: { ...of.pools, builders } })).toEqual([
    expect.stringContaining('the key in the environment of each process of Claude Code'),
  ]);
});
