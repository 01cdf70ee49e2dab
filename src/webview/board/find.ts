import type { ModuleId } from '../../core/ids.ts';
import { t } from '../../core/language.ts';
import type { ModulePlan, Plan } from '../../core/plan/plan.ts';
import { oneLine } from '../../core/projections/safe-text.ts';

/** As many as a list under a search box can show. */
const MAX_FOUND = 8;

/** A module, and what of it holds the words that were sought. */
export interface FoundModule {
  readonly module: ModuleId;
  /** '' where it is the name. */
  readonly by: string;
}

/**
 * Modules by a part of their name, or else of what else is known of them, with the words that matched;
 * those that begin with it come first.
 */
export function findModules(plan: Plan, query: string): FoundModule[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return [];
  const [first, named, about]: [FoundModule[], FoundModule[], FoundModule[]] = [[], [], []];
  const titles = new Map(plan.streams.map(({ id, title }) => [id, title]));
  for (const module of plan.modules) {
    const { id, stream } = module;
    if (id.startsWith(wanted)) first.push({ module: id, by: '' });
    else if (id.includes(wanted)) named.push({ module: id, by: '' });
    else {
      const by = otherWords(module, titles.get(stream) ?? stream, wanted);
      if (by !== null) about.push({ module: id, by });
    }
  }
  return [...first, ...named, ...about].slice(0, MAX_FOUND);
}

/** What besides its name holds what is sought, in words; null where nothing does. */
function otherWords(module: ModulePlan, stream: string, wanted: string): string | null {
  const holds = (text: string): boolean => text.toLowerCase().includes(wanted);
  if (holds(stream)) return t('stream: {0}', oneLine(stream, 60));
  const path = module.owns.find(holds);
  if (path !== undefined) return t('owns: {0}', oneLine(path, 60));
  return holds(module.purpose) ? t('purpose: {0}', excerpt(module.purpose, wanted)) : null;
}

/** Around what was sought, as a list has no room for all of it. */
function excerpt(text: string, wanted: string): string {
  const at = text.toLowerCase().indexOf(wanted);
  const from = at <= 12 ? 0 : text.lastIndexOf(' ', at - 1) + 1;
  return oneLine(`${from > 0 ? '… ' : ''}${text.slice(from)}`, 60);
}
