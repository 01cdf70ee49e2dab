import type { Findings } from '../../../core/commands/builder-result.ts';
import type { ModuleId } from '../../../core/ids.ts';
import { moduleId } from '../../../core/ids.ts';
import type { TestsWrong } from '../../../core/commands/judging-result.ts';
import type { Ruling } from '../../../core/conflict.ts';
import type { Evidence, Verdict } from '../../../core/verdict.ts';
import type { SplitPart } from '../../../core/plan/split-plan.ts';
import type { PlanningTurn } from './planning-turn.ts';
import { turnBase, type TurnBase } from './turn-base.ts';
import type { TurnFiles } from './turn-files.ts';
import type {
  ArbiterTurnFile,
  BuilderTurnFile,
  ContractTurnFile,
  IntegratorTurnFile,
  ReviewTurnFile,
  SplitTurnFile,
} from './turn-schema.ts';

/** One scripted turn of one agent, in plain units. */
export type Turn =
  BuilderTurn | ContractTurn | SplitTurn | ReviewTurn | IntegratorTurn | ArbiterTurn | PlanningTurn;

export interface BuilderTurn extends TurnBase {
  readonly kind: 'builder';
  readonly findings: readonly Findings[];
  readonly files: TurnFiles;
  /** In the order of time. */
  readonly gives: readonly GivingStep[];
  /** In the order of time. */
  readonly asks: readonly AskingStep[];
}

export interface GivingStep {
  readonly atMs: number;
  /** null: whoever asked. */
  readonly to: ModuleId | null;
  readonly items: readonly string[];
  readonly partial: boolean;
  readonly note: string;
  /** Some of the turn's files. */
  readonly files: readonly string[];
}

export interface AskingStep {
  readonly atMs: number;
  readonly from: ModuleId;
  readonly items: readonly string[];
  readonly wait: boolean;
}

export interface ContractTurn extends TurnBase {
  readonly kind: 'contract';
  readonly reason: string;
  readonly files: TurnFiles;
}

export interface SplitTurn extends TurnBase {
  readonly kind: 'split';
  readonly parts: readonly SplitPart[];
  readonly files: TurnFiles;
}

export interface ReviewTurn extends TurnBase {
  readonly kind: 'review';
  readonly verdict: Verdict;
  readonly evidence: readonly Evidence[];
  readonly testsWrong: TestsWrong | null;
}

export interface ArbiterTurn extends TurnBase {
  readonly kind: 'arbiter';
  readonly decision: Ruling;
  readonly reason: string;
}

export interface IntegratorTurn extends TurnBase {
  readonly kind: 'integrator';
  readonly blames: ModuleId;
  readonly evidence: readonly Evidence[];
}

export function builderTurn(file: BuilderTurnFile, files: TurnFiles): BuilderTurn {
  const findings = file.findings.map(({ to, items }) => ({ to: moduleId(to), items }));
  const gives = file.handoffs.map(({ at, to, items, partial, note, files: some }) => ({
    ...{ atMs: inMs(at), to: to === undefined ? null : moduleId(to) },
    ...{ items, partial, note, files: some },
  }));
  const asks = file.requests.map(({ at, from, items, wait }) => ({
    ...{ atMs: inMs(at), from: moduleId(from), items, wait },
  }));
  return {
    kind: 'builder',
    ...turnBase(file),
    findings,
    files,
    gives: inTime(gives),
    asks: inTime(asks),
  };
}

const inMs = (seconds: number): number => Math.round(seconds * 1_000);

const inTime = <T extends { readonly atMs: number }>(steps: readonly T[]): T[] =>
  [...steps].sort((a, b) => a.atMs - b.atMs);

export function contractTurn(file: ContractTurnFile, files: TurnFiles): ContractTurn {
  return { kind: 'contract', ...turnBase(file), reason: file.reason ?? file.summary, files };
}

export function splitTurn(file: SplitTurnFile, files: TurnFiles): SplitTurn {
  const parts = Object.entries(file.parts).map(([id, part]) => ({ id, ...part }));
  return { kind: 'split', ...turnBase(file), parts, files };
}

export function reviewTurn(file: ReviewTurnFile): ReviewTurn {
  const { verdict, testsWrong = null } = file;
  const evidence = evidenceOf(file.evidence);
  return { kind: 'review', ...turnBase(file), verdict, evidence, testsWrong };
}

export function arbiterTurn(file: ArbiterTurnFile): ArbiterTurn {
  const { decision, reason, summary = reason } = file;
  return { kind: 'arbiter', ...turnBase({ ...file, summary }), decision, reason };
}

export function integratorTurn(file: IntegratorTurnFile): IntegratorTurn {
  const blames = moduleId(file.blames);
  return { kind: 'integrator', ...turnBase(file), blames, evidence: evidenceOf(file.evidence) };
}

function evidenceOf(entries: ReviewTurnFile['evidence']): readonly Evidence[] {
  return entries.map(({ check, file, line, says }) => ({
    kind: 'review',
    check: check ?? null,
    test: null,
    file: file ?? null,
    line: line ?? null,
    says,
  }));
}
