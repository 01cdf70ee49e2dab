import { lowerBound } from '../schedule/lower-bound.ts';
import { coordinationMinutes, planProblem } from '../schedule/plan-problem.ts';
import {
  conditionNames,
  type Assessment,
  type ConditionName,
  type Piece,
  type SimplerPattern,
} from './assessment.ts';
import type { DiagnosticCode } from './codes.ts';
import { normalise } from './normalise.ts';
import type { Plan } from './plan.ts';
import { predict } from './predict.ts';
import { oneSittingMinutes, preconditionIssues } from './rule-preconditions.ts';
import { planFile } from './schema.ts';

/** Whether building side by side fits what an architect found, and what it would come to. */
export interface PreconditionTest {
  readonly assessment: Assessment;
  /** One agent that does one piece after the other. */
  readonly sequential: Prediction;
  /** As many builders at once as a run would have. */
  readonly parallel: Prediction;
  /** No schedule of the pieces is shorter. */
  readonly lowerBoundMinutes: number;
  readonly builders: number;
  /** What does not hold, in the order of the conditions; empty where all of it does. */
  readonly failed: readonly FailedCondition[];
  /** null where nothing failed. */
  readonly recommends: SimplerPattern | null;
}

export interface Prediction {
  readonly minutes: number;
  readonly tokens: number;
  readonly microUsd: number;
}

export interface FailedCondition {
  readonly condition: ConditionName;
  readonly says: string;
}

/**
 * Tests the three conditions: by what the architect says of them, and by the figures. It can be
 * stricter than the figures, never milder. `microUsdPerToken` is what tokens have cost so far.
 */
export function testPreconditions(
  assessment: Assessment,
  microUsdPerToken: number,
): PreconditionTest {
  const { pieces } = assessment;
  const plan = planOfPieces(pieces);
  const prediction = predict(plan);
  const { sequentialMinutes, parallelMinutes } = prediction;
  const priced = (minutes: number, tokens: number): Prediction => ({
    ...{ minutes, tokens: Math.ceil(tokens) },
    microUsd: Math.ceil(tokens * microUsdPerToken),
  });
  const failed = [...saidToFail(assessment), ...failedByFigures(plan, prediction)];
  return {
    assessment,
    sequential: priced(
      sequentialMinutes,
      sum(pieces, ({ tokens }) => tokens),
    ),
    parallel: priced(parallelMinutes, sum(pieces, tokensSideBySide)),
    lowerBoundMinutes: lowerBound(planProblem(plan).problem),
    builders: plan.pools.builders.max,
    failed: failed.sort(
      (a, b) => conditionNames.indexOf(a.condition) - conditionNames.indexOf(b.condition),
    ),
    recommends: failed.length === 0 ? null : simplerPattern(pieces, failed, sequentialMinutes),
  };
}

/** Judging and coordinating use up tokens as fast as building does. */
const tokensSideBySide = ({ minutes, review, tokens }: Piece): number =>
  tokens * (1 + (review + coordinationMinutes) / minutes);

const sum = (pieces: readonly Piece[], of: (piece: Piece) => number): number =>
  pieces.reduce((total, piece) => total + of(piece), 0);

/** As a plan of modules and nothing else; its reviewers are as many as its builders keep busy. */
function planOfPieces(pieces: readonly Piece[]): Plan {
  const modules = pieces.map(({ id, needs, minutes, review }) => [
    id,
    {
      needs: needs.map(({ on, kind }) => ({ module: on, kind })),
      estimate: { minutes, review },
    },
  ]);
  const file = planFile.parse({ ashlar: 1, modules: Object.fromEntries(modules) as unknown });
  const { plan } = normalise(file);
  const { builders, reviewers } = plan.pools;
  const busy = sum(pieces, ({ review }) => review) / sum(pieces, ({ minutes }) => minutes);
  const max = Math.max(reviewers.max, Math.ceil(builders.max * busy));
  return { ...plan, pools: { ...plan.pools, reviewers: { ...reviewers, max } } };
}

const saidToFail = ({ conditions }: Assessment): FailedCondition[] =>
  conditionNames
    .filter((name) => !conditions[name].holds)
    .map((condition) => ({ condition, says: conditions[condition].says }));

function failedByFigures(plan: Plan, prediction: ReturnType<typeof predict>): FailedCondition[] {
  return preconditionIssues(plan, prediction).flatMap(({ code, message }) => {
    const condition = conditionOf.get(code);
    return condition === undefined ? [] : [{ condition, says: message }];
  });
}

/** Where the quality bar refuses a plan for its figures, the condition that they speak of. */
const conditionOf: ReadonlyMap<DiagnosticCode, ConditionName> = new Map([
  ['too-few-modules', 'modules'],
  ['work-too-small', 'workPerModule'],
  ['not-faster', 'workPerModule'],
]);

/** The first that fits, from what needs least coordination on. */
function simplerPattern(
  pieces: readonly Piece[],
  failed: readonly FailedCondition[],
  sequentialMinutes: number,
): SimplerPattern {
  if (pieces.length === 2) return 'managed-pair';
  if (pieces.length < 2 || sequentialMinutes <= oneSittingMinutes) return 'one-agent';
  const fails = (name: ConditionName): boolean =>
    failed.some(({ condition }) => condition === name);
  if (fails('modules') && !fails('interfaces')) return 'managed-pair';
  return 'test-driven-pairing';
}
