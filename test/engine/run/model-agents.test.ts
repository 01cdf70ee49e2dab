import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { AgentProvider } from '../../../src/engine/agents/agent.ts';
import { modelAgents } from '../../../src/engine/agents/model/model-agents.ts';
import type { ModelRequest } from '../../../src/engine/agents/model/chat-model.ts';
import type { Clock } from '../../../src/engine/clock.ts';
import { exampleSolver } from '../../support/example-solver.ts';
import { asks, resultsIn, says, ScriptedChat, type Said } from '../../support/scripted-chat.ts';
import {
  builds,
  commitAll,
  gives,
  goodScript,
  integrationScript,
  oddContract,
  ofType,
  runTiny,
  tinyFiles,
  writeFiles,
  type Files,
} from '../../support/tiny-workspace.ts';
import { quickFiles, quickScript } from '../../support/tiny-plan.ts';
import { workspaceFolder } from './rig.ts';

/** Stands in for whatever serves models; everything else of these runs is real. */
const served = vi.hoisted(() => ({ provider: null as null | ((clock: unknown) => unknown) }));
vi.mock('../../../src/engine/providers.ts', async (original) => ({
  ...(await original<object>()),
  openProviders: (_plan: unknown, { clock }: { clock: unknown }) => {
    const provider = served.provider?.(clock);
    const providers = { of: () => provider, open: () => Promise.resolve(null) };
    return Promise.resolve({ ok: true, providers, notes: [] });
  },
}));

type Speaks = (request: ModelRequest) => Said;

/** A run whose agents are all one model; also what it was asked. */
async function run(files: Files, speaks: (folder: string) => Speaks) {
  await using folder = await workspaceFolder();
  writeFiles(folder.path, { ...tinyFiles(), ...files });
  commitAll(folder.path);
  const chat = new ScriptedChat();
  chat.speaks = speaks(folder.path);
  served.provider = (clock): AgentProvider =>
    modelAgents({ name: 'served', metered: 'hard', model: () => chat, clock: clock as Clock });
  const ran = await runTiny(folder.path);
  return { ran, asked: chat.requests };
}

const opening = ({ messages: [first] }: ModelRequest): string => {
  const [part] = first?.content ?? [];
  return part?.kind === 'text' ? part.text : '';
};
const turnOf = ({ messages }: ModelRequest): number =>
  messages.filter(({ role }) => role === 'assistant').length;

const solving = (script: string): Speaks => {
  const solve = exampleSolver(script);
  return (request) => {
    const move = solve({
      opening: opening(request),
      turn: turnOf(request),
      results: resultsIn(request),
    });
    if (move.uses.length === 0) return says(move.says);
    return asks(...move.uses.map(({ name, input }) => [name, input] as const));
  };
};

test('models build, judge, integrate and amend by tools alone', async () => {
  const script = {
    ...integrationScript(),
    'script/tiers/numbers/1/turn.yaml': 'blames: one\nsummary: One has to be odd.\n',
    ...Object.fromEntries(
      Object.entries(oddContract()).map(([path, text]) => [
        `script/one/contract-2/files/${path}`,
        text,
      ]),
    ),
    'script/one/contract-2/turn.yaml': 'summary: One is odd.\nreason: Two adds one to it.\n',
  };
  const { ran, asked } = await run(script, (folder) => solving(join(folder, 'script')));

  expect(ran.state.phase).toMatchObject({ at: 'finished', outcome: 'complete' });
  expect(ofType(ran, 'integration-failed')).toMatchObject([{ blamed: 'one', how: 'integrator' }]);
  expect(ofType(ran, 'contract-amended')).toMatchObject([{ module: 'one', version: 2 }]);
  const roles = new Set(asked.map((request) => /^Role: (.+)$/m.exec(opening(request))?.[1]));
  expect([...roles].sort()).toEqual([
    'contract author',
    'evaluator',
    'generator',
    'integrator',
    'reviser',
  ]);
  // Every agent of the run reads the sources of truth, and a reviewer what its builder changed.
  expect(asked.every(({ system }) => system[1]?.text.includes('# Numbers'))).toBe(true);
  const review = asked.find((request) => opening(request).includes('Role: evaluator'));
  expect(opening(review!)).toMatch(/added {2}src\/\w+\/index\.js/);
  expect(opening(review!)).toContain('Done as the contract says.');
});

test('a builder has its checks run as the gate does, and the gate need not run them again', async () => {
  const wrong = gives('three', '4');
  const script = { ...goodScript(), ...builds('three/1', { 'src/three/index.js': wrong }) };
  const seen: string[] = [];
  const { ran } = await run(script, (folder) => {
    const solve = solving(join(folder, 'script'));
    return (request) => {
      const isThree = opening(request).includes('Role: generator\nModule: three');
      if (!isThree) return solve(request);
      seen.push(...resultsIn(request).map(({ text }) => text));
      switch (turnOf(request)) {
        case 0:
          return asks(['write_file', { path: 'src/three/index.js', content: wrong }]);
        case 2:
          return asks(['edit_file', { path: 'src/three/index.js', old: '4', new: '3' }]);
        case 1:
        case 3:
          return asks(['run_checks', {}]);
        default:
          return asks(['submit', { summary: 'Three is 3.' }]);
      }
    };
  });
  expect(seen[1]).toContain('1 of 1 checks fail. You can run them 39 more times.');
  expect(seen[1]).toContain('unit | three is what it should be | tests/three/three.test.js');
  expect(seen[3]).toContain(
    'All checks pass. You can run them 38 more times.\nunit: passed, 2 passed',
  );
  const judged = ofType(ran, 'check-finished').filter(({ gate }) => gate === 'module:three');
  expect(judged).toMatchObject([{ result: { outcome: 'passed', cached: true } }]);
  expect(ofType(ran, 'verdict-given').filter(({ gate }) => gate === 'module:three')).toHaveLength(
    1,
  );
});

test('a claim that a reviewer finds false sends the module back, though all checks pass', async () => {
  const script = {
    ...goodScript(),
    ...builds('three/2', { 'src/three/index.js': gives('three', '3') }),
  };
  const { ran, asked } = await run(script, (folder) => {
    const solve = solving(join(folder, 'script'));
    return (request) => {
      const first = opening(request).includes('Role: evaluator\nModule: three\nAttempt: 1');
      if (!first) return solve(request);
      const falseClaims = [{ claim: 'Done as the contract says.', why: 'It is not.', file: null }];
      const judged = {
        verdict: 'PASS',
        summary: 'Fine but for a claim.',
        evidence: [],
        testsWrong: null,
      };
      return says(JSON.stringify({ ...judged, falseClaims }));
    };
  });
  const verdicts = ofType(ran, 'verdict-given').filter(({ gate }) => gate === 'module:three');
  expect(verdicts.map(({ verdict }) => verdict)).toEqual(['NEEDS_REVISION', 'PASS']);
  const revision = asked.find((request) =>
    opening(request).includes('Role: reviser\nModule: three'),
  );
  expect(opening(revision!)).toContain('The summary claims: "Done as the contract says."');
});

test('a check that uses what only its gate holds is left to the gate, and the builder is told', async () => {
  const checks =
    '    checks: { unit: sh tests/gamma/test.sh, data: { run: sh tests/gamma/test.sh, resources: [database] } }\n';
  const plan = { top: 'resources: { database: 1 }\n', checks: { gamma: checks } };
  const files = {
    ...quickFiles(plan),
    ...Object.fromEntries(
      Object.entries(quickScript()).map(([path, text]) => [`script/${path}`, text]),
    ),
  };
  const told: string[] = [];
  const { ran } = await run(files, (folder) => {
    const solve = solving(join(folder, 'script'));
    return (request) => {
      if (opening(request).includes('Role: generator\nModule: gamma')) {
        told.push(...resultsIn(request).map(({ text }) => text));
      }
      return solve(request);
    };
  });
  expect(ran.state.phase).toMatchObject({ at: 'finished', outcome: 'complete' });
  expect(told.join('\n')).toContain(
    'unit: passed\ndata: not run here: it uses database, which only its gate holds.',
  );
});
