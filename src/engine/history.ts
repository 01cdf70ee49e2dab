import type { RunEvent } from '../core/events.ts';
import { withHistory, type EarlierRun } from '../core/plan/history.ts';
import type { Plan } from '../core/plan/plan.ts';
import { sealedDurations } from '../core/projections/durations.ts';
import { stat } from 'node:fs/promises';
import { readJournalFile } from './journal/journal-file.ts';
import { journalPath } from './journal/journal-place.ts';
import { listRuns, runFolder } from './run-folder.ts';
import { readSettings } from './session-settings.ts';

/** Older ones tell little more, and nobody waits for them. */
const newestRuns = 10;
/** Of all journals together. */
const mostBytes = 64 * 1024 ** 2;

/**
 * The plan with estimates from the newest runs in the workspace. Only runs by the same agents count:
 * what scripted ones take says nothing of a model. `agents` stand in for those of the plan; null:
 * none do. What cannot be read is as if it were not there.
 */
export async function planWithHistory(
  workspace: string,
  plan: Plan,
  agents: string | null,
): Promise<Plan> {
  return withHistory(plan, await earlierRuns(workspace, plan, agents));
}

/**
 * What {@link planWithHistory} reads: of the plan, only by which agents it is built and judged. `unread` is
 * told where something was there and could not be read: which run's folder, or null where it was all of them.
 */
export async function earlierRuns(
  workspace: string,
  plan: Pick<Plan, 'pools'>,
  agents: string | null,
  unread: (folder: string | null) => void = () => undefined,
): Promise<EarlierRun[]> {
  const runs: EarlierRun[] = [];
  let bytes = 0;
  const failed = (folder: string | null) => (): null => {
    unread(folder);
    return null;
  };
  const all = (await listRuns(workspace).catch(failed(null))) ?? [];
  for (const run of all.slice(-newestRuns).reverse()) {
    const folder = runFolder(workspace, run);
    bytes += (await stat(journalPath(folder)).catch(() => null))?.size ?? 0;
    if (bytes > mostBytes) break;
    const earlier = await earlierRun(folder, plan, agents).catch(failed(folder));
    if (earlier !== null) runs.push(earlier);
  }
  return runs;
}

async function earlierRun(
  folder: string,
  plan: Pick<Plan, 'pools'>,
  agents: string | null,
): Promise<EarlierRun | null> {
  const read = await readJournalFile<RunEvent>(folder);
  const started = read?.events[0];
  if (read === null || read.problems.length > 0 || started?.type !== 'run-started') return null;
  const theirs = (await readSettings(folder))?.agents ?? null;
  const isSame = (['builders', 'reviewers'] as const).every(
    (pool) => (theirs ?? started.plan.pools[pool].agent) === (agents ?? plan.pools[pool].agent),
  );
  if (!isSame) return null;
  return { plan: started.plan, durations: sealedDurations(read.events) };
}
