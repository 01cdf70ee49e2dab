import type { AgentWork } from './commands/agent-result.ts';
import type { AgentRole } from './events/budget.ts';
import { isName, nodeRef, parseNodeRef, type NodeRef } from './ids.ts';
import type { PaidPhase, PoolKind } from './plan/plan.ts';

/** A part of a run that many modules share and that has a budget of its own. */
export type PartScope = `pool:${PoolKind}` | `phase:${PaidPhase}`;

/** A budget that many modules share: where it is used up, only a person can raise it. */
export type SharedScope = 'run' | PartScope;

/** What a budget bounds; a module's own is `module:…`. */
export type Scope = SharedScope | NodeRef;

export const partScopes: readonly PartScope[] = [
  'pool:planners',
  'pool:builders',
  'pool:reviewers',
  'phase:plan',
  'phase:build',
  'phase:integrate',
  'phase:end-to-end',
];

/** Which pool an agent of this role comes from. */
export function poolOf(role: AgentRole): PoolKind {
  switch (role) {
    case 'builder':
      return 'builders';
    case 'reviewer':
    case 'integrator':
      return 'reviewers';
    case 'planner':
      return 'planners';
  }
}

/** Which pool an agent that does this comes from. */
export function poolOfWork(effect: AgentWork): PoolKind {
  switch (effect) {
    case 'generate':
      return 'builders';
    case 'amend':
    case 'split':
    case 'arbitrate':
      return 'planners';
    case 'evaluate':
    case 'integrate':
    case 'run-gate':
      return 'reviewers';
  }
}

/** The phase that pays for a pool's usual work: of reviewers, modules. */
const phaseOfPool: Readonly<Record<PoolKind, PaidPhase>> = {
  planners: 'plan',
  builders: 'build',
  reviewers: 'build',
};

/** The phase that pays for this role's work on that node. */
export function phaseOf(ref: NodeRef, role: AgentRole): PaidPhase {
  if (role !== 'integrator') return phaseOfPool[poolOf(role)];
  return parseNodeRef(ref).kind === 'gate' ? 'end-to-end' : 'integrate';
}

/** All shared budgets that pay for this work, the widest first. */
export function sharedScopesOf(ref: NodeRef, role: AgentRole): readonly SharedScope[] {
  return scopes(poolOf(role), phaseOf(ref, role));
}

/** The same for a pool's usual work: whose exhaustion keeps it waiting. */
export const poolScopes = (pool: PoolKind): readonly SharedScope[] =>
  scopes(pool, phaseOfPool[pool]);

const scopes = (pool: PoolKind, phase: PaidPhase): readonly SharedScope[] => [
  'run',
  `pool:${pool}`,
  `phase:${phase}`,
];

/** A scope as people and files write it: `run`, `pool:builders`, `phase:build`, `module:lexer`; else null. */
export function parseScope(text: string): Scope | null {
  if (text === 'run') return text;
  const part = partScopes.find((scope) => scope === text);
  if (part !== undefined) return part;
  const id = text.startsWith('module:') ? text.slice('module:'.length) : '';
  return isName(id) ? nodeRef('module', id) : null;
}

export const isShared = (scope: Scope): scope is SharedScope => !scope.startsWith('module:');
