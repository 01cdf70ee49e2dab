import { parseNodeRef } from '../ids.ts';
import { t } from '../language.ts';
import type { PaidPhase, PoolKind } from '../plan/plan.ts';
import { isShared, type Scope } from '../scopes.ts';
import { lowerFirst } from './words.ts';

/** A scope as people are told of it: `the run`, `the builders`, `phase build`, `lexer`. */
export function scopeWords(scope: Scope): string {
  if (!isShared(scope)) return parseNodeRef(scope).id;
  switch (scope) {
    case 'run':
      return t('the run');
    case 'pool:planners':
      return t('the planners');
    case 'pool:builders':
      return t('the builders');
    case 'pool:reviewers':
      return t('the reviewers');
    case 'phase:plan':
    case 'phase:build':
    case 'phase:integrate':
    case 'phase:end-to-end':
      return t('phase {0}', phaseOf(scope));
  }
}

/** `the run's budget`, `the builders' budget`, `the budget of phase build`. */
export function budgetWords(scope: Scope): string {
  if (!isShared(scope)) return t("{0}'s budget", parseNodeRef(scope).id);
  switch (scope) {
    case 'run':
      return t("the run's budget");
    case 'pool:planners':
      return t("the planners' budget");
    case 'pool:builders':
      return t("the builders' budget");
    case 'pool:reviewers':
      return t("the reviewers' budget");
    case 'phase:plan':
    case 'phase:build':
    case 'phase:integrate':
    case 'phase:end-to-end':
      return t('the budget of phase {0}', phaseOf(scope));
  }
}

const phaseOf = (scope: string): PaidPhase => scope.slice(scope.indexOf(':') + 1) as PaidPhase;

/** `builders`, as the plan calls them. */
export function poolName(pool: PoolKind): string {
  switch (pool) {
    case 'planners':
      return lowerFirst(t('Planners'));
    case 'builders':
      return lowerFirst(t('Builders'));
    case 'reviewers':
      return lowerFirst(t('Reviewers'));
  }
}
