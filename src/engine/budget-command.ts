import type { BudgetChange, ChangeBudget } from '../core/commands/person.ts';
import { parseScope } from '../core/scopes.ts';
import type { Unstamped } from './run-loop.ts';

/** New bounds as a person gives them, in units that people write; what is null stays as it is. */
export interface BudgetRequest {
  /** `run`, `pool:builders`, `phase:build`, `module:lexer`. */
  readonly scope: string;
  readonly tokens: number | null;
  readonly minutes: number | null;
  readonly usd: number | null;
  readonly turns: number | null;
  /** Of a module alone. */
  readonly attempts: number | null;
}

export type BudgetCommand =
  | { readonly ok: true; readonly command: Unstamped<ChangeBudget> }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** What a person asks for, as the rules take it; or what is wrong with it, and what to write. */
export function budgetCommand(request: BudgetRequest, by: string): BudgetCommand {
  const { tokens, minutes, usd, turns, attempts } = request;
  const scope = parseScope(request.scope);
  if (scope === null) {
    const what = JSON.stringify(request.scope.slice(0, 80));
    const message = `there is no budget ${what}; name run, pool:builders, phase:build or module:<name>`;
    return { ok: false, code: 'unknown-scope', message };
  }
  if (attempts !== null && !scope.startsWith('module:')) {
    const message = 'attempts are counted for a module alone: name it, as in module:lexer';
    return { ok: false, code: 'not-of-this-scope', message };
  }
  for (const [unit, { least, most, whole }] of Object.entries(bounds)) {
    const value = request[unit as keyof typeof bounds];
    const fits = value === null || (value >= least && value <= most);
    if (fits && (value === null || !whole || Number.isInteger(value))) continue;
    const kind = whole ? 'a whole number' : 'a number';
    const message = `a budget holds ${kind} of ${unit} from ${least} to ${most}, not ${String(value)}; give another amount`;
    return { ok: false, code: 'bad-amount', message };
  }
  // A person's cents are not always whole micro-dollars in binary.
  const microUsd = usd === null ? null : Math.round(usd * 1_000_000);
  const budget: BudgetChange = { tokens, minutes, microUsd, turns, attempts };
  return { ok: true, command: { type: 'change-budget', scope, budget, by } };
}

/** As a plan may hold them. */
const bounds = {
  tokens: { least: 1, most: 1e12, whole: true },
  minutes: { least: 0.001, most: 100_000, whole: false },
  usd: { least: 0, most: 1_000_000, whole: false },
  turns: { least: 1, most: 1e9, whole: true },
  attempts: { least: 1, most: 100, whole: true },
} as const;
