import { expect, test } from 'vitest';
import { poolKinds } from '../../../src/core/plan/plan.ts';
import { readModelChoice } from '../../../src/engine/agents/model-choice.ts';
import { priceNotes } from '../../../src/engine/open-models.ts';
import { withAgents } from '../../../src/engine/providers.ts';
import { smallPlan } from '../../core/projections/story.ts';

test('a model is for the pools that are named, and for all others where it stands alone', () => {
  expect(readModelChoice('builders=b,a')).toEqual({
    ok: true,
    choice: { planners: 'a', builders: 'b', reviewers: 'a' },
  });
});

test('a model that is named for scripted agents alone is said to have no effect', () => {
  const choice = { builders: 'claude-opus-5-5' };
  const notes = (plan: ReturnType<typeof smallPlan>) =>
    priceNotes(plan, { choice }, poolKinds).filter((note) => note.includes('no effect'));
  expect(notes(withAgents(smallPlan(), 'scripted'))).toEqual([
    'scripted agents are no model: the one that is named for builders has no effect',
  ]);
  expect(notes(withAgents(smallPlan(), 'anthropic'))).toEqual([]);
});
