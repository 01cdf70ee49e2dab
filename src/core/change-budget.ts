import { partBudget } from './accounts.ts';
import type { BudgetChange } from './commands/person.ts';
import type { ModuleBudget, Plan, RunBudget, ScopeBudget } from './plan/plan.ts';
import type { PartScope, Scope } from './scopes.ts';

/** The plan with other bounds for one scope; itself where they are what they were. */
export function withBudget(plan: Plan, scope: Scope, change: BudgetChange): Plan {
  if (scope === 'run') {
    const budget = changed<RunBudget>(plan.budget, runUnits(change));
    return budget === plan.budget ? plan : { ...plan, budget };
  }
  if (scope.startsWith('module:')) return withModuleBudget(plan, scope, change);
  return withPartBudget(plan, scope as PartScope, change);
}

const runUnits = ({ tokens, minutes, microUsd, turns }: BudgetChange) => ({
  tokens,
  minutes,
  microUsd,
  turns,
});

const unbounded: ScopeBudget = { tokens: null, microUsd: null, turns: null, minutes: null };

function withPartBudget(plan: Plan, scope: PartScope, change: BudgetChange): Plan {
  const before = partBudget(plan, scope);
  const budget = changed(before ?? unbounded, runUnits(change));
  if (budget === (before ?? unbounded)) return plan;
  const name = scope.slice(scope.indexOf(':') + 1);
  if (scope.startsWith('phase:')) {
    const phases = { ...plan.budget.phases, [name]: budget };
    return { ...plan, budget: { ...plan.budget, phases } };
  }
  const kind = name as keyof Plan['pools'];
  return { ...plan, pools: { ...plan.pools, [kind]: { ...plan.pools[kind], budget } } };
}

function withModuleBudget(plan: Plan, scope: string, change: BudgetChange): Plan {
  const index = plan.modules.findIndex(({ id }) => scope === `module:${id}`);
  const module = plan.modules[index];
  if (module === undefined) return plan;
  const budget = changed<ModuleBudget>(module.budget, change);
  if (budget === module.budget) return plan;
  return { ...plan, modules: plan.modules.with(index, { ...module, budget }) };
}

/** The bounds with those that are given instead; itself where nothing differs. */
function changed<Bounds extends object>(
  before: Bounds,
  change: Readonly<Record<keyof BudgetChange & keyof Bounds, number | null>>,
): Bounds {
  const given = Object.entries(change).filter(([, value]) => value !== null);
  const differs = given.some(([unit, value]) => before[unit as keyof Bounds] !== value);
  return differs ? { ...before, ...Object.fromEntries(given) } : before;
}
