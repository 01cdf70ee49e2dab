import type { RunEvent } from '../events.ts';
import type { TaskRole } from '../events/agent.ts';
import type { GivenInsight, InsightsGiven } from '../events/insight.ts';
import type { ModuleId } from '../ids.ts';
import { t } from '../language.ts';
import { oneLine } from './safe-text.ts';
import { listed } from './words.ts';

/** A note of earlier runs that agents of a module were given, and which of them. */
export interface UsedInsight extends GivenInsight {
  /** Each once, in the order in which they began. */
  readonly by: readonly InsightReader[];
}

export interface InsightReader {
  readonly role: TaskRole;
  /** Of a builder or reviewer; of a planner which draft. */
  readonly attempt: number;
}

/**
 * What agents of a module were given, the first of it first. A note that was written anew since is
 * another one.
 */
export function insightsUsed(given: readonly InsightsGiven[]): UsedInsight[] {
  const used = new Map<string, GivenInsight & { by: InsightReader[] }>();
  for (const { role, attempt, notes } of given) {
    for (const { file, title, type, digest } of notes) {
      const key = `${digest} ${file}`;
      const its = used.get(key) ?? {
        ...{ file, digest, by: [] },
        ...{ title: oneLine(title, 200), type: oneLine(type, 40) },
      };
      used.set(key, its);
      const known = its.by.some((each) => each.role === role && each.attempt === attempt);
      if (!known) its.by.push({ role, attempt });
    }
  }
  return [...used.values()];
}

/** The same by module, in the order of the journal. */
export function insightsByModule(events: readonly RunEvent[]): Map<ModuleId, UsedInsight[]> {
  const given = new Map<ModuleId, InsightsGiven[]>();
  for (const event of events) {
    if (event.type !== 'insights-given') continue;
    given.set(event.module, [...(given.get(event.module) ?? []), event]);
  }
  return new Map([...given].map(([module, its]) => [module, insightsUsed(its)]));
}

/** `pitfall` as people say it; a type of somebody's own stays as it is. */
export function insightType(type: string): string {
  switch (type) {
    case 'run':
      return t('overview of a run');
    case 'pitfall':
      return t('pitfall');
    case 'contract-lesson':
      return t('lesson of a contract');
    case 'integration-lesson':
      return t('lesson of an integration');
    case 'conflict-lesson':
      return t('lesson of a conflict');
    default:
      return type;
  }
}

/** `builder of attempt 1, reviewer of attempt 1`; the first of many. */
export const readersWords = (by: readonly InsightReader[]): string => listed(by.map(reader), 6);

function reader({ role, attempt }: InsightReader): string {
  switch (role) {
    case 'generator':
    case 'reviser':
      return t('builder of attempt {0}', attempt);
    case 'evaluator':
      return t('reviewer of attempt {0}', attempt);
    case 'contract-author':
      return t('contract author of draft {0}', attempt);
    case 'scout':
    case 'architect':
    case 'arbiter':
    case 'integrator':
      return t('planner');
  }
}
