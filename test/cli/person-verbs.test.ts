import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../src/cli/engine.ts';
import { nodeRef, treeId } from '../../src/core/ids.ts';
import type { Evidence } from '../../src/core/verdict.ts';
import { Story } from '../core/projections/story.ts';
import { engineWith, fakeEngine, run } from './fake-engine.ts';
import { invoke } from './invoke.ts';

const submission = 'a'.repeat(64);

describe('what a person decides is sent as it was typed', () => {
  it.each([
    [`pause ${run}`, { type: 'pause' }],
    [`cancel ${run} --reason enough`, { type: 'cancel', reason: 'enough' }],
    [`cancel ${run}`, { type: 'cancel', reason: 'no reason was given' }],
    [
      `approve ${run} ship --subject ${submission} --note fine`,
      { type: 'approve', gate: 'ship', submission, note: 'fine' },
    ],
    [
      `reject ${run} ship --note slow`,
      { type: 'reject', gate: 'ship', submission: null, note: 'slow' },
    ],
    [
      `resolve ${run} 52 --decision overturn --reason agreed`,
      { type: 'resolve', conflict: 52, decision: 'overturn', reason: 'agreed' },
    ],
    [
      `reopen ${run} lexer --reason columns`,
      { type: 'reopen', module: 'lexer', reason: 'columns', contractPath: null },
    ],
    [
      `--cwd test amend ${run} lexer --reason columns --contract c.md`,
      { type: 'amend', module: 'lexer', reason: 'columns', contractPath: resolve('test/c.md') },
    ],
  ])('%s', async (line, request) => {
    const { engine, sent } = engineWith(new Story(), { pid: 1, host: 'here' });
    const { code, terminal } = invoke(line, { engine });
    expect(await code).toBe(0);
    expect(sent).toEqual([request]);
    expect(terminal.stderr).toBe('');
  });

  it('and says that it is kept where nobody drives the run', async () => {
    const { code, terminal } = invoke(`pause ${run}`, { engine: engineWith(new Story()).engine });
    expect(await code).toBe(0);
    expect(terminal.stdout).toContain(`nobody drives it now; go on: ashlar resume ${run}`);
  });
});

it('what a busy driver has not answered yet is said to be left for it', async () => {
  const { engine } = engineWith(new Story(), { pid: 1, host: 'here' });
  const busy: Engine = {
    ...engine,
    sendCommand: async () => ({ ok: true, how: 'not-answered-yet' }),
  };
  const { code, terminal } = invoke(`pause ${run}`, { engine: busy });
  expect(await code).toBe(0);
  expect(terminal.stdout).toBe(
    `left for run ${run}: whoever drives it has not answered yet; see what becomes of it: ashlar status ${run}\n`,
  );
});

describe('verify', () => {
  it('names what is not as it was recorded', async () => {
    const problems = ['journal, line 7: edited', 'lexer: its seal\u001b[2J cannot be read'];
    const checked = { events: 9, seals: 2 };
    const engine = fakeEngine({ verifyRun: async () => ({ ok: true, run, problems, checked }) });
    const { code, terminal } = invoke('verify', { engine });
    expect(await code).toBe(1);
    expect(terminal.stdout).toBe(
      `run ${run} is not as it was recorded (9 events, 2 seals checked):\n  journal, line 7: edited\n  lexer: its seal cannot be read\n`,
    );
  });

  it('says that a run is whole', async () => {
    const { code, terminal } = invoke('verify', { engine: engineWith(new Story()).engine });
    expect(await code).toBe(0);
    expect(terminal.stdout).toContain('is whole: 3 events, 1 seals');
  });

  it('runs the checks of a gate again, and says on what', async () => {
    const evidence: Evidence[] = [
      { kind: 'test', check: 'unit', test: 'ends', file: 'tests/a.js', line: 7, says: 'no' },
    ];
    const result = { ...{ check: 'unit', passed: 2, failed: 1, durationMs: 412, cached: false } };
    const tree = treeId('ab'.repeat(20));
    const against = { kind: 'submission', tree, version: 1, attempt: 2 } as const;
    const asked: unknown[] = [];
    const engine = fakeEngine({
      checkAgain: async ({ node, only, keys }) => {
        asked.push([node, only, keys()]);
        const results = [{ ...result, outcome: 'failed', evidence }] as const;
        const gate = nodeRef('module', 'lexer');
        return { ok: true, run, gate, against, subject: tree, results };
      },
    });
    const { code, terminal } = invoke('verify --checks lexer', {
      ...{ engine, env: { ANTHROPIC_API_KEY: 'planted-key' } },
    });
    expect(await code).toBe(1);
    // Nothing that the checks print may hold it.
    expect(asked).toEqual([['lexer', null, ['planted-key']]]);
    expect(terminal.stdout).toBe(
      `lexer of run ${run}: checks run on what attempt 2 handed in, abababababab\n  unit failed, 2 of 3 tests passed (0.4 s)\n    ends · tests/a.js:7: no\n  (the run is as it was: this is no verdict)\n`,
    );
  });

  it('says why the checks of a gate cannot be run again', async () => {
    const engine = fakeEngine({
      checkAgain: async () => ({
        ok: false,
        code: 'no-checks',
        message: 'gate ship has no checks',
      }),
    });
    const { code, terminal } = invoke('verify --checks ship', { engine });
    expect(await code).toBe(2);
    expect(terminal.stderr).toContain('gate ship has no checks');
  });
});

it('report prints the postmortem', async () => {
  const { code, terminal } = invoke('report', { engine: engineWith(new Story()).engine });
  expect(await code).toBe(0);
  expect(terminal.stdout).toBe('# report\n');
});

it('report --json prints the account of the run, with the checklist and what to write otherwise', async () => {
  const story = new Story().go().after(60).submit('lexer').fail('lexer', 'off by one');
  const { engine } = engineWith(story);
  const { code, terminal } = invoke('report --json', { engine });
  expect(await code).toBe(0);
  expect(JSON.parse(terminal.stdout)).toMatchObject({
    run: '20260301-1200-ab3d',
    outcome: null,
    time: { sequentialMs: 120_000, elapsedMs: 60_000, speedup: 2 },
    caughtByEvaluators: [{ module: 'lexer', verdict: 'FAIL', mendedBy: null }],
    pools: { unheldMs: 0 },
    nextTime: [{ where: 'contracts/lexer.md' }],
  });
});

it.each([
  ['--help', 'usage: ashlar [--cwd DIR] <verb>'],
  ['help', 'usage: ashlar [--cwd DIR] <verb>'],
  ['help run', 'usage: ashlar run <plan>'],
  ['run --help', 'usage: ashlar run <plan>'],
  ['--version', '1.2.3'],
])('%s answers on stdout', async (line, says) => {
  const { code, terminal } = invoke(line);
  expect(await code).toBe(0);
  expect(terminal.stdout).toContain(says);
  expect(terminal.stderr).toBe('');
});
