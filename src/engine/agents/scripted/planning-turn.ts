import type { Assessed, AskedQuestions, Proposed, Unsuitable } from '../outcome.ts';
import type { Unspent } from '../tools/tool.ts';
import type {
  ArchitectTurnFile,
  PreconditionTurnFile,
  ScoutTurnFile,
} from './planning-turn-schema.ts';
import { turnBase, type TurnBase } from './turn-base.ts';
import type { TurnFiles } from './turn-files.ts';

/** A turn of one of those who plan a goal. */
export type PlanningTurn = ScoutTurn | PreconditionTurn | ArchitectTurn;

interface ScoutTurn extends TurnBase {
  readonly kind: 'scout';
  readonly findings: string;
}

interface PreconditionTurn extends TurnBase {
  readonly kind: 'precondition';
  readonly answer: Unspent<Assessed | AskedQuestions | Unsuitable>;
}

interface ArchitectTurn extends TurnBase {
  readonly kind: 'architect';
  readonly answer: Unspent<AskedQuestions | Unsuitable> | ScriptedProposal;
}

/** Its files are read when it is played. */
export interface ScriptedProposal extends Pick<Proposed, 'kind' | 'plan' | 'design'> {
  readonly files: TurnFiles;
}

export function scoutTurn(file: ScoutTurnFile): ScoutTurn {
  return { kind: 'scout', ...turnBase(file), findings: file.findings ?? file.summary };
}

export function preconditionTurn(file: PreconditionTurnFile): PreconditionTurn {
  const { assessment } = file;
  const answer = otherAnswer(file) ?? (assessment && { kind: 'assessed' as const, assessment });
  if (answer === undefined) throw new Error('its schema lets no turn pass without an answer');
  return { kind: 'precondition', ...turnBase(file), answer };
}

/** null: neither asks nor refuses, so that its plan is to be read. */
export function answerWithoutPlan(
  file: ArchitectTurnFile,
): Unspent<AskedQuestions | Unsuitable> | null {
  return otherAnswer(file);
}

export function architectTurn(
  file: ArchitectTurnFile,
  answer: ArchitectTurn['answer'],
): ArchitectTurn {
  return { kind: 'architect', ...turnBase(file), answer };
}

function otherAnswer({
  questions,
  unsuitable,
}: Pick<ArchitectTurnFile, 'questions' | 'unsuitable'>): Unspent<
  AskedQuestions | Unsuitable
> | null {
  if (questions !== undefined) return { kind: 'asked-questions', questions };
  return unsuitable === undefined ? null : { kind: 'unsuitable', ...unsuitable };
}
