import { expect, it } from 'vitest';
import type { Engine } from '../../src/cli/engine.ts';
import { runId, type RunId } from '../../src/core/ids.ts';
import type { Comparison } from '../../src/core/projections/compare-shape.ts';
import { Story } from '../core/projections/story.ts';
import { engineWith, run } from './fake-engine.ts';
import { invoke } from './invoke.ts';

const other = runId('20260302-0900-ff01');

/** Two runs in one folder; any other name is none of them. */
function engineOfTwo(a: Story, b: Story): Engine {
  const engines = new Map<RunId, Engine>([
    [run, engineWith(a).engine],
    [other, engineWith(b).engine],
  ]);
  return {
    ...engineWith(a).engine,
    readRun: async (workspace, id) => {
      const engine = id === null ? undefined : engines.get(id);
      if (engine === undefined)
        return { ok: false, code: 'no-run', message: `there is no run ${String(id)}` };
      return engine.readRun(workspace, id);
    },
  };
}

const troubled = (): Story =>
  new Story().go().after(60).submit('lexer').fail('lexer', 'numbers are cut off').seal('vm');

it('sets two runs side by side, with what cannot be compared first', async () => {
  const engine = engineOfTwo(new Story().toApproval().approve('ship').deliver(), troubled());
  const { code, terminal } = invoke(`compare ${run} ${other}`, { engine });
  expect(await code).toBe(0);
  await expect(terminal.stdout).toMatchFileSnapshot('golden/compare.txt');
});

it('prints the same as JSON', async () => {
  const engine = engineOfTwo(new Story().toApproval(), troubled());
  const { code, terminal } = invoke(`compare ${run} ${other} --json`, { engine });
  expect(await code).toBe(0);
  const { runs, modules, caveats } = JSON.parse(terminal.stdout) as Comparison;
  expect(runs.map(({ refused }) => refused)).toEqual([0, 1]);
  expect(modules.map(({ module }) => module)).toEqual(['lexer', 'parser', 'vm']);
  expect(caveats).toMatchObject([
    { about: 'unfinished', side: 'A' },
    { about: 'unfinished', side: 'B' },
  ]);
});

it.each([
  [`compare ${run}`, '<other> is missing'],
  [`compare ${run} ${run}`, 'is the same run twice; name another'],
  [`compare ${run} lexer`, `"lexer" is no run's id`],
  [`compare ${run} 20260101-0000-0000`, 'there is no run 20260101-0000-0000'],
])('refuses `%s`, saying what is wrong', async (line, says) => {
  const { code, terminal } = invoke(line, { engine: engineOfTwo(new Story().go(), troubled()) });
  expect(await code).toBe(2);
  expect(terminal.stdout).toBe('');
  expect(terminal.stderr).toContain(says);
});
