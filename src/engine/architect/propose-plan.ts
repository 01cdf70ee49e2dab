import { oneLine } from '../../core/projections/safe-text.ts';
import { counted } from '../../core/projections/words.ts';
import type { PreconditionTest } from '../../core/plan/precondition-test.ts';
import type { RefusedProposal } from '../agents/task.ts';
import {
  consult,
  endedWithout,
  type Consulted,
  type KnownGoal,
  type PlanningEnd,
} from './consult.ts';
import { holdProposal, type HeldProposal, type HoldRules } from './hold-proposal.ts';
import type { PlanningDesk } from './planning-desk.ts';

const share = 0.6;
const who = 'the architect';

export type Planned =
  | { readonly at: 'held'; readonly held: HeldProposal; readonly notes: readonly string[] }
  | { readonly at: 'end'; readonly end: PlanningEnd };

/** Has a plan proposed, and mended once where it is not fit. */
export async function proposePlan(
  desk: PlanningDesk,
  known: KnownGoal,
  test: PreconditionTest,
  firstDraft: number,
  rules: HoldRules,
): Promise<Planned> {
  const { assessment } = test;
  const ask = (
    from: KnownGoal,
    draft: number,
    refused: RefusedProposal | null,
  ): Promise<Consulted> =>
    consult(desk, from, {
      ...{ who, share, draft, assessment },
      work: (given) => ({ ...given, work: 'plan', assessment, refused }),
    });

  desk.onProgress({ kind: 'step', says: 'the architect proposes a plan' });
  const first = await ask(known, firstDraft, null);
  if (first.at === 'end') return first;
  if (first.outcome.kind === 'unsuitable') {
    const { recommends, reason } = first.outcome;
    return { at: 'end', end: { kind: 'unsuitable', recommends, reasons: [reason], test } };
  }
  if (first.outcome.kind !== 'proposed') {
    return { at: 'end', end: endedWithout(desk, first.outcome, who) };
  }
  const held = await holdProposal(first.outcome, rules);
  const { problems } = held;
  if (problems.length === 0) return { at: 'held', held, notes: [] };

  const says = `the architect mends the plan: ${counted(problems.length, 'problem')}`;
  desk.onProgress({ kind: 'step', says });
  const unasked = { ...known, round: { ...known.round, mayAsk: false } };
  const refused = { planText: held.text, problems };
  const second = await ask(unasked, first.draft + 1, refused);
  if (second.at === 'end') return unmended(held, second.end);
  if (second.outcome.kind !== 'proposed') {
    return unmended(held, endedWithout(desk, second.outcome, who));
  }
  const mended = await holdProposal(second.outcome, rules);
  if (mended.problems.length <= problems.length) return { at: 'held', held: mended, notes: [] };
  const note = 'the plan was not mended: the second draft has more problems than the first';
  return { at: 'held', held, notes: [note] };
}

/** The first draft stands; what was asked for by a person ends it all the same. */
function unmended(held: HeldProposal, end: PlanningEnd): Planned {
  if (end.kind !== 'failed' || end.code === 'interrupted') return { at: 'end', end };
  return { at: 'held', held, notes: [`the plan was not mended: ${oneLine(end.message, 400)}`] };
}
