import { oneLine } from '../../core/projections/safe-text.ts';
import {
  testPreconditions as byFigures,
  type PreconditionTest,
} from '../../core/plan/precondition-test.ts';
import { consult, endedWithout, type KnownGoal, type PlanningEnd } from './consult.ts';
import { tokenPrice, type PlanningDesk } from './planning-desk.ts';

const share = 0.4;
const who = 'the precondition test';

export type Tested =
  | { readonly at: 'held'; readonly test: PreconditionTest }
  | { readonly at: 'end'; readonly end: PlanningEnd };

/** Tests the three conditions: an architect looks, the figures are ours. */
export async function testPreconditions(
  desk: PlanningDesk,
  known: KnownGoal,
  draft: number,
): Promise<Tested> {
  desk.onProgress({ kind: 'step', says: 'testing the preconditions' });
  const consulted = await consult(desk, known, {
    ...{ who, share, draft, assessment: null },
    work: (given) => ({ ...given, work: 'precondition' }),
  });
  if (consulted.at === 'end') return consulted;
  const { outcome } = consulted;
  if (outcome.kind === 'unsuitable') {
    const { recommends, reason } = outcome;
    const end = { kind: 'unsuitable', recommends, reasons: [reason], test: null } as const;
    return { at: 'end', end };
  }
  if (outcome.kind !== 'assessed') return { at: 'end', end: endedWithout(desk, outcome, who) };
  const test = byFigures(outcome.assessment, tokenPrice(desk));
  const { recommends } = test;
  if (recommends === null) return { at: 'held', test };
  const reasons = test.failed.map(({ says }) => oneLine(says, 600));
  return { at: 'end', end: { kind: 'unsuitable', recommends, reasons, test } };
}
