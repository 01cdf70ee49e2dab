import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { RunEvent } from '../../core/events.ts';
import { openedEvents } from '../../core/export/exported-run.ts';
import type { ExportMark } from '../../core/export/export-file.ts';
import type { RunId } from '../../core/ids.ts';
import { replayEvent, type Replayed } from '../../core/projections/timeline.ts';
import { isOver } from '../../core/state.ts';
import { errorCode } from '../journal/durable.ts';
import { readJournal } from '../journal/read-journal.ts';
import { readPage } from './read-page.ts';

/** A run that was read from a file of anywhere: nobody drives it here, and it does not grow. */
export interface OpenedRecord {
  readonly ok: true;
  readonly run: RunId;
  readonly events: readonly RunEvent[];
  readonly replayed: Replayed;
  /** The file's name, or that of the run's folder. */
  readonly name: string;
  /** null where it is a journal. */
  readonly mark: ExportMark | null;
  /** UTC milliseconds: as of when it tells. */
  readonly at: number;
  /** Whether somebody drove it then; of a journal, which does not say, whether it was not over. */
  readonly driven: boolean;
  /** Why not all of it was taken, at which line, and what to do; null where all was. */
  readonly problem: string | null;
}

export type ReadRecord =
  OpenedRecord | { readonly ok: false; readonly code: string; readonly message: string };

/** Far beyond what runs write; a page of the editor must hold all of it. */
const largestBytes = 256 * 1024 ** 2;
const mostEvents = 1_000_000;
/** Of a page's events: they are unpacked whole, and parsed at once. */
const largestUnpacked = 64 * 1024 ** 2;

/** Reads a journal, an exported page, or a run's folder. What is hostile in it is bounded, or refused. */
export async function openRecord(path: string): Promise<ReadRecord> {
  const name = basename(path);
  const bytes = await bytesAt(path);
  if (!Buffer.isBuffer(bytes)) return bytes;
  return isPage(bytes) ? fromPage(bytes.toString('utf8'), name) : fromJournal(bytes, name);
}

const no = (code: string, message: string) => ({ ok: false, code, message }) as const;

async function bytesAt(path: string): Promise<Buffer | ReturnType<typeof no>> {
  try {
    if ((await stat(path)).isDirectory()) {
      const journal = await bytesAt(join(path, 'journal.jsonl'));
      return Buffer.isBuffer(journal) || journal.code !== 'no-file'
        ? journal
        : no('no-journal', `${path} holds no journal.jsonl; open a folder in .ce-workspace/runs`);
    }
    // Not to wait for whoever writes into a pipe.
    await using handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stats = await handle.stat();
    if (!stats.isFile()) return no('no-file', `${path} is no file`);
    if (stats.size > largestBytes) {
      return no('too-large', `${path} is larger than any run that can be shown (256 MB)`);
    }
    return await handle.readFile();
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      return no('no-file', `there is no file ${path} any more; it was moved or removed`);
    }
    return no('unreadable', `${path} cannot be read (${String(code ?? error)})`);
  }
}

/** Journals are lines of JSON; nothing else of ours begins with a tag. */
const isPage = (bytes: Buffer): boolean =>
  bytes
    .subarray(0, 1_000)
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trimStart()
    .startsWith('<');

function fromJournal(bytes: Buffer, name: string): ReadRecord {
  const read = readJournal<RunEvent>(bytes);
  const [fault] = read.problems;
  const damage = fault === undefined ? null : `Line ${fault.line}: ${fault.message}`;
  const torn =
    read.dropped === null ? null : 'The last decision was cut off: the rest was not written.';
  return sound(read.events, { name, mark: null, problem: damage ?? torn });
}

function fromPage(page: string, name: string): ReadRecord {
  const read = readPage(page, largestUnpacked, mostEvents);
  if (!read.ok) return no(read.code, `${name} ${read.message}`);
  const { mark, events } = read;
  const lacks = mark.events - events.length;
  const cut =
    lacks === 0
      ? null
      : `It says that it holds ${mark.events} events, and holds ${events.length}: it was changed. Ask for the export again.`;
  return sound(events, { name, mark, problem: cut });
}

/** What of the events is as it should be, up to the first that is not. */
function sound(
  events: readonly RunEvent[],
  { name, mark, problem }: Pick<OpenedRecord, 'name' | 'mark' | 'problem'>,
): ReadRecord {
  if (events.length > mostEvents) return no('too-many', `${name} holds over ${mostEvents} events`);
  const passed = openedEvents(events);
  let fault = passed.ok ? problem : unfit(passed.seq, passed.what);
  let replayed: Replayed | null = null;
  let taken = 0;
  for (const event of passed.events) {
    try {
      if (event.seq !== taken + 1) throw new Error(`its number is ${event.seq}`);
      if (replayed !== null && event.at < replayed.state.at)
        throw new Error('it is dated before the last one');
      replayed = replayEvent(replayed, event);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      fault = unfit(taken + 1, `it does not fit the events before it: ${why}`);
      break;
    }
    taken += 1;
  }
  const [first] = passed.events;
  if (replayed === null || first?.type !== 'run-started') {
    return no('no-run', `${name} is no run of Ashlar${fault === null ? '' : `: ${fault}`}`);
  }
  if (mark !== null && mark.run !== first.run) {
    return no('other-run', `${name} says that it is run ${mark.run}, and holds run ${first.run}`);
  }
  const { state } = replayed;
  const at = mark?.inProgress === true ? Math.max(mark.madeAt, state.at) : state.at;
  const driven = mark === null ? !isOver(state) : mark.driven;
  const sane = passed.events.slice(0, taken);
  return {
    ok: true,
    run: first.run,
    events: sane,
    replayed,
    name,
    mark,
    at,
    driven,
    problem: fault,
  };
}

const unfit = (line: number, what: string): string =>
  `Line ${line}: ${what}. If a newer version of Ashlar wrote it, update this one; otherwise ask for the file again.`;
