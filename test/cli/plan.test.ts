import { cp, readFile, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { realEngine } from '../../src/cli/engine.ts';
import { noPlanningCosts } from '../../src/engine/architect/planning-costs.ts';
import type { PlanGoalOptions } from '../../src/engine/architect/plan-goal.ts';
import type { PlannedGoal, ProposedPlan } from '../../src/engine/architect/planned-goal.ts';
import { zeroAmount } from '../../src/core/budget.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { fakeEngine } from './fake-engine.ts';
import { FakeTerminal } from './fake-terminal.ts';
import { invoke } from './invoke.ts';

const goal = 'A command that turns a CSV file of expenses into a monthly report';
const engine = fakeEngine({ planGoal: (options) => realEngine.planGoal(options) });

async function example() {
  const folder = await tempFolder();
  await cp('examples/from-a-goal', folder.path, { recursive: true });
  const plan = (words: readonly string[], terminal = new FakeTerminal()) => {
    const line = ['--cwd', folder.path, 'plan', ...words, '--speed', '100', '--minutes', '1000'];
    return invoke(line, { engine, terminal });
  };
  const told = ({ stdout }: FakeTerminal): string =>
    stdout
      .replaceAll(folder.path, '/work')
      .replaceAll(/--cwd \S+/g, '--cwd DIR')
      .replaceAll(/\d{8}-\d{4}-\w{4}/g, 'PLANNING');
  return { folder, plan, told, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}

/** What the engine was asked for; it answers with nothing to show. */
async function asked(line: readonly string[]): Promise<PlanGoalOptions> {
  const given: PlanGoalOptions[] = [];
  const planned: PlannedGoal = {
    ...{ kind: 'failed', code: 'x', message: 'no more than asked' },
    ...{ spent: zeroAmount, costs: noPlanningCosts, planning: null, notes: [] },
  };
  const keeping = fakeEngine({
    planGoal: async (options) => {
      given.push(options);
      return Promise.resolve(planned);
    },
  });
  const { code, terminal } = invoke(['plan', ...line], { engine: keeping });
  expect(await code).toBe(2);
  expect(terminal.stderr).toContain('no more than asked');
  const [options] = given;
  if (options === undefined) throw new Error(terminal.stderr);
  return options;
}

describe('plan', () => {
  it('proposes a plan, and says what it is predicted to take and what a run would carry out', async () => {
    await using at = await example();
    const { code, terminal } = at.plan([goal]);
    expect(await code).toBe(0);
    await expect(at.told(terminal)).toMatchFileSnapshot(join('golden', 'plan.txt'));
    expect(terminal.stderr).toContain('testing the preconditions\nthe architect proposes a plan\n');
    const elsewhere = at.plan([goal, '--force', '--base-url', 'http://localhost:1']);
    expect(await elsewhere.code).toBe(0);
    expect(elsewhere.terminal.stdout).toMatch(
      /run \S+plan\.yaml --base-url http:\/\/localhost:1\n/,
    );
    await expect(
      await readFile(join(at.folder.path, 'expense-report.plan.yaml'), 'utf8'),
    ).toMatchFileSnapshot(join('golden', 'proposed.plan.yaml'));
    expect(existsSync(join(at.folder.path, 'expense-report.design.md'))).toBe(true);
    expect(terminal.leaks).toBe(0);
  });

  it('tells what each role cost, and has what its agents said printed later', async () => {
    await using at = await example();
    const { code, terminal } = at.plan([goal, '--json']);
    expect(await code).toBe(0);
    const planned = JSON.parse(terminal.stdout) as PlannedGoal;
    const { costs, planning } = planned;
    expect(costs.byRole.map(({ role }) => role).sort()).toEqual(['architect', 'scout']);
    const sum = costs.byRole.reduce((all, { microUsd }) => all + (microUsd ?? NaN), 0);
    expect(sum).toBe(planned.spent.microUsd);
    expect(costs.total.microUsd).toBe(sum);
    const printed = (...more: readonly string[]) =>
      invoke(['--cwd', at.folder.path, 'transcript', planning ?? '', ...more], {
        engine: realEngine,
      });
    const list = printed('scout', '--list');
    expect(await list.code).toBe(0);
    expect(list.terminal.stdout.match(/^scout, [1-4], agent \d: transcripts\//gm)).toHaveLength(4);
    const architect = printed('architect');
    expect(await architect.code).toBe(0);
    expect(architect.terminal.stdout).toContain('# planning: architect, 1');
    expect(await printed('lexer').code).toBe(1);
  });

  it('refuses with the simpler pattern and the figures of both ways', async () => {
    await using at = await example();
    const { code, terminal } = at.plan(['Print a greeting', '--script', 'script-small']);
    expect(await code).toBe(1);
    await expect(at.told(terminal)).toMatchFileSnapshot(join('golden', 'plan-refused.txt'));
  });

  it('prints questions where nobody can be asked, with how to answer them', async () => {
    await using at = await example();
    const unclear = ['Show me my expenses', '--script', 'script-unclear'];
    const first = at.plan(unclear);
    expect(await first.code).toBe(3);
    await expect(at.told(first.terminal)).toMatchFileSnapshot(join('golden', 'plan-questions.txt'));
    const second = at.plan([...unclear, '--answer', 'a table', '--answer', 'none']);
    expect(await second.code).toBe(0);
    expect(second.terminal.stderr).not.toContain('scout');
  });

  it('asks on a terminal, and takes the number of an option for the option', async () => {
    await using at = await example();
    const terminal = new FakeTerminal({ isTty: true, answers: ['2', 'all but the last'] });
    const { code } = at.plan(['Show me my expenses', '--script', 'script-unclear'], terminal);
    expect(await code).toBe(0);
    expect(terminal.stderr).toContain('1 of 2: What should be shown?');
    const design = await readFile(join(at.folder.path, 'expense-report.design.md'), 'utf8');
    expect(design).toContain('Answered: a web page with a chart');
    expect(design).toContain('Answered: all but the last');
  });

  it('ends where whoever is asked leaves', async () => {
    await using at = await example();
    const terminal = new FakeTerminal({ isTty: true, answers: [null] });
    const { code } = at.plan(['Show me my expenses', '--script', 'script-unclear'], terminal);
    expect(await code).toBe(130);
    expect(terminal.stderr).toContain('interrupted; nothing was written');
  });

  it('says 4 where the plan is not fit, and writes it all the same', async () => {
    await using at = await example();
    await cp('examples/from-a-goal/script', join(at.folder.path, 'broken'), { recursive: true });
    const path = join(at.folder.path, 'broken/architect/1/plan.yaml');
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace('tier:all', 'tier:none'));
    const { code, terminal } = at.plan([goal, '--script', 'broken']);
    expect(await code).toBe(4);
    expect(terminal.stdout).toMatch(/expense-report\.plan\.yaml:\d+:\d+ unknown-name/);
    expect(terminal.stderr).toContain('ashlar: the plan is not fit yet: 1 problem\n');
    expect(existsSync(join(at.folder.path, 'expense-report.plan.yaml'))).toBe(true);

    const again = at.plan([goal, '--script', 'broken', '--name', 'again', '--json']);
    expect(await again.code).toBe(4);
    const { diagnostics } = JSON.parse(again.terminal.stdout) as ProposedPlan;
    expect(diagnostics).toMatchObject([{ code: 'unknown-name', severity: 'error' }]);
    // What messages are composed of is no part of what scripts read.
    expect(again.terminal.stdout).not.toContain('"words"');
  });

  it('--json prints one object and asks nobody', async () => {
    await using at = await example();
    const terminal = new FakeTerminal({ isTty: true, answers: ['1', '1'] });
    const unclear = ['Show me my expenses', '--script', 'script-unclear', '--json'];
    const { code } = at.plan(unclear, terminal);
    expect(await code).toBe(3);
    expect(JSON.parse(terminal.stdout)).toMatchObject({ kind: 'questions', notes: [] });
  });

  it('hands on what it is told', async () => {
    const line = ['A goal', '--name', 'mine', '--force', '--agents', 'anthropic', '--usd', '2.5'];
    const more = ['--minutes', '5', '--tokens', '1000', '--no-questions', '--base', 'HEAD'];
    expect(await asked([...line, ...more, '--answer', 'a', '--answer=b'])).toMatchObject({
      ...{ goal: 'A goal', name: 'mine', force: true, agents: 'anthropic', base: 'HEAD' },
      budget: { tokens: 1_000, microUsd: 2_500_000, ms: 300_000 },
      ...{ mayAsk: false, answers: ['a', 'b'], person: null },
    });
    expect(await asked(['A goal'])).toMatchObject({
      ...{ name: null, force: false, agents: null, script: null, base: 'work-tree' },
      ...{ mayAsk: true, answers: [] },
    });
  });

  it('stops at an interrupt', async () => {
    const terminal = new FakeTerminal();
    const waiting = fakeEngine({
      planGoal: ({ signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(new Error('a child was killed')));
          terminal.interrupt();
        }),
    });
    const { code } = invoke(['plan', 'A goal'], { engine: waiting, terminal });
    expect(await code).toBe(130);
    expect(terminal.stderr).toBe('interrupted; nothing was written\n');
  });
});
