import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isModelName } from '../core/plan/model-name.ts';
import type { RunEvent } from '../core/events.ts';
import { poolKinds, type PoolKind } from '../core/plan/plan.ts';
import type { ModelChoice } from './agents/model-choice.ts';
import type { ModelOptions } from './agents/model-service.ts';
import { readKeptAddress, type KeptAddress } from './kept-address.ts';
import { writeText } from './run-folder.ts';

/**
 * How a run was started, beside its plan: what a resume goes on with unless it is told otherwise.
 * It lies in the workspace, where others may write: no key is among it, and one is sent nowhere on its word alone.
 */
export interface SessionSettings {
  /** From the workspace. */
  readonly planFile: string;
  /** Absolute; null where no script is needed. */
  readonly script: string | null;
  /** The provider that stands in for those of the plan; null: as the plan says. */
  readonly agents: string | null;
  /** Models that stand in for those of the plan. */
  readonly models: ModelChoice;
  /** Where models are asked; null: at the provider's own. */
  readonly address: KeptAddress | null;
  /** Whether its agents are given what earlier runs learned; a run that was told not to stays so. */
  readonly insights: boolean;
}

/** Of a run whose settings were lost: it goes on as one that has none. */
export const unknownSettings: SessionSettings = {
  ...{ planFile: '', script: null, agents: null, models: {}, address: null, insights: true },
};

const name = 'settings.json';

export const writeSettings = (runFolder: string, settings: SessionSettings): Promise<void> =>
  writeText(runFolder, name, `${JSON.stringify(settings, null, 2)}\n`);

/** null where there are none, or none that can be read: the caller's defaults stand. */
export async function readSettings(runFolder: string): Promise<SessionSettings | null> {
  try {
    const text = await readFile(join(runFolder, name), 'utf8');
    const read = JSON.parse(text) as Partial<Record<keyof SessionSettings, unknown>>;
    const { planFile, script, agents, models, address, insights } = read;
    if (typeof planFile !== 'string') return null;
    return {
      planFile,
      script: textOf(script),
      agents: textOf(agents),
      models: choiceOf(models),
      address: readKeptAddress(address),
      insights: insights !== false,
    };
  } catch {
    return null;
  }
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function choiceOf(value: unknown): ModelChoice {
  if (typeof value !== 'object' || value === null) return {};
  const read = value as Readonly<Record<string, unknown>>;
  const chosen = poolKinds.flatMap((pool) => {
    const model = textOf(read[pool]);
    return model !== null && isModelName(model) ? [[pool, model] as const] : [];
  });
  return Object.fromEntries(chosen);
}

/** What was said now comes before what was said since the start, and that before what was said at it. */
export const modelsFrom = (
  now: ModelOptions | null,
  before: SessionSettings | null,
  events: readonly RunEvent[],
): ModelOptions | null =>
  now === null
    ? null
    : { ...now, choice: { ...unswitched(before?.models ?? {}, events), ...now.choice } };

/** The models that stand in for those of the plan since the start; what a person named since is in the plan. */
export const chosenModels = async (
  runFolder: string,
  events: readonly RunEvent[],
): Promise<ModelChoice> => unswitched((await readSettings(runFolder))?.models ?? {}, events);

/** Without the pools for which a person has named another model since. */
function unswitched(choice: ModelChoice, events: readonly RunEvent[]): ModelChoice {
  const named = new Map<PoolKind, boolean>();
  for (const event of events) {
    if (event.type === 'agents-switched') named.set(event.pool, event.model !== undefined);
  }
  const left = poolKinds.filter((pool) => choice[pool] !== undefined && named.get(pool) !== true);
  return Object.fromEntries(left.map((pool) => [pool, choice[pool]]));
}
