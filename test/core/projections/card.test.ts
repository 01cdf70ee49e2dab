import { describe, expect, it } from 'vitest';
import { card, touchedCards, type Card } from '../../../src/core/projections/card.ts';
import {
  chronicle,
  chronicleEvent,
  type Chronicle,
} from '../../../src/core/projections/chronicle.ts';
import { moduleId } from '../../../src/core/ids.ts';
import { Random } from '../../sim/random.ts';
import { randomPlan } from '../../support/random-plan.ts';
import { wanders } from '../../support/scenario-drive.ts';
import { ends, judged, submits } from '../../support/scenario-moves.ts';
import { pauses } from '../../support/scenario-people.ts';
import { plan } from '../../support/scenario-plan.ts';
import { given } from '../../support/scenario.ts';
import { Story, hash, tree } from './story.ts';

const names = ['lexer', 'parser', 'vm'];
const cardOf = (story: Story, name: string): Card =>
  card(chronicle(story.events)!, names.indexOf(name));
const looks = (story: Story, name: string) => {
  const { shape, word, detail } = cardOf(story, name);
  return [shape, word, detail];
};
const amend = { contract: tree('7'), reason: 'columns', by: 'sam' };
const reopen = (story: Story, name: string) =>
  story.do({ type: 'reopen-module', module: moduleId(name), ...amend });
const paused = (story: Story) => story.do({ type: 'pause-run', by: 'sam' });

describe('a card tells the state by a shape and a word', () => {
  it('before work may begin', () => {
    const story = new Story();
    expect(looks(story, 'lexer')).toEqual(['ready', 'Ready', 'prerequisites are being checked']);
    expect(looks(story, 'parser')).toEqual(['waiting', 'Waiting for lexer', '']);
    expect(cardOf(story, 'parser')).toMatchObject({ waitsFor: ['lexer'], verdict: null });
  });

  it('while its builder is at work, with what it says', () => {
    const story = new Story().go().progress('vm', 'Half the operators', 0.5);
    expect(looks(story, 'vm')).toEqual(['building', 'Building', 'Half the operators']);
    expect(cardOf(story, 'vm')).toMatchObject({ percent: 50, spent: { tokens: 10 } });
    expect(cardOf(story, 'lexer').percent).toBeNull();
  });

  it('in review, with how many checks decide', () => {
    const story = new Story().go().submit('lexer');
    expect(looks(story, 'lexer')).toEqual(['review', 'In review', '1 check']);
    expect(cardOf(story, 'lexer')).toMatchObject({ percent: null, verdict: null, tests: 12 });
    const last = story.events.at(-1)!;
    const result = { check: 'unit', outcome: 'passed', passed: 12, failed: 0 } as const;
    story.events.push({
      ...{ type: 'check-finished', seq: last.seq + 1, at: last.at, gate: 'module:lexer' as never },
      result: { ...result, durationMs: 4, cached: false, evidence: [] },
    });
    expect(looks(story, 'lexer')).toEqual(['review', 'In review', '1/1 check']);
    expect(cardOf(story, 'lexer').percent).toBe(100);
  });

  it('sealed, with the time it took', () => {
    const story = new Story().go().seal('lexer');
    expect(looks(story, 'lexer')).toEqual(['sealed', 'Sealed', '1:10']);
    expect(cardOf(story, 'lexer')).toMatchObject({ verdict: 'PASS', passed: 12, tests: 12 });
  });

  it('revising, with the verdict that sent it back', () => {
    const story = new Story().go().submit('lexer').fail('lexer', 'expected 1');
    expect(looks(story, 'lexer')).toEqual(['revising', 'Revising', '']);
    expect(cardOf(story, 'lexer')).toMatchObject({ verdict: 'FAIL', passed: 11, attempt: 2 });
  });

  it('failed, until a builder takes it up, with what holds it', () => {
    const story = paused(new Story().go().submit('lexer')).fail('lexer', 'expected 1');
    expect(looks(story, 'lexer')).toEqual(['failed', 'Failed', 'the run is paused']);
  });

  it('in need of revision where the checks pass and the contract is not kept', () => {
    const story = paused(new Story().go().submit('lexer')).revise('lexer', 'columns are missing');
    expect(looks(story, 'lexer')).toEqual([
      'needs-revision',
      'Needs revision',
      'the run is paused',
    ]);
    expect(cardOf(story, 'lexer')).toMatchObject({ verdict: 'NEEDS_REVISION', passed: 12 });
  });

  it('blocked where only a person can go on, who is told so', () => {
    const story = new Story().go();
    for (const _ of [1, 2, 3]) story.submit('lexer').fail('lexer', 'no');
    expect(looks(story, 'lexer')).toEqual(['blocked', 'Blocked', 'its budget is used up']);
    expect(cardOf(story, 'lexer').needsYou).toEqual({
      ...{ since: story.now, says: 'its budget is used up' },
    });
  });

  it('reopened, with its seal behind it, and what stands on it sealed but judged again', () => {
    const story = reopen(paused(new Story().toApproval()), 'lexer');
    expect(looks(story, 'lexer')).toEqual([
      ...['reopened', 'Reopened', "contract's tests being listed"],
    ]);
    expect(cardOf(story, 'lexer')).toMatchObject({
      ...{ ghost: true, amended: true, version: 2, verdict: null },
    });
    expect(looks(story, 'parser')).toEqual(['stale', 'Sealed', 'again after lexer']);
    expect(cardOf(story, 'parser')).toMatchObject({ ghost: false, verdict: 'PASS' });
    story.do({ type: 'resume-run', by: 'sam' });
    paused(story).list('lexer');
    expect(looks(story, 'lexer')).toEqual(['reopened', 'Reopened', 'ready · the run is paused']);
    story.do({ type: 'resume-run', by: 'sam' }).seal('lexer');
    expect(cardOf(story, 'lexer')).toMatchObject({ shape: 'sealed', ghost: false, amended: true });
    expect(looks(story, 'parser')).toEqual(['review', 'Judged again', '1 check']);
  });

  it('abandoned where the run ended without it', () => {
    const story = new Story();
    const results = [{ name: 'node', passed: false, evidence: [] }];
    story.do({ type: 'record-prerequisites', order: 1 as never, results });
    story.do({ type: 'cancel-run', by: 'sam', reason: 'no node here' });
    expect(looks(story, 'parser')).toEqual(['abandoned', 'Not built', '']);
  });
});

it('a seal of an earlier run says which run it is from', () => {
  const story = new Story(undefined, [
    {
      ...{ module: moduleId('lexer'), from: '20260228-0900-aaaa' as never },
      ...{ seal: hash('5'), tree: tree('1'), amendments: [] },
    },
  ]).go();
  expect(looks(story, 'lexer')).toEqual(['sealed', 'Sealed', 'from run aaaa']);
});

it('a card stays the same object until something on it changes', () => {
  const story = new Story().go();
  const before = chronicle(story.events)!;
  const [parser, vm] = [card(before, 1), card(before, 2)];
  const told = story.events.length;
  story.progress('vm', 'Half the operators', 0.5);
  const after = story.events.slice(told).reduce(chronicleEvent, before);
  expect(card(after, 1)).toBe(parser);
  expect(card(after, 2)).not.toBe(vm);
  expect(card(after, 2)).toMatchObject({ percent: 50 });
});

it('a card is what it would be were nothing kept of the ones before', () => {
  const story = new Story().toApproval().do({ type: 'pause-run', by: 'sam' });
  reopen(story, 'lexer').do({ type: 'resume-run', by: 'sam' }).list('lexer').seal('lexer');
  let kept: Chronicle | null = null;
  for (const [i, event] of story.events.entries()) {
    kept = chronicleEvent(kept, event);
    const fresh = chronicle(story.events.slice(0, i + 1))!;
    for (const node of names.keys()) expect(card(kept, node)).toEqual(card(fresh, node));
  }
});

// None of their plans has resources, which any card may wait for.
it.each([2, 3, 4, 7, 8, 24, 27, 43])(
  'what a card shows changes only where it is told to look, seed %i',
  (seed) => {
    const random = new Random(seed);
    const run = given(randomPlan(random));
    wanders(run, random, random.between(10, 80));
    const all: Chronicle[] = [];
    for (const event of run.history) all.push(chronicleEvent(all.at(-1) ?? null, event));
    const cardsOf = (at: Chronicle) => at.state.plan.modules.map((_, node) => card(at, node));
    let looked = 0;
    for (const [i, now] of all.entries()) {
      const before = all[random.between(0, all.length - 1) % (i + 1)]!;
      // What lies before is looked at from what came later, too: that is how one goes back in time.
      for (const [to, from] of [
        [now, before],
        [before, now],
      ] as const) {
        const touched = touchedCards(to, from);
        if (touched === null) continue;
        looked++;
        const was = cardsOf(from);
        for (const [node, is] of cardsOf(to).entries()) {
          if (touched.has(node) || is.shape === 'passed' || was[node]?.shape === 'passed') continue;
          expect(is, `${is.id} at ${i}`).toEqual(was[node]);
        }
      }
    }
    expect(looked).toBeGreaterThan(0);
  },
);

it('a dispute that waits for an arbiter says what holds it now', () => {
  const run = given(
    plan({ modules: { a: {}, b: { contract: 'planner' } }, pools: { planners: 1 } }),
    submits('a'),
    judged('a', { review: 'FAIL' }),
    ends('a', 'disputed'),
  );
  let known = chronicle(run.history)!;
  const says = (): string => {
    for (const event of run.history.slice(known.state.seq)) known = chronicleEvent(known, event);
    return card(known, 0).detail;
  };
  expect(says()).toBe('no free planner (1 of 1 at work)');
  run.when(pauses);
  expect(says()).toBe('the run is paused');
});

describe('a card of what waits for a resource', () => {
  it('says for which and who holds it, and is made anew when that changes', () => {
    const shared = { resources: { database: 1 } };
    const its = plan({
      ...shared,
      modules: { a: { minutes: 90, ...shared }, b: { minutes: 60, ...shared }, c: shared },
    });
    const story = new Story(its).go();
    let known: Chronicle | null = null;
    const says = (): string => {
      for (const event of story.events.slice(known?.state.seq ?? 0)) {
        known = chronicleEvent(known, event);
      }
      const { word, detail } = card(known!, 2);
      return `${word}: ${detail}`;
    };
    expect(says()).toBe('Ready: waits for database, held by a');
    story.after(60).submit('a').after(10).pass('a');
    expect(says()).toBe('Ready: waits for database, held by b');
  });
});
