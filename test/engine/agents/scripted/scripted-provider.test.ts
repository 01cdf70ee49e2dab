import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { zeroAmount } from '../../../../src/core/budget.ts';
import { moduleId, nodeRef } from '../../../../src/core/ids.ts';
import type { ProgressStep } from '../../../../src/engine/agents/agent.ts';
import type { HandoffDesk } from '../../../../src/engine/agents/handoff.ts';
import { loadScript } from '../../../../src/engine/agents/scripted/load-script.ts';
import { scriptedProvider } from '../../../../src/engine/agents/scripted/scripted-provider.ts';
import { Supervision, type Late } from '../../../../src/engine/agents/supervision.ts';
import type { AgentTask, BuilderTask } from '../../../../src/engine/agents/task.ts';
import { settled, VirtualClock } from '../../../support/virtual-clock.ts';
import { builderTask, contractAuthorTask, evaluatorTask, integratorTask } from '../tasks.ts';
import { scriptFolder } from './script-folder.ts';

const minute = 60_000;

/** A script on a virtual clock, and a work folder for its agents. */
async function stage(files: Record<string, string>) {
  const script = await scriptFolder(files);
  const work = await mkdtemp(join(tmpdir(), 'ashlar-work-'));
  const loaded = await loadScript(script.path);
  if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems));
  const clock = new VirtualClock();
  const provider = scriptedProvider(loaded.script, clock);
  const progress: ProgressStep[] = [];
  const late: Late[] = [];

  const start = (
    task: AgentTask,
    takeBack = new AbortController(),
    desk: HandoffDesk | null = null,
  ) =>
    new Supervision({
      provider,
      task: 'folder' in task ? { ...task, folder: work } : task,
      clock,
      stallMs: 5 * minute,
      graceMs: 10_000,
      signal: takeBack.signal,
      onProgress: (step) => progress.push(step),
      onLate: (outcome) => late.push(outcome),
      desk,
    });
  /** Then the clock stands still, so that writing files takes no time. */
  const play = async (task: AgentTask, forMs = 2 * minute) => {
    const supervision = start(task);
    for (let passed = 0; passed < forMs; passed += 1_000) {
      await settled();
      clock.advance(1_000);
    }
    return supervision.outcome;
  };
  return {
    ...{ clock, provider, progress, late, start, play },
    written: async () => (await readdir(work)).sort(),
    [Symbol.asyncDispose]: async () => {
      await script[Symbol.asyncDispose]();
      await rm(work, { recursive: true, force: true });
    },
  };
}

describe('a scripted builder', () => {
  it('says what it does on the way, leaves its files, and hands in', async () => {
    await using on = await stage({
      'lexer/1/turn.yaml':
        'summary: done\nseconds: 90\nturns: 2\ntokens: { in: 900, out: 101 }\nusd: 0.5\n' +
        'progress:\n  - { at: 10, say: reads }\n  - { at: 60, say: writes }\n',
      'lexer/1/files/src.js': '',
      'lexer/1/files/not-mine.js': '',
    });
    expect(await on.play(builderTask(), 90_000)).toEqual({
      kind: 'submitted',
      findings: [],
      summary: 'done',
      spent: { tokens: 1_001, microUsd: 500_000, turns: 2, ms: 90_000 },
    });
    expect(await on.written()).toEqual(['not-mine.js', 'src.js']);
    expect(on.progress.map(({ says, spent }) => `${spent.ms} ${says} ${spent.tokens}`)).toEqual([
      '10000 reads 0',
      '45000 reads 500',
      '60000 writes 500',
      '90000 writes 1001',
    ]);
    expect(on.progress.at(-1)?.fraction).toBe(1);
  });

  it('writes nothing before its time is over', async () => {
    await using on = await stage({
      'lexer/1/turn.yaml': 'summary: done\nseconds: 90\n',
      'lexer/1/files/src.js': '',
    });
    const takeBack = new AbortController();
    const supervision = on.start(builderTask(), takeBack);
    on.clock.advance(89_999);
    expect(await on.written()).toEqual([]);
    takeBack.abort();
    expect(await supervision.outcome).toMatchObject({ kind: 'aborted', spent: { ms: 89_999 } });
    await supervision.settled;
    expect(await on.written()).toEqual([]);
    expect(on.late).toEqual([]);
    expect(on.clock.waiting).toBe(0);
  });

  it('plays its last turn again when attempts go on', async () => {
    await using on = await stage({
      'lexer/1/turn.yaml': 'summary: first\n',
      'lexer/2/turn.yaml': 'summary: second\n',
    });
    for (const [attempt, summary] of [
      [1, 'first'],
      [2, 'second'],
      [5, 'second'],
    ] as const) {
      expect(await on.play(builderTask({ role: 'reviser', attempt }))).toMatchObject({ summary });
    }
  });

  it('makes no call beyond its allowance', async () => {
    await using on = await stage({
      'lexer/1/turn.yaml': 'summary: done\nseconds: 40\nturns: 4\ntokens: { in: 400 }\n',
    });
    const task = builderTask();
    const allowance = { ...task.allowance, tokens: 250 };
    expect(await on.play({ ...task, allowance })).toEqual({
      kind: 'exhausted',
      what: 'tokens',
      spent: { tokens: 200, microUsd: 0, turns: 2, ms: 20_000 },
    });
  });

  it('fails for good where the script has no turn', async () => {
    await using on = await stage({});
    expect(await on.play(builderTask())).toMatchObject({
      kind: 'failed',
      code: 'no-turn',
      retry: { kind: 'terminal' },
    });
  });
});

describe('a scripted behaviour', () => {
  const behaving = (behaviour: string) =>
    stage({
      'lexer/1/turn.yaml': `summary: done\nseconds: 60\nbehaviour: ${behaviour}\n`,
      'lexer/1/files/src.js': '',
    });

  it.each(['hang', 'crash', 'late'])(
    '%s: the agent that replaces it submits',
    async (behaviour) => {
      await using on = await behaving(behaviour);
      expect(await on.play(builderTask({ epoch: 2 }))).toMatchObject({ kind: 'submitted' });
      expect(await on.written()).toEqual(['src.js']);
    },
  );

  it('hang: falls silent until it is ended', async () => {
    await using on = await behaving('hang');
    expect(await on.play(builderTask(), 6 * minute)).toEqual({
      kind: 'stalled',
      spent: { ...zeroAmount, turns: 1, ms: 6 * minute },
    });
    expect(on.late).toEqual([]);
  });

  it('crash: dies when it should hand in, and may be replaced', async () => {
    await using on = await behaving('crash');
    expect(await on.play(builderTask())).toMatchObject({
      kind: 'failed',
      code: 'agent-crashed',
      retry: { kind: 'retryable', afterMs: 0 },
      spent: { ms: minute },
    });
    expect(await on.written()).toEqual([]);
  });

  it('late: is deaf, and answers when nobody waits any more', async () => {
    await using on = await behaving('late\nlateSeconds: 3600');
    const supervision = on.start(builderTask());
    await on.clock.runUntilIdle();
    expect((await supervision.outcome).kind).toBe('stalled');
    await supervision.settled;
    expect(on.late.at(-1)).toMatchObject({ kind: 'submitted' });
    expect(on.clock.monotonic()).toBe(3_600_000);
    expect(await on.written()).toEqual([]);
  });

  it('late: goes on to its end when it is taken back in the middle', async () => {
    await using on = await behaving('late\nturns: 3');
    const takeBack = new AbortController();
    const supervision = on.start(builderTask(), takeBack);
    on.clock.advance(30_000);
    takeBack.abort();
    await on.clock.runUntilIdle();
    expect((await supervision.outcome).kind).toBe('aborted');
    await supervision.settled;
    expect(on.late.at(-1)).toMatchObject({ kind: 'submitted' });
    expect(on.clock.monotonic()).toBe(2 * minute);
  });

  it('late: is in time where nobody ends it', async () => {
    await using on = await behaving('late');
    expect(await on.play(builderTask())).toMatchObject({
      kind: 'submitted',
      spent: { ms: 2 * minute },
    });
  });

  it('refuse: says why', async () => {
    await using on = await behaving('refuse');
    expect(await on.play(builderTask())).toMatchObject({ kind: 'refused', reason: 'done' });
  });

  it('overspend: asks for more than its allowance and is not given it', async () => {
    await using on = await behaving('overspend');
    expect(await on.play(builderTask())).toMatchObject({ kind: 'exhausted', what: 'tokens' });
    expect(await on.written()).toEqual([]);
  });
});

describe('other scripted roles', () => {
  it('a reviewer judges the attempt that it has a turn for, and no other', async () => {
    await using on = await stage({
      'lexer/review-2/turn.yaml':
        'summary: not yet\nverdict: NEEDS_REVISION\nevidence:\n  - says: columns are off\n',
    });
    expect(await on.provider.canPlay(evaluatorTask({ attempt: 1 }))).toBe(false);
    expect(await on.provider.canPlay(evaluatorTask({ attempt: 2 }))).toBe(true);
    expect(await on.provider.canPlay(evaluatorTask({ attempt: 3 }))).toBe(false);
    expect(await on.play(evaluatorTask({ attempt: 2 }))).toMatchObject({
      kind: 'reviewed',
      verdict: 'NEEDS_REVISION',
      evidence: [{ kind: 'review', says: 'columns are off' }],
    });
  });

  it('an integrator blames one module, for a tier or an end-to-end gate', async () => {
    await using on = await stage({
      'tiers/frontend/1/turn.yaml': 'summary: columns\nblames: lexer\n',
      'gates/accept/2/turn.yaml': 'summary: types\nblames: parser\n',
    });
    expect(await on.play(integratorTask())).toMatchObject({ kind: 'blamed', module: 'lexer' });
    const accept = integratorTask({ gate: nodeRef('gate', 'accept'), attempt: 2 });
    expect(await on.play(accept)).toMatchObject({ kind: 'blamed', module: 'parser' });
    expect(await on.provider.canPlay(integratorTask({ attempt: 2 }))).toBe(false);
  });

  it('a contract author leaves the version it is asked for in its folder', async () => {
    await using on = await stage({
      'lexer/contract-2/turn.yaml': 'summary: says columns\nreason: the parser needs them\n',
      'lexer/contract-2/files/contract.md': '',
    });
    expect(await on.provider.canPlay(contractAuthorTask({ version: 1 }))).toBe(false);
    expect(await on.play(contractAuthorTask({ version: 2 }))).toMatchObject({
      kind: 'contract-written',
      summary: 'says columns',
      reason: 'the parser needs them',
    });
    expect(await on.written()).toEqual(['contract.md']);
  });
});

it('the same script gives the same outcomes and progress, whatever runs beside it', async () => {
  const names = ['lexer', 'parser', 'checker'];
  const files = Object.fromEntries(
    names.map((name, index) => [
      `${name}/1/turn.yaml`,
      `summary: ${name}\nseconds: ${30 + index}\nturns: ${index + 1}\ntokens: { in: 100 }\n`,
    ]),
  );
  const task = (name: string): BuilderTask => builderTask({ module: moduleId(name) });
  const run = async (order: readonly string[]) => {
    await using on = await stage(files);
    const supervisions = order.map((name) => [name, on.start(task(name))] as const);
    await on.clock.runUntilIdle();
    const ended = supervisions.map(async ([name, { outcome }]) => [name, await outcome] as const);
    return new Map(await Promise.all(ended));
  };
  const forwards = await run(names);
  const backwards = await run(names.toReversed());
  for (const name of names) expect(backwards.get(name)).toEqual(forwards.get(name));
});

describe('a scripted builder that hands over', () => {
  /** A desk of which the test decides when something comes. */
  function desk() {
    const told: unknown[] = [];
    let arrive = (): void => undefined;
    let ready = false;
    const came = {
      ...{ handoff: 9, from: moduleId('lexer'), items: ['token kinds'] },
      ...{ partial: false, note: '', folder: null },
    };
    const its: HandoffDesk = {
      give: (given) => {
        told.push(given);
        return Promise.resolve(null);
      },
      request: (wanted) => {
        told.push(wanted);
        const goOnWith = ['the stub of lexer: stubs/lexer/**'];
        return Promise.resolve({ ok: true, handoff: 9, etaMinutes: 3, goOnWith });
      },
      asked: () => [],
      arrives: (_, signal) =>
        new Promise((resolve) => {
          arrive = resolve;
          signal.addEventListener('abort', () => resolve(), { once: true });
        }),
      take: (handoff, waitedMs) => {
        if (handoff !== null) told.push({ handoff, waitedMs });
        return Promise.resolve(ready && handoff !== null ? [came] : []);
      },
    };
    const comes = (): void => {
      ready = true;
      arrive();
    };
    return { its, told, comes };
  }

  const waiting =
    'summary: done\nseconds: 60\nrequests:\n' +
    '  - { at: 10, from: lexer, items: [token kinds, error texts], wait: true }\n';

  async function watch(turn: string, files: Record<string, string> = {}) {
    const on = await stage({ 'parser/1/turn.yaml': turn, ...files });
    const { its, told, comes } = desk();
    const task = builderTask({ module: moduleId('parser') });
    const supervision = on.start(task, new AbortController(), its);
    const pass = async (seconds: number): Promise<void> => {
      for (let passed = 0; passed < seconds; passed++) {
        await settled();
        on.clock.advance(1_000);
      }
      await settled();
    };
    const says = (): string[] => on.progress.map((step) => step.says);
    return { on, told, comes, supervision, pass, says };
  }

  it('waits for what it asked for, says so, and the time is measured', async () => {
    const { on, told, comes, supervision, pass, says } = await watch(waiting);
    await using _ = on;
    await pass(25);
    expect(says()).toContain('waits for token kinds, error texts from lexer');
    comes();
    await pass(60);
    expect(told).toEqual([
      { from: 'lexer', items: ['token kinds', 'error texts'] },
      { handoff: 9, waitedMs: 15_000 },
    ]);
    expect(says()).toContain('has token kinds, error texts from lexer');
    expect(await supervision.outcome).toMatchObject({ kind: 'submitted', spent: { ms: 60_000 } });
  });

  it('waits no longer than its seconds, and goes on without', async () => {
    const { on, told, supervision, pass, says } = await watch(waiting);
    await using _ = on;
    await pass(70);
    expect(told).toContainEqual({ handoff: 9, waitedMs: 50_000 });
    expect(says()).toContain(
      'goes on with the stub of lexer: stubs/lexer/** without token kinds, error texts from lexer',
    );
    expect(await supervision.outcome).toMatchObject({ kind: 'submitted' });
  });

  it('goes on at once where it does not wait', async () => {
    const { on, told, pass, says } = await watch(waiting.replace(', wait: true', ''));
    await using _ = on;
    await pass(12);
    expect(told).toHaveLength(1);
    expect(says().at(-1)).toBe(
      'asked for token kinds, error texts from lexer; goes on with the stub of lexer: stubs/lexer/**',
    );
  });

  it('lays the files that it gives in its folder first', async () => {
    const turn =
      'summary: done\nseconds: 60\nhandoffs:\n' +
      '  - { at: 10, to: vm, items: [grammar], partial: true, note: half, files: [api.md] }\n';
    const files = { 'parser/1/files/api.md': 'x', 'parser/1/files/late.js': 'y' };
    const { on, told, pass } = await watch(turn, files);
    await using _ = on;
    await pass(5);
    expect(await on.written()).toEqual([]);
    await pass(6);
    await expect.poll(() => on.written()).toEqual(['api.md']);
    await expect
      .poll(() => told)
      .toEqual([{ to: 'vm', items: ['grammar'], partial: true, note: 'half', files: ['api.md'] }]);
  });
});
