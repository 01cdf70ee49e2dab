import { phrase, type Phrase } from '../phrase.ts';
import { issue, type Issue } from './issue.ts';
import type { ModuleBudget, RunBudget, ScopeBudget } from './plan.ts';
import type { PlanFile } from './schema.ts';
import { toCount } from './schema-fields.ts';
import type { ModuleFile } from './schema-module.ts';

/** What is missing is 0, so that a plan with the error reported here could not spend anything. */
export function runBudget({ budget }: PlanFile, issues: Issue[]): RunBudget {
  const missing = (['tokens', 'minutes', 'usd'] as const).filter(
    (bound) => budget?.[bound] === undefined,
  );
  if (missing.length > 0) {
    const message = phrase('the run has no bound on {0}', missing.join(', '));
    const fix = addBounds(missing);
    issues.push(issue('missing-budget', ['budget'], message, fix));
  }
  const phases = budget?.phases;
  return {
    tokens: toCount(budget?.tokens ?? 0),
    minutes: budget?.minutes ?? 0,
    microUsd: toMicroUsd(budget?.usd ?? 0),
    turns: budget?.turns === undefined ? null : toCount(budget.turns),
    phases: {
      plan: scopeBudget(phases?.plan),
      build: scopeBudget(phases?.build),
      integrate: scopeBudget(phases?.integrate),
      'end-to-end': scopeBudget(phases?.['end-to-end']),
    },
  };
}

/** The bounds of a pool or a phase; null where the file bounds nothing of it. */
export function scopeBudget(file: PlanFile['pools']['planners']['budget']): ScopeBudget | null {
  if (file === undefined || Object.keys(file).length === 0) return null;
  return {
    tokens: file.tokens === undefined ? null : toCount(file.tokens),
    microUsd: file.usd === undefined ? null : toMicroUsd(file.usd),
    turns: file.turns === undefined ? null : toCount(file.turns),
    minutes: file.minutes ?? null,
  };
}

/** What is missing is 0, so that a plan with the error reported here could not spend anything. */
export function moduleBudget(
  name: string,
  file: ModuleFile['budget'],
  run: RunBudget,
  issues: Issue[],
): ModuleBudget {
  const missing = (['turns', 'tokens', 'minutes'] as const).filter(
    (bound) => file?.[bound] === undefined,
  );
  if (missing.length > 0) {
    const path = ['modules', name, ...(file === undefined ? [] : ['budget'])];
    const message = phrase('module {0} has no bound on {1}', name, missing.join(', '));
    const fix = addBounds(missing);
    issues.push(issue('missing-budget', path, message, fix));
  }
  const tokens = toCount(file?.tokens ?? 0);
  const share = run.tokens === 0 ? 0 : Math.round((run.microUsd * tokens) / run.tokens);
  return {
    turns: toCount(file?.turns ?? 0),
    tokens,
    minutes: file?.minutes ?? 0,
    microUsd: file?.usd === undefined ? share : toMicroUsd(file.usd),
    attempts: file?.attempts ?? 3,
  };
}

const addBounds = (missing: readonly string[]): Phrase =>
  phrase('Add {0}.', `"budget: { ${missing.map((bound) => `${bound}: …`).join(', ')} }"`);

const toMicroUsd = (usd: number): number => Math.round(usd * 1e6);
