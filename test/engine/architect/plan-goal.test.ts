import { noModels } from '../../support/tiny-workspace.ts';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { zeroAmount } from '../../../src/core/budget.ts';
import { runId, type RunId } from '../../../src/core/ids.ts';
import type { AgentProvider } from '../../../src/engine/agents/agent.ts';
import type { AgentOutcome, Proposed } from '../../../src/engine/agents/outcome.ts';
import type { AgentTask } from '../../../src/engine/agents/task.ts';
import { designParts, type Design } from '../../../src/engine/architect/design.ts';
import { planGoal, type PlanGoalOptions } from '../../../src/engine/architect/plan-goal.ts';
import type { PlannedGoal, ProposedPlan } from '../../../src/engine/architect/planned-goal.ts';
import { overwrite } from '../../../src/engine/architect/write-proposal.ts';
import { newRunId } from '../../../src/engine/run-folder.ts';
import { removeFolder } from '../../../src/engine/store/remove-folder.ts';
import { Store } from '../../../src/engine/store/store.ts';
import { WorkFolders } from '../../../src/engine/store/work-folder.ts';
import { toData } from '../../../src/engine/plan/yaml-data.ts';
import { readYaml } from '../../../src/engine/plan/yaml-text.ts';
import type { Unspent } from '../../../src/engine/agents/tools/tool.ts';
import { HeldAgents } from '../../support/held-agent.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const example = 'examples/from-a-goal';
const goal = 'A command that turns a CSV file of expenses into a monthly report';

async function copied() {
  const folder = await tempFolder();
  await cp(example, folder.path, { recursive: true });
  return folder;
}

const optionsFor = (workspace: string, over: Partial<PlanGoalOptions> = {}): PlanGoalOptions => ({
  ...{ workspace, goal, name: null, force: false, base: 'work-tree' },
  ...{ agents: null, script: null, models: noModels, speed: 100 },
  budget: { tokens: 2_000_000, microUsd: 10_000_000, turns: 400, ms: 1_000 * 60_000 },
  ...{ mayAsk: true, answers: [], person: null },
  signal: new AbortController().signal,
  onProgress: () => undefined,
  ...over,
});

const plan = (workspace: string, over: Partial<PlanGoalOptions> = {}): Promise<PlannedGoal> =>
  planGoal(optionsFor(workspace, over));

function proposed(planned: PlannedGoal): ProposedPlan & PlannedGoal {
  if (planned.kind !== 'proposed') throw new Error(JSON.stringify(planned));
  return planned;
}

const read = (workspace: string, path: string): string =>
  readFileSync(join(workspace, path), 'utf8');

describe('from a goal to a plan, with scripted agents', () => {
  it('writes a fit plan with its design and the files that it speaks of, and runs nothing', async () => {
    await using folder = await copied();
    const steps: string[] = [];
    const planned = proposed(
      await plan(folder.path, {
        onProgress: (progress) => progress.kind === 'step' && steps.push(progress.says),
      }),
    );
    expect(planned).toMatchObject({
      ...{ planFile: 'expense-report.plan.yaml', designFile: 'expense-report.design.md' },
      ...{ files: ['spec/report.md', 'tests/accept.test.js'], problems: [], notes: [] },
      spent: { tokens: 120_200, microUsd: 480_000, turns: 21 },
    });
    expect(planned.commands).toContain('node --test tests/accept.test.js');
    const text = read(folder.path, 'expense-report.plan.yaml');
    expect(text).toMatch(/^# Proposed for this goal: A command that turns a CSV file/);
    expect(text).toContain('builders: { max: 4, agent: scripted }');
    const design = read(folder.path, 'expense-report.design.md');
    expect(design.match(/^#+ /gm)).toHaveLength(8);
    expect(existsSync(join(folder.path, '.ce-workspace/runs'))).toBe(false);
    expect(steps.filter((step) => /^scout \d is back$/.test(step))).toHaveLength(4);
    expect(steps.at(-1)).toBe('the architect proposes a plan');
  });

  it('takes another name where one is taken, and gives one up only when told to', async () => {
    await using folder = await copied();
    const { path } = folder;
    writeFileSync(join(path, 'expense-report.design.md'), 'mine');
    expect(proposed(await plan(path)).planFile).toBe('expense-report-2.plan.yaml');
    expect(read(path, 'expense-report.design.md')).toBe('mine');

    const taken = await plan(path, { name: 'expense-report' });
    expect(taken).toMatchObject({ kind: 'failed', code: 'name-taken', spent: zeroAmount });
    const again = proposed(await plan(path, { name: 'expense-report', force: true }));
    expect(again.designFile).toBe('expense-report.design.md');
    expect(read(path, 'expense-report.design.md')).toContain('## Artifact profile');
    // What it spoke of was there word by word, so that nothing is missing.
    expect(again).toMatchObject({ files: [], problems: [], notes: [] });
  });

  it('removes what a planning that was killed has left, and nothing of what may go on', async () => {
    await using folder = await copied();
    const { path } = folder;
    await using store = await Store.open(path);
    const folders = await WorkFolders.open(store);
    const [killed, worked, kept] = ['kild', 'used', 'kept'].map((end) =>
      runId(`20250102-0304-${end}`),
    ) as [RunId, RunId, RunId];
    const recent = newRunId(Date.now());
    for (const run of [killed, worked, kept, recent]) {
      mkdirSync(join(folders.root, run, 'agent-1-1.home-abcdef'), { recursive: true });
    }
    mkdirSync(join(path, '.ce-workspace/runs', kept), { recursive: true });
    const env = { ...process.env, ASHLAR_EFFECT: `${worked}/agent-1-1` };
    const living = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { env });
    try {
      await once(living, 'spawn');
      proposed(await plan(path));
      const left = [worked, kept, recent].sort();
      expect(readdirSync(folders.root).sort()).toEqual(left);
    } finally {
      living.kill();
      await removeFolder(folders.root);
    }
  });

  it('is never without a file that it writes anew, whenever it is ended', async () => {
    await using folder = await tempFolder();
    const path = 'report.plan.yaml';
    writeFileSync(join(folder.path, path), 'old', { mode: 0o640 });
    let missing = 0;
    for (let round = 0; round < 20; round++) {
      const over = { is: false };
      const written = overwrite(folder.path, { path, text: `new ${round}` }).finally(() => {
        over.is = true;
      });
      while (!over.is) {
        if (!existsSync(join(folder.path, path))) missing++;
        await new Promise(setImmediate);
      }
      expect(await written).toBeNull();
    }
    expect(missing).toBe(0);
    expect(read(folder.path, path)).toBe('new 19');
    expect(lstatSync(join(folder.path, path)).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder.path)).toEqual([path]);
  });

  it.each(['.ce-workspace', '.ce-workspace/planning'])(
    'follows no link at %s, and says so before anybody works',
    async (link) => {
      await using folder = await copied();
      await using elsewhere = await tempFolder();
      if (link !== '.ce-workspace') mkdirSync(join(folder.path, '.ce-workspace'));
      symlinkSync(elsewhere.path, join(folder.path, link));
      const unclear = { script: 'script-unclear', goal: 'Show me my expenses' };
      for (const answers of [[], ['a table', '']]) {
        const planned = await plan(folder.path, { ...unclear, answers });
        expect(planned).toMatchObject({ kind: 'failed', code: 'unsafe-folder', spent: zeroAmount });
        expect(planned.kind === 'failed' && planned.message).toContain(`${link} is a link`);
      }
      expect(readdirSync(elsewhere.path)).toEqual([]);
    },
  );

  it('refuses what is done better by one agent, with figures for both ways', async () => {
    await using folder = await copied();
    const planned = await plan(folder.path, { script: 'script-small', goal: 'Print a greeting' });
    expect(planned).toMatchObject({
      ...{ kind: 'unsuitable', recommends: 'one-agent' },
      test: { sequential: { minutes: 2, tokens: 20_000 }, parallel: { minutes: 4 } },
    });
    expect(planned.kind === 'unsuitable' && planned.test?.sequential.microUsd).toBeGreaterThan(0);
    expect(existsSync(join(folder.path, 'goal.plan.yaml'))).toBe(false);
  });

  it('keeps its questions, and goes on from there with the answers, without paying twice', async () => {
    await using folder = await copied();
    const unclear = { script: 'script-unclear', goal: 'Show me my expenses' };
    const asked = await plan(folder.path, unclear);
    expect(asked).toMatchObject({ kind: 'questions', questions: [{}, {}] });
    const tooFew = await plan(folder.path, { ...unclear, answers: ['a table'] });
    expect(tooFew).toMatchObject({ kind: 'failed', code: 'no-questions' });
    const other = await plan(folder.path, { ...unclear, goal: 'Show them', answers: ['a', 'b'] });
    expect(other).toMatchObject({ kind: 'failed', code: 'no-questions' });

    const answers = ['a table', ''];
    const planned = proposed(await plan(folder.path, { ...unclear, answers }));
    // The second precondition test and the proposal; no scout.
    expect(planned.spent.turns).toBe(5);
    const design = read(folder.path, planned.designFile);
    expect(design).toContain('What should be shown? Answered: a table');
    expect(design).toContain('Answered: No preference: decide yourself.');
    // Once they are used up there is nothing more to answer.
    expect(await plan(folder.path, { ...unclear, answers })).toMatchObject({
      code: 'no-questions',
    });
  });

  it('asks a person who is there, once, and goes on at once', async () => {
    await using folder = await copied();
    const unclear = { script: 'script-unclear', goal: 'Show me my expenses' };
    const seen: number[] = [];
    const planned = await plan(folder.path, {
      ...unclear,
      person: async (questions) => {
        seen.push(questions.length);
        return questions.map(({ options }) => options[0] ?? '');
      },
    });
    expect(proposed(planned).problems).toEqual([]);
    expect(seen).toEqual([2]);
    const left = await plan(folder.path, { ...unclear, person: async () => null });
    expect(left).toMatchObject({ kind: 'failed', code: 'interrupted' });
  });

  it('takes models where there is no script', async () => {
    await using folder = await tempFolder();
    writeFileSync(join(folder.path, 'README.md'), '# Empty');
    expect(await plan(folder.path)).toMatchObject({ kind: 'failed', code: 'no-key' });
  });

  it('does not let an architect ask that was told to go on', async () => {
    await using folder = await copied();
    const unclear = { script: 'script-unclear', goal: 'Show me my expenses', mayAsk: false };
    const planned = await plan(folder.path, unclear);
    expect(planned).toMatchObject({ kind: 'failed', code: 'asked-again' });
  });

  it.each([
    ['an empty goal', { goal: ' \n' }, 'no-goal'],
    ['an endless goal', { goal: 'x'.repeat(4_001) }, 'goal-too-long'],
    ['a name that is a path', { name: '../out' }, 'bad-name'],
    ['agents that nobody knows', { agents: 'nobody' }, 'unknown-agents'],
    ['a script that is not there', { script: 'nowhere' }, 'script-broken'],
    ['models without a key', { agents: 'anthropic' }, 'no-key'],
  ])('%s is refused before anything is spent', async (_, over, code) => {
    await using folder = await copied();
    expect(await plan(folder.path, over)).toMatchObject({ code, spent: zeroAmount });
  });
});

const assessment = {
  conditions: {
    modules: { holds: true, says: 'Yes.', evidence: ['README.md'] },
    interfaces: { holds: true, says: 'Yes.', evidence: ['README.md'] },
    workPerModule: { holds: true, says: 'Yes.', evidence: ['README.md'] },
  },
  pieces: ['a', 'b', 'c'].map((id) => ({
    ...{ id, purpose: `Does ${id}.`, needs: [], minutes: 30, review: 1, tokens: 1_000 },
  })),
};

const goodPlan = toData(
  readYaml(readFileSync(`${example}/script/architect/1/plan.yaml`, 'utf8')).root,
).value as Proposed['plan'];
const files = ['spec/report.md', 'tests/accept.test.js'].map((path) => ({
  path,
  text: readFileSync(`${example}/script/architect/1/files/${path}`, 'utf8'),
}));
const design = Object.fromEntries(designParts.map((part) => [part, `About ${part}.`])) as Design;

const proposal = (over: Partial<Proposed> = {}): Unspent<AgentOutcome> => ({
  ...{ kind: 'proposed', summary: 'A plan.', plan: goodPlan, design, files },
  ...over,
});

type Answers = (task: AgentTask) => Unspent<AgentOutcome>;

/** Scouts and a precondition test that go well; the proposal is the test's. */
const answering =
  (propose: Answers): Answers =>
  (task) => {
    if (task.role === 'scout') return { kind: 'researched', findings: `About ${task.scout}.` };
    if (task.role === 'architect' && task.work === 'precondition') {
      return { kind: 'assessed', assessment };
    }
    return propose(task);
  };

/** Agents that answer at once, as the test says. */
class Answering implements AgentProvider {
  readonly name = 'scripted';
  readonly metered = 'hard';
  readonly tasks: AgentTask[] = [];
  readonly #answers: Answers;

  constructor(answers: Answers) {
    this.#answers = answers;
  }

  async canPlay(): Promise<boolean> {
    return Promise.resolve(true);
  }

  async perform(task: AgentTask): Promise<AgentOutcome> {
    this.tasks.push(task);
    return Promise.resolve({ ...this.#answers(task), spent: zeroAmount });
  }
}

describe('what an architect hands in', () => {
  const withAgents = async (workspace: string, answers: Answers) => {
    const provider = new Answering(answers);
    const planned = await plan(workspace, { provider });
    return { planned, tasks: provider.tasks };
  };

  it('is held against the quality bar, and mended once with what was found', async () => {
    await using folder = await copied();
    const broken = { ...goodPlan, gates: {} };
    const { planned, tasks } = await withAgents(
      folder.path,
      answering((task) =>
        task.role === 'architect' && task.work === 'plan' && task.refused === null
          ? proposal({ plan: broken })
          : proposal(),
      ),
    );
    expect(proposed(planned).problems).toEqual([]);
    const drafts = tasks.filter((task) => task.role === 'architect' && task.work === 'plan');
    expect(drafts).toMatchObject([
      { draft: 1, refused: null },
      { draft: 2, mayAsk: false, refused: { problems: expect.any(Array) as unknown } },
    ]);
    const [, second] = drafts;
    expect(second?.refused?.problems.join('\n')).toContain('no-end-to-end-gate');
    expect(second?.refused?.planText).toContain('modules:');
  });

  it('is written all the same where it stays unfit, with what is wrong and where', async () => {
    await using folder = await copied();
    const { planned, tasks } = await withAgents(
      folder.path,
      answering(() =>
        proposal({ plan: { ashlar: 1, artifact: { name: 'odd one' }, modules: {}, what: 1 } }),
      ),
    );
    const { planFile, problems, diagnostics } = proposed(planned);
    expect(planFile).toBe('odd-one.plan.yaml');
    expect(problems.length).toBeGreaterThan(0);
    expect(diagnostics.map(({ code }) => code)).toContain('unknown-key');
    expect(diagnostics.every(({ file }) => file === planFile)).toBe(true);
    expect(read(folder.path, planFile)).toContain('what: 1');
    expect(tasks).toHaveLength(7);
  });

  it('cannot name its agents, write where tools look, or go through a link', async () => {
    await using folder = await copied();
    await using outside = await tempFolder();
    symlinkSync(outside.path, join(folder.path, 'tests'));
    // What is ignored is not among the files that are known, and there all the same.
    symlinkSync(outside.path, join(folder.path, 'spec'));
    writeFileSync(join(folder.path, '.gitignore'), 'spec\n');
    const { planned } = await withAgents(
      folder.path,
      answering(() =>
        proposal({
          plan: {
            ...goodPlan,
            pools: { builders: { max: 4, agent: 'claude-code' }, reviewers: 7 },
          },
          files: [
            ...files,
            ...['.git/hooks/pre-commit', '.vscode/tasks.json', '../out.md', 'package.json'].map(
              (path) => ({ path, text: 'x' }),
            ),
          ],
        }),
      ),
    );
    const { planFile, files: written } = proposed(planned);
    expect(written).toEqual([]);
    expect(planned.notes).toContain('not written: file tests/accept.test.js lies below a file');
    expect(planned.notes).toContain('not written: spec is a link or a file, not a folder');
    expect(read(folder.path, planFile)).not.toContain('claude-code');
    expect(existsSync(join(folder.path, '.vscode'))).toBe(false);
    expect(existsSync(join(folder.path, '..', 'out.md'))).toBe(false);
    expect(readdirSync(outside.path)).toEqual([]);
  });

  it('replaces a link in the place of a plan that is given up, and never follows it', async () => {
    await using folder = await copied();
    await using outside = await tempFolder();
    writeFileSync(join(outside.path, 'theirs'), 'theirs');
    symlinkSync(join(outside.path, 'theirs'), join(folder.path, 'mine.plan.yaml'));
    const provider = new Answering(answering(() => proposal()));
    const planned = await plan(folder.path, { provider, name: 'mine', force: true });
    expect(proposed(planned).planFile).toBe('mine.plan.yaml');
    expect(lstatSync(join(folder.path, 'mine.plan.yaml')).isFile()).toBe(true);
    expect(read(outside.path, 'theirs')).toBe('theirs');
  });

  it('can be that the goal does not fit after all', async () => {
    await using folder = await copied();
    const { planned } = await withAgents(
      folder.path,
      answering(() => ({ kind: 'unsuitable', recommends: 'managed-pair', reason: 'One seam.' })),
    );
    expect(planned).toMatchObject({
      ...{ kind: 'unsuitable', recommends: 'managed-pair', reasons: ['One seam.'] },
      test: { recommends: null },
    });
  });
});

describe('agents that plan a goal', () => {
  it('work on copies of the files, so that nothing they change is anywhere else', async () => {
    await using folder = await copied();
    mkdirSync(join(folder.path, 'sub'));
    writeFileSync(join(folder.path, 'sub/a.txt'), 'a');
    const seen: string[] = [];
    const answers = answering(() => proposal());
    const provider = new Answering((task) => {
      const at = 'folder' in task ? task.folder : '';
      seen.push(at);
      expect(readFileSync(join(at, 'sub/a.txt'), 'utf8')).toBe('a');
      expect(at.startsWith(folder.path)).toBe(false);
      writeFileSync(join(at, 'new.txt'), 'x');
      return answers(task);
    });
    proposed(await plan(folder.path, { provider }));
    expect(new Set(seen).size).toBe(6);
    expect(seen.filter((at) => existsSync(at))).toEqual([]);
    expect(existsSync(join(folder.path, 'new.txt'))).toBe(false);
  });

  it('together hold no more than the budget, and the scouts no more than their share', async () => {
    await using folder = await copied();
    const provider = new Answering(answering(() => proposal()));
    const budget = { tokens: 1_000, microUsd: 1_000, turns: 100, ms: 3_600_000 };
    proposed(await plan(folder.path, { provider, budget, speed: 1 }));
    const scouts = provider.tasks.filter(({ role }) => role === 'scout');
    expect(scouts.map(({ allowance }) => allowance.tokens)).toEqual([100, 100, 100, 100]);
    expect(provider.tasks.every(({ allowance }) => allowance.ms <= 3_600_000)).toBe(true);
    // Nothing was spent, so that all of it is free for the next.
    const [test, architect] = provider.tasks.slice(4);
    expect([test?.allowance.tokens, architect?.allowance.tokens]).toEqual([400, 600]);
  });

  it('are replaced once where another may fare better; scouts are done without', async () => {
    await using folder = await copied();
    const crash: Unspent<AgentOutcome> = {
      ...{ kind: 'failed', code: 'agent-crashed', message: 'gone' },
      retry: { kind: 'retryable', afterMs: 0 },
    };
    const good = answering(() => proposal());
    const provider = new Answering((task) => {
      if (task.role === 'scout' && task.scout === 2) return crash;
      if (task.role === 'architect' && task.epoch === 1) return crash;
      return good(task);
    });
    const planned = proposed(await plan(folder.path, { provider }));
    expect(planned.notes).toEqual(['scout 2 found nothing: gone']);
    const [first] = provider.tasks.filter(({ role }) => role === 'architect');
    expect(first).toMatchObject({ findings: [{ says: 'About 1.' }, {}, {}] });
    expect(new Set(provider.tasks.map(({ agent }) => agent)).size).toBe(provider.tasks.length);
  });

  it('leave no key in what is kept of their words, be it a question, a plan, a design or a file', async () => {
    await using folder = await copied();
    const key = 'planted-0123456789';
    const models = { ...noModels, service: { ...noModels.service, apiKey: key } };
    const says = `It is called with ${key}.`;
    const provider = new Answering((task) => {
      if (task.role === 'scout') return { kind: 'researched', findings: says };
      if (task.role === 'architect' && task.work === 'precondition') {
        const { modules } = assessment.conditions;
        const conditions = { ...assessment.conditions, modules: { ...modules, says } };
        return { kind: 'assessed', assessment: { ...assessment, conditions } };
      }
      const asks = task.role === 'architect' && task.work === 'plan' && task.mayAsk;
      if (asks) return { kind: 'asked-questions', questions: [{ question: says, options: [key] }] };
      const told = files.map(({ path, text }) => ({ path, text: `${text}\n// ${says}\n` }));
      const artifact = { ...(goodPlan as Record<string, object>).artifact, description: says };
      const parts = Object.fromEntries(designParts.map((part) => [part, says])) as Design;
      return proposal({ plan: { ...(goodPlan as object), artifact }, design: parts, files: told });
    });
    const kept = (): string[] => {
      const paths = readdirSync(folder.path, { recursive: true, encoding: 'utf8' });
      const texts = paths
        .filter((path) => lstatSync(join(folder.path, path)).isFile())
        .map((path) => ({ path, text: read(folder.path, path) }));
      expect(texts.filter(({ text }) => text.includes(key)).map(({ path }) => path)).toEqual([]);
      return texts
        .filter(({ text }) => text.includes('It is called with '))
        .map(({ path }) => path);
    };

    const asked = await plan(folder.path, { provider, models });
    expect(asked).toMatchObject({ kind: 'questions' });
    expect(JSON.stringify(asked)).not.toContain(key);
    expect(kept()).toEqual([expect.stringContaining('planning')]);

    const planned = proposed(await plan(folder.path, { provider, models, answers: ['so'] }));
    expect(JSON.stringify(planned)).not.toContain(key);
    expect(kept()).toEqual(
      expect.arrayContaining([planned.planFile, planned.designFile, ...planned.files]),
    );
  });

  it('end when they are told to, and leave nothing behind', async () => {
    await using folder = await copied();
    const provider = new HeldAgents();
    const leaving = new AbortController();
    const planning = plan(folder.path, { provider, signal: leaving.signal });
    const calls = await Promise.all([0, 1, 2, 3].map((n) => provider.call(n)));
    leaving.abort();
    for (const { signal, answer } of calls) {
      expect(signal.aborted).toBe(true);
      const retry = { kind: 'terminal' } as const;
      answer({ kind: 'failed', code: 'aborted', message: 'told', retry, spent: zeroAmount });
    }
    expect(await planning).toMatchObject({ kind: 'failed', code: 'interrupted' });
    expect(calls.filter(({ task }) => 'folder' in task && existsSync(task.folder))).toEqual([]);
    expect(provider.calls).toHaveLength(4);
  });

  it('stop where the budget does not reach, and say of what there is too little', async () => {
    await using folder = await copied();
    const budget = { tokens: 60_000, microUsd: 10_000_000, turns: 400, ms: 1_000 * 60_000 };
    const planned = await plan(folder.path, { budget });
    expect(planned).toMatchObject({ kind: 'failed', code: 'exhausted' });
    expect(planned.kind === 'failed' && planned.message).toMatch(
      /is out of tokens: planning may use 60.* in all; allow planning more of it/,
    );
    expect(planned.spent.tokens).toBeLessThanOrEqual(60_000);
  });

  it('fail with the words of whoever failed', async () => {
    await using folder = await copied();
    const provider = new Answering((task) =>
      task.role === 'scout'
        ? { kind: 'researched', findings: 'x' }
        : { kind: 'refused', reason: 'I will not.' },
    );
    expect(await plan(folder.path, { provider })).toMatchObject({
      ...{ kind: 'failed', code: 'refused' },
      message: 'the precondition test: I will not.',
    });
  });
});
