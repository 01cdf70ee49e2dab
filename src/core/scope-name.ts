import { parseNodeRef } from './ids.ts';
import type { PaidPhase } from './plan/plan.ts';
import { isShared, type Scope } from './scopes.ts';

/** A scope as people speak of it: `the run`, `the builders`, `phase build`, `lexer`. */
export function scopeName(scope: Scope): string {
  if (scope === 'run') return 'the run';
  if (!isShared(scope)) return parseNodeRef(scope).id;
  const name = scope.slice(scope.indexOf(':') + 1);
  return scope.startsWith('pool:') ? `the ${name}` : `phase ${name as PaidPhase}`;
}
