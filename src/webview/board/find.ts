import type { ModuleId } from '../../core/ids.ts';
import type { Plan } from '../../core/plan/plan.ts';

/** As many as a list under a search box can show. */
const MAX_FOUND = 8;

/** Modules by a part of their name, or else of their purpose; those that begin with it come first. */
export function findModules(plan: Plan, query: string): ModuleId[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return [];
  const [first, named, about]: [ModuleId[], ModuleId[], ModuleId[]] = [[], [], []];
  for (const { id, purpose } of plan.modules) {
    if (id.startsWith(wanted)) first.push(id);
    else if (id.includes(wanted)) named.push(id);
    else if (purpose.toLowerCase().includes(wanted)) about.push(id);
  }
  return [...first, ...named, ...about].slice(0, MAX_FOUND);
}
