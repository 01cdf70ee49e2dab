import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { predict } from '../../../src/core/plan/predict.ts';
import { fixText } from '../../../src/engine/plan/fix-text.ts';
import { loadPlan } from '../../../src/engine/plan/load.ts';
import { goodPlan } from './good-plan.ts';

describe('a plan that is mended', () => {
  const text = readFileSync('examples/tiny-lang/tiny-lang.plan.yaml', 'utf8');
  const fixed = fixText(text, 'p');

  it('takes less time, has no new errors, and no advice that could still be followed', () => {
    const [before, after] = [loadPlan(text, 'p'), loadPlan(fixed.text, 'p')];
    const errors = after.diagnostics.filter(({ severity }) => severity === 'error');
    expect(errors).toEqual([]);
    expect(after.diagnostics.flatMap(({ edits }) => edits)).toEqual([]);
    expect(predict(after.plan!).parallelMinutes).toBeLessThan(
      predict(before.plan!).parallelMinutes,
    );
  });

  it('differs in the lines that are shown, and in no other', () => {
    const removed = fixed.made.flatMap(({ hunks }) => hunks.flatMap((hunk) => hunk.removed));
    const lines = new Set(fixed.text.split('\n'));
    const gone = text.split('\n').filter((line) => !lines.has(line));
    expect(gone.length).toBeGreaterThan(0);
    expect(removed).toEqual(expect.arrayContaining(gone));
    const shown = fixed.made.flatMap(({ hunks }) => hunks.map(({ line }) => line));
    expect(new Set(shown).size).toBe(shown.length);
    // Comments are where they were.
    const comments = (all: string): string[] =>
      all.split('\n').filter((line) => /^\s*#/.test(line));
    expect(comments(fixed.text)).toEqual(comments(text));
  });

  it('of which nothing is advised stays as it is', () => {
    expect(fixText(goodPlan, 'p')).toEqual({ text: goodPlan, made: [] });
    expect(fixText('no: plan', 'p')).toEqual({ text: 'no: plan', made: [] });
  });
});
