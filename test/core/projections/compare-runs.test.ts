import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { accountOf } from '../../../src/core/projections/account.ts';
import { compareRuns } from '../../../src/core/projections/compare-runs.ts';
import type { Caveat, Comparison } from '../../../src/core/projections/compare-shape.ts';
import {
  caveatWords,
  comparedFigures,
  sealsWords,
} from '../../../src/core/projections/compare-words.ts';
import { moduleId } from '../../../src/core/ids.ts';
import { smallPlan, Story, tree } from './story.ts';

const compared = (a: Story, b: Story): Comparison =>
  compareRuns(accountOf(a.events)!, accountOf(b.events)!);

const whole = (story = new Story()): Story =>
  story.toApproval().after(30).approve('ship').after(1).deliver();

/** lexer does not pass at first, and is blamed once by the tier. */
function troubled(): Story {
  const story = new Story().go().after(60).submit('lexer').submit('vm').after(10);
  story.fail('lexer', 'numbers are cut off').pass('vm');
  story.seal('lexer').seal('parser').after(5).failTier('core', 'columns');
  return story;
}

const module = (comparison: Comparison, id: string) =>
  comparison.modules.find((each) => each.module === id)!;

const about = (comparison: Comparison): Caveat['about'][] =>
  comparison.caveats.map((caveat) => caveat.about);

const figure = (comparison: Comparison, name: string) =>
  comparedFigures(comparison).find((each) => each.name === name);

describe('two runs side by side', () => {
  it('have nothing to be wary of where plan, base, agents and end are the same', () => {
    const comparison = compared(whole(), whole());
    expect(comparison.caveats).toEqual([]);
    expect(figure(comparison, 'Actual')).toEqual({
      name: 'Actual',
      says: ['2 min 31 s', '2 min 31 s'],
      difference: 'the same',
    });
    expect(comparison.modules.map(sealsWords)).toEqual(Array(3).fill('sealed with the same files'));
  });

  it('have the same plan where only one knew how long modules had taken before', () => {
    const plan = smallPlan();
    const estimate = { minutes: 3, review: 2, source: 'history', runs: 1 } as const;
    const later = { ...plan, modules: plan.modules.map((each) => ({ ...each, estimate })) };
    expect(compared(whole(), whole(new Story(later))).caveats).toEqual([]);
    const [first, ...rest] = plan.modules;
    const other = {
      ...plan,
      modules: [{ ...first!, estimate: { ...first!.estimate, minutes: 99 } }, ...rest],
    };
    expect(about(compared(whole(), whole(new Story(other))))).toEqual(['plan']);
  });

  it('say what the second took more than the first', () => {
    const slow = new Story().go().after(90).submit('lexer').submit('vm').after(10);
    slow.pass('lexer').pass('vm').seal('parser').after(5).passTier('core');
    slow.after(5).passGate('accept').subject('ship').after(400).approve('ship').after(1).deliver();
    const comparison = compared(whole(), slow);
    // 30 s longer at both modules, side by side; for the person it is not held against anybody.
    expect(figure(comparison, 'Actual')?.difference).toBe('30 s longer (1.20×)');
    expect(figure(comparison, 'Sequential')?.difference).toBe('1 min longer (1.27×)');
    expect(figure(comparison, 'Elapsed, people waited for')?.difference).toMatch(/^6 min 40 s/);
    expect(figure(comparison, 'Tokens')?.difference).toBe('the same');
  });

  it('split the time of each module into work, waiting and review', () => {
    const { parts } = module(compared(whole(), troubled()), 'parser');
    expect(parts[0]).toMatchObject({ waitingMs: 70_000, workingMs: 60_000, reviewMs: 10_000 });
    // lexer took two attempts, and parser waited for it.
    expect(parts[1]).toMatchObject({ waitingMs: 140_000, workingMs: 60_000, reviewMs: 10_000 });
  });

  it('count attempts, what was refused, and what integration held against whom', () => {
    const comparison = compared(whole(), troubled());
    const [, lexer] = module(comparison, 'lexer').parts;
    expect(lexer).toMatchObject({ attempts: 2, refused: 1, defects: 1 });
    expect(module(comparison, 'vm').parts[1]).toMatchObject({ attempts: 1, refused: 0 });
    expect(comparison.runs[1]).toMatchObject({ refused: 1, defects: 1 });
    expect(comparison.runs[1].found).toMatchObject([
      { gate: 'tier:core', check: 'cross', blamed: 'lexer', reason: 'columns' },
    ]);
  });

  it('count versions of a contract after the first', () => {
    const amended = new Story().go().do({
      ...{ type: 'amend-contract', module: moduleId('lexer'), by: 'sam' },
      ...{ contract: tree('d'), reason: 'Count columns from 1.' },
    });
    const comparison = compared(amended, whole());
    expect(comparison.runs.map(({ amendments }) => amendments)).toEqual([1, 0]);
    expect(module(comparison, 'lexer').parts[0]).toMatchObject({ amendments: 1 });
  });

  it('do not set the time of a run that goes on against one that is over', () => {
    const comparison = compared(whole(), troubled());
    expect(about(comparison)).toEqual(['unfinished']);
    expect(figure(comparison, 'Actual')?.difference).toBe('');
    const cancelled = new Story().go().do({ type: 'cancel-run', by: 'sam', reason: 'enough' });
    expect(compared(whole(), cancelled).caveats.map(caveatWords)).toContainEqual(
      expect.stringMatching(/^B (was cancelled|goes on)/),
    );
  });

  it('name what stands in one plan alone, and what both have and not alike', () => {
    const plan = smallPlan();
    const [lexer, parser, vm] = plan.modules;
    const other: Plan = {
      ...plan,
      modules: [
        { ...lexer!, purpose: 'Another one.' },
        { ...vm! },
        { ...parser!, id: moduleId('printer') },
      ],
      tiers: [{ ...plan.tiers[0]!, modules: ['lexer', 'vm', 'printer'].map(moduleId) }],
    };
    const comparison = compared(new Story().go(), new Story(other).go());
    expect(comparison.modules.map((each) => [each.module, sealsWords(each)])).toEqual([
      ['lexer', 'sealed in neither'],
      ['parser', 'in A alone'],
      ['vm', 'sealed in neither'],
      ['printer', 'in B alone'],
    ]);
    const [caveat] = comparison.caveats;
    expect(caveat).toEqual({
      ...{ about: 'plan', parts: ['modules', 'tiers'] },
      ...{ changed: ['lexer'], alone: [1, 1] },
    });
    expect(caveatWords(caveat!)).toBe(
      'The plans differ in modules and tiers. 1 module that both have is not alike: lexer. Modules in A alone: 1, in B alone: 1.',
    );
  });

  it('hold nothing of one artifact against another', () => {
    const plan = smallPlan();
    const other = { ...plan, artifact: { ...plan.artifact, name: 'other' } };
    const comparison = compared(whole(), whole(new Story(other)));
    expect(about(comparison)).toEqual(['artifact']);
    expect(figure(comparison, 'Actual')?.difference).toBe('');
  });

  it('hold no money against money that nobody knows, and say whose agents they were', () => {
    const plan = smallPlan();
    const agent = 'vscode-lm';
    const { builders, reviewers } = plan.pools;
    const pools = {
      ...plan.pools,
      builders: { ...builders, agent },
      reviewers: { ...reviewers, agent },
    };
    const comparison = compared(whole(), whole(new Story({ ...plan, pools })));
    expect(about(comparison)).toEqual(['money', 'agents', 'agents']);
    expect(figure(comparison, 'Money')).toMatchObject({ difference: 'not comparable' });
    expect(comparison.caveats.map(caveatWords)).toEqual([
      'What B cost is not known: its agents do not tell.',
      'Not the same agents are builders: scripted in A, vscode-lm in B.',
      'Not the same agents are reviewers: scripted in A, vscode-lm in B.',
    ]);
  });
});
