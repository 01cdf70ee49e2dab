import { describe, expect, it } from 'vitest';
import { accountOf } from '../../../src/core/projections/account.ts';
import type { Account } from '../../../src/core/projections/account-shape.ts';
import { checklist } from '../../../src/core/projections/checklist.ts';
import { promptDeltas } from '../../../src/core/projections/prompt-deltas.ts';
import { standsUnheld } from '../../../src/core/projections/unheld.ts';
import { RankSet } from '../../../src/core/collections/rank-set.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { smallPlan, Story } from './story.ts';

const accountFor = ({ events }: Story): Account => accountOf(events)!.account;

const asked = (story: Story, question: string) =>
  checklist(accountFor(story), story.replayed).find(({ asks }) => asks.includes(question));

const withStubs = (plan: Plan): Plan => ({
  ...plan,
  modules: plan.modules.map((module) => ({
    ...module,
    contract: { ...module.contract, stub: [`stubs/${module.id}/**`] },
  })),
});

describe('the account of a run', () => {
  it('sets the time it took against the same work one after the other', () => {
    const story = new Story().toApproval().after(30).approve('ship').after(1).deliver();
    const { time, outcome } = accountFor(story);
    expect(outcome).toBe('complete');
    // lexer and vm side by side, then parser, 70 s each; tier and gate 5 s each; 30 s for the person.
    expect(time.sequentialMs).toBe(220_000);
    expect(time.elapsedMs).toBe(181_000);
    expect(time.activeMs).toBe(151_000);
    expect(time.speedup).toBeCloseTo(220 / 151);
    expect([time.buildMs, time.judgeMs]).toEqual([180_000, 40_000]);
  });

  it('tells when a composed artifact first passed', () => {
    const story = new Story().go().seal('lexer', 'vm');
    expect(accountFor(story).time.firstWorkingMs).toBeNull();
    story.seal('parser').after(5).passTier('core');
    story.after(100);
    expect(accountFor(story).time.firstWorkingMs).toBe(145_000);
  });

  it('names the chain that decided the end, through what put a module in question again', () => {
    const story = new Story().go().seal('lexer', 'vm').seal('parser').after(5);
    story.failTier('core', 'columns').after(20);
    const steps = accountFor(story).time.criticalPath;
    expect(steps.map(({ node, doing, ms }) => [node, doing, ms])).toEqual([
      ['module:lexer', 'building', 60_000],
      ['module:lexer', 'judging', 10_000],
      ['module:parser', 'building', 60_000],
      ['module:parser', 'judging', 10_000],
      ['tier:core', 'judging', 5_000],
    ]);
    expect(steps.reduce((sum, { ms }) => sum + ms, 0)).toBe(145_000);
  });

  it('tells how long a stream had work that nobody did, and why', () => {
    const story = new Story().go().seal('lexer', 'vm').after(5);
    story.do({ type: 'pause-run', by: 'sam' }).after(600).do({ type: 'resume-run', by: 'sam' });
    for (let attempt = 0; attempt < 3; attempt++)
      story.after(10).submit('parser').fail('parser', 'x');
    story.after(50).do({ type: 'check-budget' });
    story.do({ type: 'pause-run', by: 'sam' });
    expect(accountFor(story).streams).toEqual([
      { id: 'main', busyMs: 105_000, idleMs: { person: 50_000 } },
    ]);
  });

  it('tells what evaluators caught and which attempt mended it', () => {
    const story = new Story().go().after(60).submit('lexer').fail('lexer', 'off by one');
    story.after(30).submit('lexer').revise('lexer', 'not as promised');
    expect(accountFor(story).caughtByEvaluators).toMatchObject([
      { module: 'lexer', attempt: 1, verdict: 'FAIL', mendedBy: null },
      { module: 'lexer', attempt: 2, verdict: 'NEEDS_REVISION', mendedBy: null },
    ]);
    story.after(30).submit('lexer').pass('lexer');
    const { caughtByEvaluators, attempts, verdicts } = accountFor(story);
    expect(caughtByEvaluators.map(({ mendedBy }) => mendedBy)).toEqual([3, 3]);
    expect(attempts).toMatchObject({ submissions: 3, judgings: 3 });
    expect(verdicts).toEqual({ PASS: 1, FAIL: 1, NEEDS_REVISION: 1 });
  });

  it('adds up what was spent by module, role and pool, unit by unit', () => {
    const story = new Story().go().seal('lexer').after(10).submit('vm').fail('vm', 'off by one');
    story.seal('vm').seal('parser').after(5).failTier('core', 'columns');
    // Each submission takes 1,000 tokens and 0.25 $, each judgement 100 and 0.01 $, the tier's 50.
    const of = (tokens: number, cents: number, turns: number) => ({
      ...{ tokens, microUsd: cents * 10_000, turns, ms: turns * 1_000 },
    });
    expect(accountFor(story).spending).toEqual({
      total: of(4_450, 104, 9),
      byModule: [
        { module: 'lexer', money: 'known', ...of(1_100, 26, 2) },
        { module: 'parser', money: 'known', ...of(1_100, 26, 2) },
        { module: 'vm', money: 'known', ...of(2_200, 52, 4) },
      ],
      byRole: {
        planner: of(0, 0, 0),
        builder: of(4_000, 100, 4),
        reviewer: of(400, 4, 4),
        integrator: of(50, 0, 1),
      },
      byPool: {
        planners: of(0, 0, 0),
        builders: of(4_000, 100, 4),
        reviewers: of(450, 4, 5),
      },
      money: {
        total: 'known',
        byRole: { planner: 'known', builder: 'known', reviewer: 'known', integrator: 'known' },
        byPool: { planners: 'known', builders: 'known', reviewers: 'known' },
      },
    });
  });

  it('counts attempts, verdicts and the time of each place', () => {
    const story = new Story().go().seal('lexer').after(10).submit('vm').fail('vm', 'off by one');
    story.seal('vm').seal('parser').after(5).failTier('core', 'columns');
    const { attempts, verdicts, pools, caughtByIntegration } = accountFor(story);
    expect(attempts).toEqual({
      ...{ submissions: 4, abandoned: {}, judgings: 5 },
      ...{ integrationFailures: 1, confirmationFailures: 0, feedback: 0 },
    });
    expect(verdicts).toEqual({ PASS: 3, FAIL: 2, NEEDS_REVISION: 0 });
    // lexer 60 s, vm 80 and 60, parser 140 from the seal of lexer on; three judged for 10, the tier for 5.
    expect(pools).toEqual({
      planners: { workMs: 0, idleMs: { 'nothing-ready': 225_000 } },
      builders: { workMs: 340_000, idleMs: { 'nothing-ready': 110_000 } },
      reviewers: { workMs: 35_000, idleMs: { 'nothing-ready': 415_000 } },
      ...{ heldMs: {}, scarceMs: {}, unheldMs: 0 },
    });
    expect(caughtByIntegration).toMatchObject([
      { gate: 'tier:core', check: 'cross', between: ['lexer', 'parser'], blamed: 'lexer' },
    ]);
  });
});

describe('work that stands beside a free place', () => {
  it('is measured where no hold has a name, and there is none in any run', () => {
    const story = new Story().go();
    const { state } = story;
    expect(standsUnheld(state, 'builders')).toBe(false);
    // As no decision leaves it: something waits for the planner who is free.
    const toAmend = RankSet.empty(3).add(0);
    expect(standsUnheld({ ...state, toAmend }, 'planners')).toBe(true);
    expect(standsUnheld({ ...state, toAmend, pausedAt: state.at }, 'planners')).toBe(false);
    story.seal('lexer', 'vm').after(5).do({ type: 'pause-run', by: 'sam' });
    expect(accountFor(story).pools.unheldMs).toBe(0);
    expect(asked(story, 'without a named hold')).toMatchObject({ answer: true });
  });
});

describe('the checklist', () => {
  it('says which hard dependency could have been soft, with what it cost', () => {
    const story = new Story(withStubs(smallPlan())).go().seal('lexer', 'vm');
    expect(asked(story, 'needlessly sequential')).toMatchObject({
      answer: false,
      figure:
        '1 hard dependencies on a module with a stub could be soft (parser on lexer); the longest wait was 1 min 10 s',
    });
    const without = new Story().go().seal('lexer', 'vm');
    expect(asked(without, 'needlessly sequential')).toMatchObject({ answer: true });
  });

  it('tells which prerequisites are missing, and forgets that once they hold', () => {
    const prerequisites = ['node', 'docker'].map((name) => ({
      ...{ name, run: 'true', timeoutMs: null, remedy: null },
    }));
    const story = new Story({ ...smallPlan(), prerequisites });
    const tell = (docker: boolean) => {
      const { phase } = story.state;
      const order = phase.at === 'checking' ? phase.order : (0 as never);
      const results = [
        { name: 'node', passed: true, evidence: [] },
        { name: 'docker', passed: docker, evidence: [] },
      ];
      story.do({ type: 'record-prerequisites', order, results });
    };
    tell(false);
    const question = 'all prerequisites verified';
    expect(asked(story, question)).toMatchObject({
      answer: false,
      figure: '1 of 2 hold; missing: docker',
    });
    story.do({ type: 'resume-run', by: 'sam' });
    tell(true);
    expect(asked(story, question)).toMatchObject({ answer: true, figure: '2 of 2 hold' });
  });

  it('does not answer what there was nothing of', () => {
    const story = new Story().go();
    expect(asked(story, 'every handoff')).toMatchObject({ answer: null });
    expect(asked(story, 'every tier and gate')).toMatchObject({ answer: false, figure: '0 of 3' });
  });
});

describe('what to write otherwise next time', () => {
  it('is said of the contract whose test failed, once for all attempts', () => {
    const story = new Story().go();
    for (const _ of [1, 2]) story.after(10).submit('lexer').fail('lexer', 'counts from 0');
    expect(promptDeltas(accountFor(story), story.state)).toEqual([
      {
        where: 'contracts/lexer.md',
        change:
          'state in words, with an example, what unit · reads numbers · tests/a.test.js:7 asks for',
        because: 'counts from 0 (attempts 1 and 2)',
      },
    ]);
  });

  it('is said of both sides of a seam, and of what stalled', () => {
    const story = new Story().go().seal('lexer', 'vm').seal('parser').failTier('core', 'columns');
    expect(promptDeltas(accountFor(story), story.state)).toMatchObject([
      { where: 'contracts/lexer.md and contracts/parser.md' },
    ]);
  });
});
