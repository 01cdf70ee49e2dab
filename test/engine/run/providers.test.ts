import { expect, test, vi } from 'vitest';
import { realEngine } from '../../../src/cli/engine.ts';
import { zeroAmount } from '../../../src/core/budget.ts';
import type { RunId } from '../../../src/core/ids.ts';
import type { AgentProvider } from '../../../src/engine/agents/agent.ts';
import type { AgentFailureCode } from '../../../src/engine/agents/outcome.ts';
import type { Providers } from '../../../src/engine/providers.ts';
import { invoke } from '../../cli/invoke.ts';
import {
  commitAll,
  goodScript,
  ofType,
  resumeTiny,
  runTiny,
  tinyFiles,
  tinyPlan,
  writeFiles,
  type Files,
} from '../../support/tiny-workspace.ts';
import { workspaceFolder } from './rig.ts';

/** How often agents of the first provider are not served before they are, and why not. */
const trouble = vi.hoisted(() => ({
  times: 0,
  code: 'provider-down',
  /** Which reviewers were asked, in order; the first of this number is not served. */
  asked: [] as number[],
  reviewer: 0,
}));

/** Scripted agents whose provider is now and then out of order; those named `claude-code` always work. */
vi.mock('../../../src/engine/providers.ts', async (original) => {
  const real = await original<typeof import('../../../src/engine/providers.ts')>();
  return {
    ...real,
    openProviders: async (...given: Parameters<typeof real.openProviders>) => {
      const [plan, options] = given;
      const opened = await real.openProviders(real.withAgents(plan, 'scripted'), options);
      if (!opened.ok) return opened;
      const scripted = opened.providers.of(real.withAgents(plan, 'scripted'), 'builders');
      const flaky: AgentProvider = {
        ...scripted,
        perform: (task, link, signal) => {
          const reviewer = task.role === 'evaluator' ? task.reviewer : 0;
          if (reviewer > 0) trouble.asked.push(reviewer);
          if (reviewer > 0 && reviewer === trouble.reviewer) {
            Object.assign(trouble, { reviewer: 0, times: 1 });
          }
          if (trouble.times === 0) return scripted.perform(task, link, signal);
          trouble.times--;
          const retry = { kind: 'retryable', afterMs: 0 } as const;
          const code = trouble.code as AgentFailureCode;
          // What it has done until then is not lost.
          if (task.role === 'generator') writeFiles(task.folder, half(task.module));
          const failed = { kind: 'failed', code, message: 'it said so', retry } as const;
          return Promise.resolve({ ...failed, spent: zeroAmount });
        },
      };
      const providers: Pick<Providers, 'switch' | 'of'> = {
        of: ({ pools }, pool) => (pools[pool].agent === 'claude-code' ? scripted : flaky),
        switch: (_, name) =>
          Promise.resolve(
            name === 'claude-code' || name === 'scripted'
              ? null
              : { ok: false, code: 'unknown-agents', message: `there are no agents of ${name}` },
          ),
      };
      return { ...opened, providers };
    },
  };
});

const half = (module: string): Files => ({ [`src/${module}/half.js`]: '// to be gone on with\n' });

async function workspace() {
  const folder = await workspaceFolder();
  writeFiles(folder.path, { ...tinyFiles(), ...goodScript() });
  commitAll(folder.path);
  return folder;
}

/** What the command line says of a run, and with which exit code. */
async function ashlar(folder: string, verb: string, run: RunId, ...more: readonly string[]) {
  const { code, terminal } = invoke(['--cwd', folder, verb, run, ...more], { engine: realEngine });
  return { code: await code, out: terminal.stdout, err: terminal.stderr };
}

test('a provider that is out of order is waited for, tried with one agent, and costs no attempt', async () => {
  await using folder = await workspace();
  Object.assign(trouble, { times: 4, code: 'provider-down' });
  const ran = await runTiny(folder.path, { speed: 400 });
  expect(ran.state.phase).toMatchObject({ outcome: 'complete' });
  expect([...ran.state.modules].map(({ attempt }) => attempt)).toEqual([1, 1, 1]);
  const failures = ofType(ran, 'provider-failed').map((event) => event.restMs);
  expect(failures.length).toBeGreaterThanOrEqual(3);
  expect(failures).toEqual([30_000, 60_000, 120_000, 240_000].slice(0, failures.length));
  expect(ofType(ran, 'provider-answered')).toHaveLength(1);
  const ends = ofType(ran, 'generation-ended');
  expect(ends.length).toBeGreaterThanOrEqual(3);
  expect(ends.every(({ outcome, seed }) => outcome === 'unserved' && seed !== null)).toBe(true);
});

test('where one of several reviewers is not served it alone is asked again', async () => {
  await using folder = await workspaceFolder();
  const plan = tinyPlan().replace(/^  three:$/m, '$&\n    reviewers: 2');
  const passes = 'summary: Fine.\nverdict: PASS\n';
  writeFiles(folder.path, {
    ...tinyFiles(plan),
    ...goodScript(),
    'script/three/review-1/turn.yaml': passes,
    'script/three/review-1-b/turn.yaml': passes,
  });
  commitAll(folder.path);
  Object.assign(trouble, { times: 0, code: 'provider-down', asked: [], reviewer: 2 });
  const ran = await runTiny(folder.path, { speed: 400 });
  expect(ran.state.phase).toMatchObject({ outcome: 'complete' });
  expect(ofType(ran, 'provider-failed')).toHaveLength(1);
  expect(trouble.asked).toEqual([1, 2, 2]);
});

test('without a key a run waits for a person, who has it tried again or switches the agents', async () => {
  await using folder = await workspace();
  Object.assign(trouble, { times: 100, code: 'unauthorised' });
  const waiting = await runTiny(folder.path);
  const { run } = waiting.state;
  expect(waiting.state).toMatchObject({ phase: { at: 'building' }, needPerson: 1 });
  const status = await ashlar(folder.path, 'status', run);
  expect(status.out).toContain('scripted refuses the key');
  expect(status.out).toContain(`ashlar --cwd ${folder.path} agents ${run} --again`);
  const shown = await ashlar(folder.path, 'agents', run);
  expect(shown.out).toMatch(
    /^builders {3}scripted: scripted refuses the key \(it said so\); mend that/m,
  );

  // Nobody has mended it: the same once more.
  expect(await ashlar(folder.path, 'agents', run, '--again')).toMatchObject({ code: 0 });
  const again = await resumeTiny(folder.path);
  expect(ofType(again, 'provider-wait-ended').map(({ by }) => by)).toEqual(['sam']);
  expect(again.state.troubled).toMatchObject([{ name: 'scripted', failures: 2 }]);

  // Another provider: it survives the resume, and the run goes on as if nothing had been.
  expect(await ashlar(folder.path, 'agents', run, 'builders', 'claude-code')).toMatchObject({
    code: 0,
  });
  expect(await ashlar(folder.path, 'agents', run, 'reviewers', 'claude-code')).toMatchObject({
    code: 0,
  });
  const ran = await resumeTiny(folder.path);
  expect(ran.state.phase).toMatchObject({ outcome: 'complete' });
  expect([...ran.state.modules].map(({ attempt }) => attempt)).toEqual([1, 1, 1]);
  expect(ran.state.plan.pools.builders.agent).toBe('claude-code');
  expect(ofType(ran, 'agents-switched').map(({ pool, by }) => [pool, by])).toEqual([
    ['builders', 'sam'],
    ['reviewers', 'sam'],
  ]);
});

test('a pool is not switched to agents that the driver cannot make', async () => {
  await using folder = await workspace();
  Object.assign(trouble, { times: 100, code: 'no-model' });
  const waiting = await runTiny(folder.path);
  const { run } = waiting.state;
  const none = await ashlar(folder.path, 'agents', run, 'builders', 'nowhere');
  expect(none).toMatchObject({ code: 2 });
  expect(none.err).toContain('this version has no agents named nowhere; use anthropic');
  const kept = await ashlar(folder.path, 'agents', run, 'builders', 'vscode-lm');
  expect(kept).toMatchObject({ code: 0 });
  expect(kept.err).toContain('note: vscode-lm agents are there in VS Code alone');
  trouble.times = 0;
  expect(await ashlar(folder.path, 'agents', run, '--again')).toMatchObject({ code: 0 });
  const notes: string[] = [];
  const onNote = (text: string): void => void notes.push(text);
  const ran = await resumeTiny(folder.path, { onNote });
  expect(ran.state.phase).toMatchObject({ outcome: 'complete' });
  expect(ofType(ran, 'agents-switched')).toEqual([]);
  expect(notes).toContain(
    'what sam asked for while nobody drove the run (switch-agents) is not done: there are no agents of vscode-lm',
  );
  const wrong = await ashlar(folder.path, 'agents', run, 'everybody', 'scripted');
  expect(wrong).toMatchObject({ code: 2 });
  expect(wrong.err).toContain('<pool> wants planners, builders or reviewers');
});
