import type { Amount } from '../budget.ts';
import type { RunOutcome } from '../events/run.ts';
import type { RunId } from '../ids.ts';
import type { RunState } from '../state.ts';
import { budgetLines, countedInFull, type BudgetLine } from './budgets.ts';
import { conflictRows, type ConflictRow } from './conflicts.ts';
import { estimateEnd, type Eta } from './eta.ts';
import { gateStatuses, type GateStatus } from './gate-status.ts';
import { moneyKnowledge, type MoneyKnowledge } from './money-known.ts';
import { moduleStatuses, type ModuleStatus } from './module-status.ts';
import { needsYou, type NeedsYou } from './needs-you.ts';
import { poolStatuses, type PoolStatus } from './pools.ts';
import { isNodeSettled } from './node-words.ts';
import { prerequisiteProgress } from './prerequisite-words.ts';
import {
  activeUntil,
  runElapsedMs,
  workUntil,
  type Delivery,
  type Replayed,
  type LateRow,
} from './timeline.ts';
import type { Way } from '../way.ts';

/** Where a run is as a whole; a label for people, nothing waits for it. */
export type PhaseName = 'plan' | 'build' | 'integrate' | 'end-to-end' | 'postmortem';

/** A run as the command line, the report and the board all show it, at one moment. */
export interface RunStatus {
  readonly run: RunId;
  readonly artifact: string;
  readonly phase: PhaseName;
  /** null until the run is finished. */
  readonly outcome: RunOutcome | null;
  /** Why it ended so; '' before. */
  readonly reason: string;
  readonly paused: boolean;
  readonly way: Way;
  /** How far the check of the prerequisites is; null where none is checked. */
  readonly prerequisites: string | null;
  /** 0 … 100 */
  readonly percent: number;
  readonly sealed: number;
  readonly modules: readonly ModuleStatus[];
  readonly gates: readonly GateStatus[];
  readonly needsYou: readonly NeedsYou[];
  readonly pools: readonly PoolStatus[];
  readonly conflicts: readonly ConflictRow[];
  readonly spent: Amount;
  /** How much of its money is known. */
  readonly money: MoneyKnowledge;
  /** What of it is whole reservations, because the end of the work was lost. */
  readonly inFull: Amount;
  /** Every bound of the run, its pools and its phases. */
  readonly budgets: readonly BudgetLine[];
  /** Results that came too late and were rejected. */
  readonly late: { readonly count: number; readonly latest: readonly LateRow[] };
  /** On the run's own clock: pauses and times without a driver left out. */
  readonly elapsedMs: number;
  /** The same without the times in which it waited for nothing but a person. */
  readonly activeMs: number;
  /** The same work, one piece after the other. */
  readonly workMs: number;
  readonly eta: Eta;
  readonly delivered: Delivery | null;
}

export function runStatus(replayed: Replayed, at: number): RunStatus {
  const { state, timeline } = replayed;
  const { phase } = state;
  const modules = moduleStatuses(state);
  return {
    run: state.run,
    artifact: state.plan.artifact.name,
    phase: phaseName(state),
    outcome: phase.at === 'finished' ? phase.outcome : null,
    reason: phase.at === 'finished' ? phase.reason : '',
    paused: state.pausedAt !== null,
    way: state.way,
    prerequisites: prerequisiteProgress(state),
    percent: percentOf(state, modules),
    sealed: state.sealed,
    modules,
    gates: gateStatuses(state),
    needsYou: needsYou(state),
    pools: poolStatuses(state),
    conflicts: conflictRows(state),
    spent: state.spent,
    money: moneyKnowledge(replayed),
    inFull: countedInFull(state),
    budgets: budgetLines(replayed, at),
    late: { count: timeline.lateCount, latest: timeline.late },
    elapsedMs: runElapsedMs(state, at),
    activeMs: activeUntil(replayed, at),
    workMs: workUntil(replayed, at),
    eta: estimateEnd(replayed, at),
    delivered: timeline.delivered,
  };
}

/** How many times as fast as one piece after the other; null where too little was done to tell. */
export function speedup({ workMs, activeMs }: RunStatus): number | null {
  return workMs > 0 && activeMs > 0 ? workMs / activeMs : null;
}

export function phaseName(state: RunState): PhaseName {
  switch (state.phase.at) {
    case 'checking':
    case 'lacking':
      return 'plan';
    case 'finished':
    case 'cancelling':
      return 'postmortem';
    case 'delivering':
    case 'undelivered':
      return 'end-to-end';
    case 'building':
      if (state.sealed < state.modules.length) return 'build';
      return openTier(state) ? 'integrate' : 'end-to-end';
  }
}

function openTier({ tiers }: RunState): boolean {
  for (const { life } of tiers) if (life.at !== 'integrated') return true;
  return false;
}

/** What a tier or gate counts for, in minutes of an estimate. */
const judgedMinutes = 1;
/** A module that is handed in is built, and may yet come back. */
const builtShare = 0.8;

function percentOf(state: RunState, modules: readonly ModuleStatus[]): number {
  const { phase, graph, plan } = state;
  if (phase.at === 'finished' && phase.outcome === 'complete') return 100;
  let [done, all] = [0, 0];
  modules.forEach(({ kind, percent }, node) => {
    const estimate = plan.modules[node]?.estimate ?? { minutes: 1, review: 0 };
    const minutes = estimate.minutes + estimate.review;
    const share = kind === 'building' ? builtShare : 1;
    all += minutes;
    done += (minutes * share * (percent ?? 0)) / 100;
  });
  for (let node = graph.tierBase; node < graph.streamBase; node++) {
    all += judgedMinutes;
    if (isNodeSettled(state, node)) done += judgedMinutes;
  }
  return all === 0 ? 0 : Math.min(99, Math.floor((100 * done) / all));
}

/** Who waits for what, in the order of the plan; modules and gates that nothing holds are left out. */
export function waits(status: RunStatus): { who: string; on: readonly string[] }[] {
  return [
    ...status.modules.map(({ id, waitsFor }) => ({ who: id, on: waitsFor })),
    ...status.gates.map(({ name, waitsFor }) => ({ who: name, on: waitsFor })),
  ].filter(({ on }) => on.length > 0);
}

/** The names of what is at work now. */
export function atWork(status: RunStatus): string[] {
  const busy = new Set(['building', 'in-review']);
  return [
    ...status.modules.filter(({ kind }) => busy.has(kind)).map(({ id }) => id as string),
    ...status.gates.filter(({ kind }) => kind === 'judging').map(({ name }) => name),
  ];
}
