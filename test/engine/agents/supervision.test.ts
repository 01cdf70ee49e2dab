import { describe, expect, it } from 'vitest';
import { zeroAmount, type Amount } from '../../../src/core/budget.ts';
import type { UsageLine } from '../../../src/core/usage.ts';
import type { ProgressStep } from '../../../src/engine/agents/agent.ts';
import type { HandoffDesk, ReceivedHandoff } from '../../../src/engine/agents/handoff.ts';
import type { CheckDesk } from '../../../src/engine/agents/checked.ts';
import type { AgentOutcome } from '../../../src/engine/agents/outcome.ts';
import { Supervision, type Late } from '../../../src/engine/agents/supervision.ts';
import { HeldAgents } from '../../support/held-agent.ts';
import { settled, VirtualClock } from '../../support/virtual-clock.ts';
import { builderTask } from './tasks.ts';

const minute = 60_000;
const graceMs = 10_000;
const allowance: Amount = { tokens: 100, microUsd: 0, turns: 10, ms: 30 * minute };
const submitted: AgentOutcome = {
  kind: 'submitted',
  findings: [],
  summary: 'done',
  spent: zeroAmount,
};
const acknowledged: AgentOutcome = {
  kind: 'failed',
  code: 'aborted',
  message: 'told to end',
  retry: { kind: 'terminal' },
  spent: zeroAmount,
};

/** One agent at work under a supervision that gives it 5 minutes between two signs of life. */
function watch(
  over: {
    aborted?: boolean;
    minutes?: number;
    wholeMinutes?: number;
    desk?: HandoffDesk;
    checks?: CheckDesk;
  } = {},
) {
  const clock = new VirtualClock();
  const agents = new HeldAgents();
  const takeBack = new AbortController();
  if (over.aborted === true) takeBack.abort();
  const progress: ProgressStep[] = [];
  const late: Late[] = [];
  const used: (readonly UsageLine[])[] = [];
  const supervision = new Supervision({
    provider: agents,
    task: builderTask({ allowance: { ...allowance, ms: (over.minutes ?? 30) * minute } }),
    clock,
    stallMs: 5 * minute,
    wholeMs: () => (over.wholeMinutes ?? Infinity) * minute,
    graceMs,
    signal: takeBack.signal,
    onProgress: (step) => progress.push(step),
    onLate: (outcome) => late.push(outcome),
    onUsage: (lines) => used.push(lines),
    desk: over.desk ?? null,
    checks: over.checks ?? null,
  });
  const [agent] = agents.calls;
  return { clock, agents, agent: agent!, takeBack, progress, late, used, supervision };
}

/** Nothing comes of what is waited for, until it is given. */
function waitingDesk() {
  const notes: number[] = [];
  const ready: ReceivedHandoff[] = [];
  const desk: HandoffDesk = {
    give: () => Promise.resolve(null),
    request: () => Promise.resolve({ ok: false, message: 'no' }),
    asked: () => [],
    arrives: (_, signal) =>
      new Promise((resolve) => {
        if (ready.length > 0) resolve();
        else signal.addEventListener('abort', () => resolve(), { once: true });
      }),
    take: (_, waitedMs) => {
      const taken = ready.splice(0);
      if (taken.length === 0) notes.push(waitedMs);
      return Promise.resolve(taken);
    },
  };
  const from = 'lexer' as never;
  const gives = () =>
    ready.push({ handoff: 7, from, items: ['x'], partial: false, note: '', folder: null });
  return { desk, notes, gives };
}

const says = (text: string, fraction: number | null = null): ProgressStep => ({
  says: text,
  fraction,
  spent: zeroAmount,
});

describe('a watched attempt', () => {
  it("ends with its agent's answer, its time measured and its calls counted", async () => {
    const { clock, agent, supervision } = watch();
    agent.link.maySpend({ ...zeroAmount, tokens: 50, turns: 1 });
    clock.advance(2 * minute);
    agent.link.spend({ ...zeroAmount, tokens: 40, turns: 1 });
    agent.answer(submitted);
    expect(await supervision.outcome).toEqual({
      ...submitted,
      spent: { tokens: 40, microUsd: 0, turns: 1, ms: 2 * minute },
    });
  });

  it('leaves no timer behind', async () => {
    const { clock, agent, supervision, takeBack } = watch();
    agent.link.progress(says('first'));
    agent.answer(submitted);
    await supervision.outcome;
    expect(clock.advanceToNext()).toBe(false);
    takeBack.abort();
    expect(agent.signal.aborted).toBe(false);
  });

  it('hands on a bounded summary, however much the agent says', async () => {
    const { agent, supervision } = watch();
    agent.answer({ ...submitted, summary: `\u001b[2J${'x'.repeat(9_000)}` });
    const outcome = await supervision.outcome;
    expect(outcome.kind === 'submitted' && outcome.summary).toMatch(/^x{3999}…$/);
  });

  it('has stalled after so long without progress, and not before', async () => {
    const { clock, agent, supervision } = watch();
    clock.advance(4 * minute);
    agent.link.progress(says('still there'));
    clock.advance(5 * minute - 1);
    expect(agent.signal.aborted).toBe(false);
    clock.advance(1);
    expect(agent.signal.aborted).toBe(true);
    agent.answer(acknowledged);
    expect(await supervision.outcome).toEqual({
      kind: 'stalled',
      spent: { ...zeroAmount, ms: 9 * minute },
    });
  });

  it('does not count spending as progress: an agent can go round in circles', () => {
    const { clock, agent } = watch();
    for (let turn = 0; turn < 5; turn += 1) {
      agent.link.maySpend({ ...zeroAmount, turns: 1 });
      clock.advance(minute);
      agent.link.spend({ ...zeroAmount, turns: 1 });
    }
    expect(agent.signal.aborted).toBe(true);
  });

  it('does not count waiting as progress, however often it begins anew and nothing comes', async () => {
    const { desk, notes } = waitingDesk();
    const { clock, agent } = watch({ desk });
    clock.advance(3 * minute);
    for (let turn = 0; turn < 4; turn += 1) {
      const enough = new AbortController();
      const came = agent.link.awaitHandoff(7, enough.signal);
      clock.advance(minute);
      enough.abort();
      expect(await came).toBeNull();
    }
    // That it began to wait was a sign of life.
    expect(agent.signal.aborted).toBe(false);
    clock.advance(minute);
    expect(agent.signal.aborted).toBe(true);
    expect(notes).toEqual([minute, minute, minute, minute]);
  });

  it('counts it as progress that what it waits for came', async () => {
    const { desk, gives } = waitingDesk();
    const { clock, agent } = watch({ desk });
    for (let turn = 0; turn < 4; turn += 1) {
      gives();
      clock.advance(4 * minute);
      expect(await agent.link.awaitHandoff(7, agent.signal)).toMatchObject({ handoff: 7 });
    }
    expect(agent.signal.aborted).toBe(false);
  });

  it('has not stalled while its checks run, however long they take; from then on it may', async () => {
    let told: AbortSignal | null = null;
    let done = (): void => undefined;
    const checks: CheckDesk = {
      check: (signal) => {
        told = signal;
        const checked = { ok: true, results: [], notRun: [], problems: [], left: 3 } as const;
        return new Promise((resolve) => (done = () => resolve(checked)));
      },
    };
    const { clock, agent, supervision } = watch({ checks });
    const checked = agent.link.check(agent.signal);
    clock.advance(17 * minute);
    expect(agent.signal.aborted).toBe(false);
    done();
    expect(await checked).toMatchObject({ ok: true, left: 3 });
    clock.advance(5 * minute - 1);
    expect(agent.signal.aborted).toBe(false);
    clock.advance(1);
    expect(agent.signal.aborted).toBe(true);
    expect(told!.aborted).toBe(true);
    agent.answer(acknowledged);
    expect(await supervision.outcome).toMatchObject({ kind: 'stalled' });
  });

  it('has not stalled while it waits for its service; the patience goes on where it was', () => {
    const { clock, agent } = watch();
    clock.advance(3 * minute);
    const waiting = agent.link.waits();
    clock.advance(17 * minute);
    expect(agent.signal.aborted).toBe(false);
    waiting[Symbol.dispose]();
    waiting[Symbol.dispose]();
    clock.advance(2 * minute - 1);
    expect(agent.signal.aborted).toBe(false);
    clock.advance(1);
    expect(agent.signal.aborted).toBe(true);
  });

  it('may have stalled only when the last of what it waits for has come, pauses left out', () => {
    const { clock, agent, supervision } = watch();
    const [first, second] = [agent.link.waits(), agent.link.waits()];
    clock.advance(4 * minute);
    first[Symbol.dispose]();
    clock.advance(4 * minute);
    supervision.pause();
    second[Symbol.dispose]();
    clock.advance(600 * minute);
    supervision.resume();
    clock.advance(5 * minute - 1);
    expect(agent.signal.aborted).toBe(false);
    clock.advance(1);
    expect(agent.signal.aborted).toBe(true);
  });

  it('uses up none of its minutes while it waits for its service', async () => {
    const { clock, agent, supervision } = watch();
    clock.advance(4 * minute);
    const waiting = agent.link.waits();
    clock.advance(600 * minute);
    waiting[Symbol.dispose]();
    expect(supervision.spent.ms).toBe(4 * minute);
    for (let passed = 4; passed < 29; passed += 1) {
      agent.link.progress(says('busy'));
      clock.advance(minute);
    }
    expect(agent.signal.aborted).toBe(false);
    clock.advance(minute - graceMs);
    expect(agent.signal.aborted).toBe(true);
    agent.answer(acknowledged);
    const spent = { ms: 30 * minute - graceMs };
    expect(await supervision.outcome).toMatchObject({ kind: 'exhausted', what: 'ms', spent });
  });

  it('is ended when the minutes of the whole are over, which pass while it waits too', async () => {
    const { clock, agent, supervision } = watch({ wholeMinutes: 40 });
    clock.advance(4 * minute);
    agent.link.waits();
    supervision.pause();
    clock.advance(600 * minute);
    supervision.resume();
    clock.advance(36 * minute - graceMs - 1);
    expect(agent.signal.aborted).toBe(false);
    clock.advance(1);
    expect(agent.signal.aborted).toBe(true);
    agent.answer(acknowledged);
    const spent = { ms: 4 * minute };
    expect(await supervision.outcome).toMatchObject({ kind: 'exhausted', what: 'ms', spent });
  });

  it('goes on waiting where the whole gets more minutes meanwhile', () => {
    const over = { wholeMinutes: 40 };
    const { clock, agent } = watch(over);
    agent.link.waits();
    clock.advance(39 * minute);
    over.wholeMinutes = 60;
    clock.advance(21 * minute - graceMs - 1);
    expect(agent.signal.aborted).toBe(false);
    clock.advance(1);
    expect(agent.signal.aborted).toBe(true);
  });

  it('uses up neither minutes nor patience while it waits for a person, however often the run pauses', async () => {
    const { clock, agent, supervision } = watch();
    clock.advance(3 * minute);
    const [first, second] = [agent.link.waits('person'), agent.link.waits('person')];
    clock.advance(600 * minute);
    first[Symbol.dispose]();
    first[Symbol.dispose]();
    supervision.pause();
    supervision.resume();
    clock.advance(600 * minute);
    supervision.pause();
    second[Symbol.dispose]();
    clock.advance(600 * minute);
    expect(agent.signal.aborted).toBe(false);
    supervision.resume();
    clock.advance(2 * minute - 1);
    expect(agent.signal.aborted).toBe(false);
    clock.advance(1);
    expect(agent.signal.aborted).toBe(true);
    agent.answer(acknowledged);
    expect(await supervision.outcome).toMatchObject({ kind: 'stalled', spent: { ms: 5 * minute } });
  });

  it('counts what nobody answers for a quarter of an hour as its service’s, and the whole ends it', async () => {
    const { clock, agent, supervision } = watch({ wholeMinutes: 40 });
    clock.advance(4 * minute);
    const answered = agent.link.waits('person');
    clock.advance(14 * minute);
    answered[Symbol.dispose]();
    agent.link.waits('person');
    clock.advance((15 + 36) * minute - graceMs - 1);
    expect(agent.signal.aborted).toBe(false);
    clock.advance(1);
    expect(agent.signal.aborted).toBe(true);
    agent.answer(acknowledged);
    const spent = { ms: 4 * minute };
    expect(await supervision.outcome).toMatchObject({ kind: 'exhausted', what: 'ms', spent });
  });

  it('goes on where it was when a person answers after that', () => {
    const { clock, agent, supervision } = watch({ wholeMinutes: 400 });
    clock.advance(3 * minute);
    const waiting = agent.link.waits('person');
    clock.advance(100 * minute);
    waiting[Symbol.dispose]();
    waiting[Symbol.dispose]();
    expect(supervision.spent.ms).toBe(3 * minute);
    clock.advance(2 * minute - 1);
    expect(agent.signal.aborted).toBe(false);
    clock.advance(1);
    expect(agent.signal.aborted).toBe(true);
  });

  it('is told to end at once while it waits for a person, and answers within the grace period', async () => {
    const { clock, agent, takeBack, supervision } = watch();
    agent.link.waits('person');
    takeBack.abort();
    expect(agent.signal.aborted).toBe(true);
    clock.advance(graceMs);
    expect(await supervision.outcome).toMatchObject({ kind: 'aborted', spent: { ms: 0 } });
  });

  it('runs no checks for a role that has none, nor after its end', async () => {
    const { agent, supervision } = watch();
    expect(await agent.link.check(agent.signal)).toMatchObject({ ok: false });
    agent.answer(submitted);
    await supervision.outcome;
    expect(await agent.link.check(agent.signal)).toMatchObject({ ok: false });
  });

  it('is exhausted when its minutes are used up, however busy it is', async () => {
    const { clock, agent, supervision } = watch();
    for (let passed = 0; passed < 30; passed += 1) {
      expect(agent.signal.aborted).toBe(false);
      agent.link.progress(says('busy'));
      // It is told so much earlier as it may take to end.
      clock.advance(passed === 29 ? minute - graceMs : minute);
    }
    expect(agent.signal.aborted).toBe(true);
    clock.advance(graceMs);
    agent.answer(acknowledged);
    expect(await supervision.outcome).toMatchObject({
      kind: 'exhausted',
      what: 'ms',
      spent: { ms: 30 * minute },
    });
  });

  it('leaves pauses out of its minutes and of the patience with it', async () => {
    const { clock, agent, supervision } = watch();
    clock.advance(4 * minute);
    supervision.pause();
    supervision.pause();
    clock.advance(600 * minute);
    supervision.resume();
    supervision.resume();
    clock.advance(minute - 1);
    expect(agent.signal.aborted).toBe(false);
    agent.answer(submitted);
    expect((await supervision.outcome).spent.ms).toBe(5 * minute - 1);
  });

  it('goes on stalling where it was after a pause', () => {
    const { clock, agent, supervision } = watch();
    clock.advance(4 * minute);
    supervision.pause();
    clock.advance(minute);
    supervision.resume();
    clock.advance(minute);
    expect(agent.signal.aborted).toBe(true);
  });

  it('is a retryable failure when the provider throws', async () => {
    const { agent, supervision } = watch();
    agent.fail(new Error('socket hang up'));
    expect(await supervision.outcome).toMatchObject({
      kind: 'failed',
      code: 'provider-threw',
      message: 'socket hang up',
      retry: { kind: 'retryable' },
    });
  });

  it('never starts without a minute to work in', async () => {
    const { agents, supervision } = watch({ minutes: 0 });
    expect(await supervision.outcome).toMatchObject({ kind: 'exhausted', what: 'ms' });
    expect(agents.calls).toEqual([]);
  });

  it('refuses calls beyond its allowance', () => {
    const { agent } = watch();
    expect(agent.link.maySpend({ ...zeroAmount, tokens: 101 })).toBe(false);
    expect(agent.link.maySpend({ ...zeroAmount, tokens: 100 })).toBe(true);
  });
});

describe('an attempt that is taken back', () => {
  it('ends as soon as its agent does, and its answer is late', async () => {
    const { clock, agent, supervision, takeBack, late, progress } = watch();
    takeBack.abort();
    expect(agent.signal.aborted).toBe(true);
    expect(agent.link.maySpend({ ...zeroAmount, tokens: 1 })).toBe(false);
    agent.link.progress(says('too late'));
    agent.answer(submitted);
    expect((await supervision.outcome).kind).toBe('aborted');
    expect(late).toMatchObject([{ kind: 'submitted' }]);
    expect(progress).toEqual([]);
    expect(clock.advanceToNext()).toBe(false);
  });

  it('costs what its calls under way may cost, and their real cost is told and adds nothing', async () => {
    const { clock, agent, supervision, takeBack, late } = watch();
    agent.link.maySpend({ ...zeroAmount, tokens: 30, turns: 1 });
    takeBack.abort();
    clock.advance(graceMs);
    const { spent } = await supervision.outcome;
    expect(spent).toEqual({ tokens: 30, microUsd: 0, turns: 1, ms: graceMs });
    agent.link.spend({ ...zeroAmount, tokens: 12, turns: 1 });
    expect(late).toEqual([{ kind: 'cost', spent: { ...zeroAmount, tokens: 12, turns: 1 } }]);
  });

  it('tells what its calls under way may cost as used, by whose they are, and nothing twice', async () => {
    const { clock, agent, supervision, takeBack, used } = watch();
    const call = { provider: 'anthropic', model: 'large', instructions: 'generator.v1' };
    agent.link.maySpend({ ...zeroAmount, tokens: 40, turns: 1 }, call);
    const usage = { input: 10, cacheRead: 0, cacheWrite: 0, output: 5 };
    agent.link.spend({ ...zeroAmount, tokens: 15, turns: 1 }, { ...call, usage });
    agent.link.maySpend({ ...zeroAmount, tokens: 30, turns: 1 }, call);
    takeBack.abort();
    clock.advance(graceMs);
    const { spent } = await supervision.outcome;
    expect(spent.tokens).toBe(45);
    const told = [{ ...call, calls: 2, tokens: usage, untold: 30, microUsd: 0, unpriced: 0 }];
    expect(used.at(-1)).toEqual(told);
    agent.link.spend({ ...zeroAmount, tokens: 12, turns: 1 }, { ...call, usage });
    expect(used.at(-1)).toEqual(told);
  });

  it('is said to live on once, however often it says so after its end', async () => {
    const { clock, agent, supervision, takeBack, late, progress } = watch();
    takeBack.abort();
    agent.link.progress(says('ending'));
    clock.advance(graceMs);
    await supervision.outcome;
    agent.link.progress(says('still there'));
    agent.link.progress(says('and there'));
    expect(late).toEqual([{ kind: 'progress', spent: { ...zeroAmount, ms: graceMs } }]);
    expect(progress).toEqual([]);
  });

  it('has nothing late to tell of an agent that did as it was told', async () => {
    const { agent, supervision, takeBack, late } = watch();
    takeBack.abort();
    agent.answer(acknowledged);
    await supervision.outcome;
    expect(late).toEqual([]);
  });

  it('does not wait for a deaf agent beyond the grace period', async () => {
    const { clock, agent, supervision, takeBack, late } = watch();
    takeBack.abort();
    clock.advance(graceMs);
    expect((await supervision.outcome).kind).toBe('aborted');
    clock.advance(minute);
    agent.link.spend({ ...zeroAmount, tokens: 7 });
    agent.answer(submitted);
    await supervision.settled;
    expect(late).toEqual([{ kind: 'submitted', spent: { ...zeroAmount, tokens: 7, ms: graceMs } }]);
  });

  it('notes also the crash of an abandoned agent, and nothing is left unhandled', async () => {
    const { clock, agent, supervision, takeBack, late } = watch();
    takeBack.abort();
    clock.advance(graceMs);
    await supervision.outcome;
    agent.fail('gone');
    await supervision.settled;
    expect(late).toMatchObject([{ kind: 'failed' }]);
  });

  it('never starts if it was taken back before', async () => {
    const { agents, supervision } = watch({ aborted: true });
    expect(await supervision.outcome).toEqual({ kind: 'aborted', spent: zeroAmount });
    await supervision.settled;
    expect(agents.calls).toEqual([]);
  });
});

describe('progress', () => {
  it('is told at once, then at most once a second, the latest', () => {
    const { clock, agent, progress } = watch();
    for (const text of ['a', 'b', 'c']) agent.link.progress(says(text));
    expect(progress.map((step) => step.says)).toEqual(['a']);
    clock.advance(1_000);
    expect(progress.map((step) => step.says)).toEqual(['a', 'c']);
    clock.advance(500);
    agent.link.progress(says('d'));
    clock.advance(499);
    expect(progress).toHaveLength(2);
    clock.advance(1);
    expect(progress.map((step) => step.says)).toEqual(['a', 'c', 'd']);
  });

  it('is told at once again after a quiet second', () => {
    const { clock, agent, progress } = watch();
    agent.link.progress(says('a'));
    clock.advance(1_000);
    agent.link.progress(says('b'));
    expect(progress).toHaveLength(2);
  });

  it('is bounded, and what was spent is what was metered', () => {
    const { agent, progress } = watch();
    agent.link.progress({
      says: 'x\n'.repeat(500),
      fraction: 17,
      spent: { ...zeroAmount, tokens: -5 },
    });
    expect(progress[0]).toMatchObject({ fraction: 1, spent: zeroAmount });
    expect(progress[0]?.says).toHaveLength(200);
  });

  it('does not outlive the attempt', async () => {
    const { clock, agent, progress } = watch();
    agent.link.progress(says('a'));
    agent.link.progress(says('b'));
    agent.answer(submitted);
    await settled();
    agent.link.progress(says('c'));
    clock.advance(minute);
    expect(progress.map((step) => step.says)).toEqual(['a']);
  });
});
