import { t } from '../language.ts';
import type { ModulePlan, Plan } from '../plan/plan.ts';

/** So many are named; the others are counted. */
const named = 5;

/** Which estimates come from earlier runs; nothing where none does. */
export function estimateNotes({ modules }: Plan): string[] {
  const known = modules.filter(({ estimate }) => estimate.source === 'history');
  if (known.length === 0) return [];
  const more = known.length > named ? ` and ${known.length - named} more` : '';
  return [`estimates: ${known.slice(0, named).map(estimateWords).join(', ')}${more}`];
}

/** Whose figures a schedule is made of: the plan's, or what earlier runs took. */
export function estimatesFrom({ modules }: Plan): string {
  const known = modules.filter(({ estimate }) => estimate.source === 'history').length;
  if (known === 0) return t("by the plan's estimates");
  if (known === modules.length) return t('by what earlier runs took');
  return t(
    "by what earlier runs took for {0} of {1} modules, and the plan's estimates",
    known,
    modules.length,
  );
}

/** `lexer 12 min (history, 3 runs)` */
function estimateWords({ id, estimate }: ModulePlan): string {
  const { minutes, review, runs } = estimate;
  const total = Math.round((minutes + review) * 10) / 10;
  const time = total < 0.1 ? 'under 0.1 min' : `${total} min`;
  return `${id} ${time} (history, ${runs} ${runs === 1 ? 'run' : 'runs'})`;
}
