import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { evolve } from '../core/evolve.ts';
import type { RunEvent } from '../core/events.ts';
import type { RunId } from '../core/ids.ts';
import { postmortem } from '../core/projections/postmortem.ts';
import type { RunState } from '../core/state.ts';
import { systemClock } from './clock.ts';
import { storeAnchor } from './head-anchor.ts';
import { readHolder } from './journal/acquire-lock.ts';
import type { JournalHead } from './journal/codec.ts';
import { waitingCommands } from './journal/inbox-folder.ts';
import { readJournalFile } from './journal/journal-file.ts';
import { listRuns, runFolder } from './run-folder.ts';
import { Store } from './store/store.ts';

/** A run as it lies on disk, whoever drives it. */
export interface RunRecord {
  readonly run: RunId;
  readonly folder: string;
  readonly state: RunState;
  readonly events: readonly RunEvent[];
  /** What is wrong with the journal; the state is the fold of what comes before. */
  readonly problems: readonly { readonly code: string; readonly message: string }[];
  /** A decision that was cut off; null where the journal ends cleanly. */
  readonly torn: string | null;
  /** Commands that people left for the next driver. */
  readonly waiting: number;
  /** Who drives it now; null where nobody does. */
  readonly driver: { readonly pid: number; readonly host: string } | null;
}

export type ReadRun =
  | { readonly ok: true; readonly record: RunRecord }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** Reads a run; null: the latest. `anchor` is held against the journal where it is given. */
export async function readRun(
  workspace: string,
  wanted: RunId | null,
  anchor: JournalHead | null = null,
): Promise<ReadRun> {
  const runs = await listRuns(workspace);
  const run = wanted ?? runs.at(-1) ?? null;
  if (run === null) {
    return { ok: false, code: 'no-run', message: 'no run was started in this folder' };
  }
  if (!runs.includes(run)) {
    const known = runs.length === 0 ? 'there are none' : `the latest is ${String(runs.at(-1))}`;
    return { ok: false, code: 'unknown-run', message: `there is no run ${run}; ${known}` };
  }
  const folder = runFolder(workspace, run);
  const read = await readJournalFile<RunEvent>(folder, { anchor });
  const state =
    read?.events.reduce<RunState | null>((before, event) => evolve(before, event), null) ?? null;
  if (read === null || state === null) {
    return { ok: false, code: 'never-began', message: `run ${run} ended before it began` };
  }
  const holder = await readHolder(folder, systemClock());
  const problems = read.problems.map(({ code, line, message }) => ({
    code,
    message: `line ${line}: ${message}`,
  }));
  const { dropped } = read;
  const torn = dropped === null ? null : `decision ${dropped.decision} was cut off`;
  const driver = holder && { pid: holder.holder.pid, host: holder.holder.host };
  const waiting = await waitingCommands(folder);
  const { events } = read;
  return { ok: true, record: { run, folder, state, events, problems, torn, waiting, driver } };
}

/** The same with the journal held against its anchor in the store. */
export async function readAnchoredRun(workspace: string, wanted: RunId | null): Promise<ReadRun> {
  const first = await readRun(workspace, wanted);
  if (!first.ok) return first;
  const { run } = first.record;
  await using store = await Store.open(workspace);
  return await readRun(workspace, run, await storeAnchor(store, run).read());
}

/** The postmortem as it was written; before the end, as it would be now. */
export async function readReport({
  folder,
  state,
  events,
}: Pick<RunRecord, 'folder' | 'state' | 'events'>): Promise<string> {
  const written = await readFile(join(folder, 'postmortem.md'), 'utf8').catch(() => null);
  return state.phase.at === 'finished' && written !== null ? written : postmortem(state, events);
}
