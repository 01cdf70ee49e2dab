import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { realEngine } from '../../src/cli/engine.ts';
import { simulationText } from '../../src/core/projections/simulation-text.ts';
import { simulate } from '../../src/core/schedule/simulate.ts';
import { loadPlan } from '../../src/engine/plan/load.ts';
import { goodPlan } from '../engine/plan/good-plan.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { fakeEngine } from './fake-engine.ts';
import { invoke } from './invoke.ts';

const example = 'examples/tiny-lang/tiny-lang.plan.yaml';
const engine = fakeEngine({ previewPlan: (options) => realEngine.previewPlan(options) });

async function holding(plan: string) {
  const folder = await tempFolder();
  await writeFile(join(folder.path, 'p.yaml'), plan);
  return folder;
}

describe('simulate', () => {
  it('shows minutes by policy, the critical path, and who works on what when', async () => {
    const { code, terminal } = invoke(`simulate ${example}`, { engine });
    expect(await code).toBe(0);
    expect(terminal.stderr).toBe('');
    await expect(terminal.stdout).toMatchFileSnapshot(join('golden', 'simulate.txt'));
    const widths = terminal.stdout.split('\n').map((line) => line.length);
    expect(Math.max(...widths)).toBeLessThanOrEqual(80);
  });

  it('says whose figures it goes by', async () => {
    const { plan } = loadPlan(goodPlan, 'p.yaml');
    if (plan === null) throw new Error('the plan is not fit');
    const learned = (count: number): string => {
      const modules = plan.modules.map((module, at) => {
        const estimate = { ...module.estimate, source: 'history' as const, runs: 2 };
        return at < count ? { ...module, estimate } : module;
      });
      const known = { ...plan, modules };
      const simulation = simulate(known, { builders: null, seed: 1, mayGoOn: () => false });
      return simulationText(known, simulation);
    };
    expect(learned(0)).toContain("\nby the plan's estimates\n");
    expect(learned(1)).toContain(
      "\nby what earlier runs took for 1 of 3 modules, and the plan's estimates\n",
    );
    expect(learned(3)).toContain('\nby what earlier runs took\n');
  });

  it('--places asks what more builders would gain', async () => {
    const { code, terminal } = invoke(`simulate ${example} --places 1 --json`, { engine });
    expect(await code).toBe(0);
    const { places, minutes, lowerBound, schedule } = JSON.parse(terminal.stdout) as {
      readonly places: unknown;
      readonly minutes: Readonly<Record<string, number>>;
      readonly lowerBound: number;
      readonly schedule: readonly { readonly pool: string; readonly place: number }[];
    };
    expect(places).toEqual({ builders: 1, reviewers: 2 });
    expect(minutes.ashlar).toBeGreaterThanOrEqual(lowerBound);
    expect(Object.keys(minutes)).toEqual(['sequential', 'rounds', 'levels', 'fifo', 'ashlar']);
    expect(schedule).toHaveLength(16);
    expect(schedule.every(({ pool, place }) => pool === 'reviewers' || place === 1)).toBe(true);
  });

  it('--json tells all of it', async () => {
    const { code, terminal } = invoke(`simulate ${example} --json`, { engine });
    expect(await code).toBe(0);
    await expect(terminal.stdout).toMatchFileSnapshot(join('golden', 'simulate.json'));
  });

  it('asks only for a sound graph, and says that the quality bar is not met', async () => {
    const text = [
      ...['ashlar: 1', 'modules:'],
      '  a: { estimate: { minutes: 9, review: 1 } }',
      '  b: { estimate: { minutes: 4, review: 1 } }',
      '  c: { needs: [a], estimate: { minutes: 2, review: 1 } }',
    ].join('\n');
    await using folder = await holding(text);
    const { code, terminal } = invoke(['--cwd', folder.path, 'simulate', 'p.yaml'], { engine });
    expect(await code).toBe(0);
    expect(terminal.stdout).toContain('critical path, 15 min: a > c');
    expect(terminal.stderr).toMatch(
      /^note: `ashlar check p.yaml` refuses this plan: \d+ errors\n$/,
    );
  });

  it('refuses a plan with a cycle, and one that cannot be read', async () => {
    const text = 'ashlar: 1\nmodules:\n  a: { needs: [b] }\n  b: { needs: [a] }\n';
    await using folder = await holding(text);
    const { code, terminal } = invoke(['--cwd', folder.path, 'simulate', 'p.yaml'], { engine });
    expect(await code).toBe(1);
    expect(terminal.stdout).toBe('');
    expect(terminal.stderr).toContain('cycle');
    const none = invoke('simulate nowhere/p.yaml', { engine });
    expect(await none.code).toBe(2);
    expect(none.terminal.stderr).toContain('cannot be read: there is no such file');
  });
});
