import { hasWorked } from './money-known.ts';
import { addAmounts, zeroAmount, type Amount } from '../budget.ts';
import type { EventOf, RunEvent } from '../events.ts';
import type { GenerationEnd } from '../events/attempt.ts';
import type { AgentRole } from '../events/budget.ts';
import type { VerdictGiven } from '../events/judging.ts';
import { parseNodeRef, type ModuleId, type NodeRef } from '../ids.ts';
import type { PoolKind } from '../plan/plan.ts';
import type { RunState } from '../state.ts';
import type { Verdict } from '../verdict.ts';
import type {
  Account,
  AccountAmendment,
  AccountReopening,
  AccountSpending,
  Caught,
  CaughtTogether,
} from './account-shape.ts';
import { oneLine } from './safe-text.ts';

const poolOf: Readonly<Record<AgentRole, PoolKind>> = {
  builder: 'builders',
  reviewer: 'reviewers',
  integrator: 'reviewers',
  planner: 'planners',
};

/** Enough to say what was wrong; the journal has the rest. */
const mostEvidence = 3;

/** What of an account is counted event by event; the rest is read off the state at the end. */
type Told = Pick<
  Account,
  | 'attempts'
  | 'caughtByEvaluators'
  | 'caughtByIntegration'
  | 'verdicts'
  | 'amendments'
  | 'reopenings'
  | 'unstableChecks'
  | 'prerequisites'
  | 'resumes'
  | 'lateResults'
> & {
  readonly spending: Pick<AccountSpending, 'byRole' | 'byPool'>;
  readonly paidFor: ReadonlyMap<NodeRef, ReadonlySet<PoolKind>>;
  readonly firstComposedMs: number | null;
  readonly allSealedMs: number | null;
};

type Notes = {
  readonly [Type in RunEvent['type']]?: (event: EventOf<Type>, atMs: number) => void;
};

/** Counts what happens in a run, event by event. */
export class AccountTally {
  readonly #verdicts: Record<Verdict, number> = { PASS: 0, FAIL: 0, NEEDS_REVISION: 0 };
  readonly #caught: (Omit<Caught, 'mendedBy'> & { mendedBy: number | null })[] = [];
  readonly #together: CaughtTogether[] = [];
  readonly #amendments: AccountAmendment[] = [];
  readonly #reopenings: AccountReopening[] = [];
  readonly #prerequisites = new Map<string, boolean>();
  readonly #abandoned: Partial<Record<GenerationEnd, number>> = {};
  readonly #byRole: Record<AgentRole, Amount>;
  readonly #byPool: Record<PoolKind, Amount>;
  /** Which pools' agents worked for a module, tier or gate. */
  readonly #paidFor = new Map<NodeRef, Set<PoolKind>>();
  readonly #judged = new Map<ModuleId, { attempt: number; version: number }>();
  readonly #unstable = new Set<NodeRef>();
  #submissions = 0;
  #judgings = 0;
  #drivers = 0;
  #lateResults = 0;
  #unconfirmed = 0;
  #findings = 0;
  #firstComposedMs: number | null = null;
  #lastSealMs: number | null = null;

  constructor() {
    const none = zeroAmount;
    this.#byRole = { builder: none, reviewer: none, planner: none, integrator: none };
    this.#byPool = { planners: none, builders: none, reviewers: none };
  }

  /** `atMs`: on the run's own clock. */
  note(event: RunEvent, atMs: number): void {
    const note = this.#notes[event.type] as ((event: RunEvent, atMs: number) => void) | undefined;
    note?.(event, atMs);
  }

  /** What is not counted needs no entry. */
  readonly #notes: Notes = {
    'driver-started': () => {
      this.#drivers++;
    },
    'prerequisite-checked': ({ name, passed }) => void this.#prerequisites.set(name, passed),
    'submission-received': () => {
      this.#submissions++;
    },
    'generation-ended': ({ outcome }) => {
      this.#abandoned[outcome] = (this.#abandoned[outcome] ?? 0) + 1;
    },
    'evaluation-started': ({ module, attempt, version }) => {
      this.#judgings++;
      this.#judged.set(module, { attempt, version });
    },
    'integration-started': () => {
      this.#judgings++;
    },
    'gate-started': () => {
      this.#judgings++;
    },
    'verdict-given': (event, atMs) => this.#verdict(event, atMs),
    'tier-integrated': (_, atMs) => {
      this.#firstComposedMs ??= atMs;
    },
    'gate-passed': (_, atMs) => {
      this.#firstComposedMs ??= atMs;
    },
    'module-sealed': (_, atMs) => {
      this.#lastSealMs = atMs;
    },
    'seal-adopted': (_, atMs) => {
      this.#lastSealMs = atMs;
    },
    'integration-failed': ({ gate, check, between, blamed, how, reason, evidence: all }, atMs) => {
      const evidence = all.slice(0, mostEvidence);
      this.#together.push({ gate, check, between, blamed, how, atMs, reason, evidence });
    },
    'contract-amended': ({ module, version, source, reason, by }, atMs) => {
      this.#amendments.push({ module, version, source, reason, by, atMs });
    },
    'module-reopened': ({ module, cause, reason, by }, atMs) => {
      this.#reopenings.push({ module, cause, reason, by, atMs });
    },
    'confirmation-failed': () => {
      this.#unconfirmed++;
    },
    'feedback-given': ({ findings }) => {
      this.#findings += findings.length;
    },
    'check-unstable': ({ gate }) => void this.#unstable.add(gate),
    'late-result-rejected': () => {
      this.#lateResults++;
    },
    'budget-spent': ({ for: ref, role, amount }) => {
      this.#byRole[role] = addAmounts(this.#byRole[role], amount);
      const pool = poolOf[role];
      this.#byPool[pool] = addAmounts(this.#byPool[pool], amount);
      if (!hasWorked(amount)) return;
      const known = this.#paidFor.get(ref);
      if (known === undefined) this.#paidFor.set(ref, new Set([pool]));
      else known.add(pool);
    },
  };

  told(state: RunState): Told {
    return {
      attempts: {
        submissions: this.#submissions,
        abandoned: this.#abandoned,
        judgings: this.#judgings,
        integrationFailures: this.#together.length,
        confirmationFailures: this.#unconfirmed,
        feedback: this.#findings,
      },
      caughtByEvaluators: this.#caught,
      caughtByIntegration: this.#together,
      verdicts: this.#verdicts,
      amendments: this.#amendments,
      reopenings: this.#reopenings,
      unstableChecks: [...this.#unstable],
      prerequisites: [...this.#prerequisites].map(([name, passed]) => ({ name, passed })),
      resumes: Math.max(0, this.#drivers - 1),
      lateResults: this.#lateResults,
      spending: { byRole: this.#byRole, byPool: this.#byPool },
      paidFor: this.#paidFor,
      firstComposedMs: this.#firstComposedMs,
      allSealedMs: state.sealed === state.modules.length ? this.#lastSealMs : null,
    };
  }

  #verdict({ gate, verdict, summary, evidence }: VerdictGiven, atMs: number): void {
    this.#verdicts[verdict]++;
    const { kind, id } = parseNodeRef(gate);
    if (kind !== 'module') return;
    const module = id as ModuleId;
    const { attempt, version } = this.#judged.get(module) ?? { attempt: 0, version: 0 };
    if (verdict === 'PASS') {
      for (const each of this.#caught) if (each.module === module) each.mendedBy ??= attempt;
      return;
    }
    this.#caught.push({
      ...{ module, attempt, version, verdict, atMs },
      summary: oneLine(summary, 400),
      evidence: evidence.slice(0, mostEvidence),
      mendedBy: null,
    });
  }
}
