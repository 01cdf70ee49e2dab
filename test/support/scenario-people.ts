import type { BudgetChange } from '../../src/core/commands/person.ts';
import type { PoolKind } from '../../src/core/plan/plan.ts';
import type { Scope } from '../../src/core/scopes.ts';
import type { Ruling } from '../../src/core/conflict.ts';
import { gateId, moduleId } from '../../src/core/ids.ts';
import { moduleState } from '../../src/core/lookup.ts';
import type { Move } from './scenario.ts';
import { digest, tree } from './scenario-beginning.ts';

// What people ask for.

const by = 'ada';

export const pauses: Move = { type: 'pause-run', by };
export const resumes: Move = { type: 'resume-run', by };
export const cancels: Move = { type: 'cancel-run', by, reason: 'enough' };

export const retries = (provider: string | null = null): Move => ({
  type: 'retry-provider',
  provider,
  by,
});

export const switches = (pool: PoolKind, agent: string, model?: string): Move => ({
  type: 'switch-agents',
  pool,
  agent,
  ...(model === undefined ? {} : { model }),
  by,
});

export const approves = (gate: string, subject: string): Move => ({
  type: 'approve-gate',
  gate: gateId(gate),
  submission: digest(subject),
  by,
  note: '',
});

export const rejects = (gate: string, subject: string): Move => ({
  type: 'reject-gate',
  gate: gateId(gate),
  submission: digest(subject),
  by,
  note: 'not yet',
});

export const reopens = (module: string, contract: string): Move => ({
  type: 'reopen-module',
  module: moduleId(module),
  contract: tree(contract),
  reason: 'it lacks something',
  by,
});

export const amends = (module: string, contract: string): Move => ({
  type: 'amend-contract',
  module: moduleId(module),
  contract: tree(contract),
  reason: 'it was unclear',
  by,
});

/** Decides the dispute that a module is in. */
export const decides =
  (module: string, decision: Ruling): Move =>
  (state) => ({
    type: 'resolve-conflict',
    conflict: moduleState(state, moduleId(module)).conflict ?? 0,
    decision,
    reason: 'as I see it',
    by,
  });

export const changesBudget = (
  budget: Partial<BudgetChange>,
  scope: Scope | `module:${string}` = 'run',
): Move => ({
  type: 'change-budget',
  scope: scope as Scope,
  budget: { tokens: null, minutes: null, microUsd: null, turns: null, attempts: null, ...budget },
  by,
});
