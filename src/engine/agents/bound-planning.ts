import { oneLine, severalLines } from '../../core/projections/safe-text.ts';
import {
  assessmentLimits,
  conditionNames,
  type Assessment,
  type Condition,
  type ConditionName,
  type Piece,
} from '../../core/plan/assessment.ts';
import { designParts, type Design } from '../architect/design.ts';
import type { Proposed, Question } from './outcome.ts';

/** What an architect may say and hand in; what is over it is cut or left out. */
export const planningLimits = {
  questions: 5,
  options: 6,
  questionChars: 500,
  optionChars: 120,
  conditionChars: 1_000,
  evidenceChars: 300,
  purposeChars: 500,
  /** Of one part of a design. */
  designChars: 8_000,
  designLines: 200,
  files: 60,
  fileChars: 65_536,
  filesChars: 786_432,
} as const;

/** Its figures are held against their limits where the answer is read. */
export function boundAssessment({ conditions, pieces }: Assessment): Assessment {
  const bounded = conditionNames.map((name): [ConditionName, Condition] => {
    const { holds, says, evidence } = conditions[name];
    return [
      name,
      {
        holds,
        says: oneLine(says, planningLimits.conditionChars),
        evidence: evidence
          .slice(0, assessmentLimits.evidence)
          .map((each) => oneLine(each, planningLimits.evidenceChars)),
      },
    ];
  });
  return {
    conditions: Object.fromEntries(bounded) as Record<ConditionName, Condition>,
    pieces: pieces.slice(0, assessmentLimits.pieces).map(boundPiece),
  };
}

function boundPiece(piece: Piece): Piece {
  return {
    ...piece,
    id: oneLine(piece.id, 40),
    purpose: oneLine(piece.purpose, planningLimits.purposeChars),
    needs: piece.needs
      .slice(0, assessmentLimits.needs)
      .map(({ on, kind }) => ({ on: oneLine(on, 40), kind })),
  };
}

export function boundQuestions(questions: readonly Question[]): readonly Question[] {
  return questions.slice(0, planningLimits.questions).map(({ question, options }) => ({
    question: oneLine(question, planningLimits.questionChars),
    options: options
      .slice(0, planningLimits.options)
      .map((option) => oneLine(option, planningLimits.optionChars)),
  }));
}

/**
 * The plan and the files stay as they are: a plan is held against its schema, and what is cut off a
 * file would be another file. What is too much is refused by whoever takes them.
 */
export function boundProposal(proposed: Proposed): Proposed {
  const { summary, design } = proposed;
  const parts = designParts.map((part): [string, string] => [part, boundPart(design[part])]);
  return {
    ...proposed,
    summary: oneLine(summary, planningLimits.conditionChars),
    design: Object.fromEntries(parts) as Design,
  };
}

const boundPart = (text: string): string =>
  severalLines(text, planningLimits.designLines, planningLimits.designChars).join('\n');
