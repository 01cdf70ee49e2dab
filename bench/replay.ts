import { writeFile } from 'node:fs/promises';
import type { RunEvent } from '../src/core/events.ts';
import { fold } from '../src/core/evolve.ts';
import { fromSnapshot, snapshotVersion, toSnapshot } from '../src/core/snapshot.ts';
import type { RunState } from '../src/core/state.ts';
import { canonicalJson, sha256 } from '../src/engine/canonical-json.ts';
import { beginning, encodeDecision, type JournalPosition } from '../src/engine/journal/codec.ts';
import { journalBytes, readJournalFile } from '../src/engine/journal/journal-file.ts';
import { journalPath } from '../src/engine/journal/journal-place.ts';
import { readJournalFrom, readSnapshot, writeSnapshot } from '../src/engine/journal/snapshot.ts';
import { figure, type Part } from './figure.ts';
import { driveRun, startRun } from './no-op-run.ts';
import { planOf } from './plan.ts';
import { shapeOf } from './shapes.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { timed } from './timing.ts';

/** Modules whose run takes just over 100,000 events. */
const manyModules = 9_100;
const foldTargetMs = 300;
const readTargetMs = 1_500;
const openTargetMs = 50;

/** How long it takes to see a run again: a long journal from its start, and a run's snapshot. */
export const replay: Part = {
  name: 'replay',
  measure: async ({ quick }) => {
    const samples = quick ? 3 : 9;
    await using long = await temporaryFolder();
    const { events } = await record(long.path, manyModules);
    const folded = await timed(samples, 1, () => fold(null, events));
    const read = await timed(samples, 1, () => readAndFold(long.path));

    await using short = await temporaryFolder();
    const { state, head } = await record(short.path, 1_000);
    await writeSnapshot(short.path, snapshotVersion, { position: head, state: toSnapshot(state) });
    const opened = await timed(samples, 3, () => openSnapshot(short.path));
    const wall = (ms: number): string => `${ms.toFixed(0)} ms on the wall`;
    const lines = `${events.length} events`;
    return [
      figure('fold', folded.coreMs, 'ms', foldTargetMs, `${lines}; ${wall(folded.wallMs)}`),
      figure('read, verify, fold', read.coreMs, 'ms', readTargetMs, wall(read.wallMs)),
      figure('open 1000 modules', opened.coreMs, 'ms', openTargetMs, wall(opened.wallMs)),
    ];
  },
};

/** Runs a plan in memory and writes its journal as the engine does. */
async function record(
  folder: string,
  modules: number,
): Promise<{
  readonly events: readonly RunEvent[];
  readonly state: RunState;
  readonly head: JournalPosition;
}> {
  const plan = planOf(shapeOf('layered', modules));
  const events: RunEvent[] = [];
  const chunks: Buffer[] = [];
  let head = beginning(sha256(canonicalJson(plan)));
  const enqueue = (decided: readonly RunEvent[]): void => {
    const encoded = encodeDecision({ events: decided }, head);
    chunks.push(encoded.bytes);
    head = encoded.head;
    events.push(...decided);
  };
  const state = await driveRun(startRun(plan), { enqueue, flush: () => Promise.resolve() });
  await writeFile(journalPath(folder), Buffer.concat(chunks));
  return { events, state, head };
}

async function readAndFold(folder: string): Promise<RunState | null> {
  const read = await readJournalFile<RunEvent>(folder);
  if (read === null || read.problems.length > 0) throw new Error('the journal is not sound');
  return fold(null, read.events);
}

/** As a watcher opens a run: the snapshot, and what the journal holds behind it. */
async function openSnapshot(folder: string): Promise<RunState | null> {
  const snapshot = await readSnapshot(folder, snapshotVersion);
  const state = snapshot === null ? null : fromSnapshot(snapshot.state);
  const bytes = await journalBytes(folder);
  if (snapshot === null || state === null || !(bytes instanceof Buffer)) {
    throw new Error('the snapshot cannot be opened');
  }
  const read = readJournalFrom<RunEvent>(bytes, snapshot);
  if (read === null) throw new Error('the snapshot is not of this journal');
  return fold(state, read.events);
}
