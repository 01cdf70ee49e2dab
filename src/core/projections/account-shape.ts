import type { Amount } from '../budget.ts';
import type { ConflictDecision, ConflictKind, ConflictRule } from '../conflict.ts';
import type { GenerationEnd } from '../events/attempt.ts';
import type { AgentRole } from '../events/budget.ts';
import type { IntegrationFailed } from '../events/composition.ts';
import type { AmendmentSource } from '../events/contract.ts';
import type { RunOutcome } from '../events/run.ts';
import type { ModuleId, NodeRef, RunId, TierId } from '../ids.ts';
import type { PoolKind } from '../plan/plan.ts';
import type { Evidence, Verdict } from '../verdict.ts';
import type { MoneyKnowledge } from './money-known.ts';
import type { PathStep } from './measured-path.ts';
import type { PoolTimes } from './pool-times.ts';
import type { StreamTime } from './stream-times.ts';
import type { InputAccount, UsageAccount } from './usage-account.ts';
import type { Way } from '../way.ts';

/**
 * What a run came to, in figures: the one account that the report, `--json` and the board tell from.
 * Times are milliseconds on the run's own clock, money micro-dollars.
 */
export interface Account {
  readonly run: RunId;
  readonly artifact: string;
  /** null: it goes on. */
  readonly outcome: RunOutcome | null;
  readonly way: Way;
  readonly time: AccountTime;
  readonly plan: AccountPlan;
  readonly pools: PoolTimes;
  readonly streams: readonly StreamTime[];
  readonly handoffs: AccountHandoffs;
  readonly attempts: AccountAttempts;
  /** What module gates found, submission by submission. */
  readonly caughtByEvaluators: readonly Caught[];
  /** What tiers and end-to-end gates found in modules that had passed alone. */
  readonly caughtByIntegration: readonly CaughtTogether[];
  readonly verdicts: Readonly<Record<Verdict, number>>;
  readonly amendments: readonly AccountAmendment[];
  readonly reopenings: readonly AccountReopening[];
  readonly conflicts: readonly AccountConflict[];
  /** Gates with a check that gave two outcomes for the same tree. */
  readonly unstableChecks: readonly NodeRef[];
  readonly prerequisites: readonly { readonly name: string; readonly passed: boolean }[];
  /** How often another driver took the run over. */
  readonly resumes: number;
  readonly lateResults: number;
  readonly spending: AccountSpending;
  /** What models were asked, in calls and kinds of tokens. */
  readonly usage: UsageAccount;
  /** What the rules and the orchestrating roles have read of what agents and checks wrote. */
  readonly orchestratorInput: InputAccount;
}

export interface AccountTime {
  readonly elapsedMs: number;
  /** Without the times in which it waited for nothing but a person. */
  readonly activeMs: number;
  /** The same work, one piece after the other. */
  readonly sequentialMs: number;
  /** null where too little was done to tell. */
  readonly speedup: number | null;
  /** Until a composed artifact first passed its checks, or else all modules were sealed; null: never. */
  readonly firstWorkingMs: number | null;
  /** Builders at work, over all of them. */
  readonly buildMs: number;
  readonly judgeMs: number;
  readonly criticalPath: readonly PathStep[];
}

export interface AccountPlan {
  readonly modules: number;
  readonly documents: number;
  readonly tiers: readonly { readonly id: TierId; readonly modules: number }[];
  readonly gates: number;
  readonly streams: number;
  readonly dependencies: {
    readonly hard: number;
    readonly soft: number;
    readonly feedback: number;
    readonly resource: number;
  };
  /** Hard needs on a module that has a stub, with how long their consumer waited for nothing else. */
  readonly couldBeSoft: readonly {
    readonly from: ModuleId;
    readonly to: ModuleId;
    readonly waitedMs: number;
  }[];
}

export interface AccountHandoffs {
  readonly requested: number;
  readonly partial: number;
  readonly delivered: number;
  readonly received: number;
  readonly withdrawn: number;
  readonly open: number;
  /** From request to receipt, the middle one; null where none was received. */
  readonly medianMs: number | null;
  readonly longestMs: number | null;
  /** Builders did nothing but wait for one. */
  readonly waitedMs: number;
}

export interface AccountAttempts {
  readonly submissions: number;
  /** Builders that ended without a submission, by why. */
  readonly abandoned: Readonly<Partial<Record<GenerationEnd, number>>>;
  /** Judgements of modules, again and again, and of what is composed. */
  readonly judgings: number;
  readonly integrationFailures: number;
  /** Modules that had passed on a stub and did not pass with the real thing. */
  readonly confirmationFailures: number;
  /** Findings that went from one side of a pair to the other. */
  readonly feedback: number;
}

export interface Caught {
  readonly module: ModuleId;
  readonly attempt: number;
  readonly version: number;
  readonly verdict: Exclude<Verdict, 'PASS'>;
  readonly atMs: number;
  readonly summary: string;
  /** The first pieces. */
  readonly evidence: readonly Evidence[];
  /** The attempt that passed after it, under the same or a later version; null: none. */
  readonly mendedBy: number | null;
}

export interface CaughtTogether {
  readonly gate: NodeRef;
  readonly check: string;
  readonly between: readonly ModuleId[];
  readonly blamed: ModuleId;
  /** How it was found out. */
  readonly how: IntegrationFailed['how'];
  readonly atMs: number;
  readonly reason: string;
  readonly evidence: readonly Evidence[];
}

export interface AccountAmendment {
  readonly module: ModuleId;
  readonly version: number;
  readonly source: AmendmentSource;
  readonly reason: string;
  readonly by: string;
  readonly atMs: number;
}

export interface AccountReopening {
  readonly module: ModuleId;
  readonly cause: 'amendment' | 'rejudgement';
  readonly reason: string;
  readonly by: string;
  readonly atMs: number;
}

export interface AccountConflict {
  readonly kind: ConflictKind;
  readonly about: string;
  /** The rule that decided it; null while it is open. */
  readonly rule: ConflictRule | null;
  /** null while it is open. */
  readonly decision: ConflictDecision | null;
  readonly reason: string;
}

export interface AccountSpending {
  readonly total: Amount;
  readonly byModule: readonly (Amount & {
    readonly module: ModuleId;
    readonly money: MoneyKnowledge;
  })[];
  readonly byRole: Readonly<Record<AgentRole, Amount>>;
  readonly byPool: Readonly<Record<PoolKind, Amount>>;
  /** How much of the money above is known: some providers do not tell what their agents cost. */
  readonly money: {
    readonly total: MoneyKnowledge;
    readonly byRole: Readonly<Record<AgentRole, MoneyKnowledge>>;
    readonly byPool: Readonly<Record<PoolKind, MoneyKnowledge>>;
  };
}
