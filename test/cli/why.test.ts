import { expect, it } from 'vitest';
import { Story } from '../core/projections/story.ts';
import { engineWith, run } from './fake-engine.ts';
import { invoke } from './invoke.ts';

const driver = { pid: 7, host: 'here' };

it('tells why a module waits, of the latest run or of one that is named', async () => {
  const { engine } = engineWith(new Story().go(), driver);
  for (const line of ['why parser', `why ${run} parser`, `why ${run} module:parser`]) {
    const { code, terminal } = invoke(line, { engine });
    expect(await code).toBe(0);
    expect(terminal.stdout).toContain('parser waits for lexer');
    expect(terminal.stdout).toContain('\n  lexer: Building');
  }
});

it('prints the same as JSON', async () => {
  const { engine } = engineWith(new Story().go());
  const { code, terminal } = invoke('why gate:ship --json', { engine });
  expect(await code).toBe(0);
  expect(JSON.parse(terminal.stdout)).toMatchObject({ name: 'gate ship', undriven: true });
});

it.each([
  ['why', '<module> is missing'],
  ['why ../x', 'names no module, tier or gate'],
  ['why nobody', 'has no module, tier or gate nobody; it has lexer, parser'],
  ['why parser lexer', `is no run's id`],
])('refuses `%s`, saying what is wrong', async (line, says) => {
  const { engine } = engineWith(new Story().go());
  const { code, terminal } = invoke(line, { engine });
  expect(await code).toBe(2);
  expect(terminal.stderr).toContain(says);
});
