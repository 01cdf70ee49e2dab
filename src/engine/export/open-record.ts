import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { RunEvent } from '../../core/events.ts';
import type { ExportMark } from '../../core/export/export-file.ts';
import { openedSteps } from '../../core/export/opened-steps.ts';
import { planExcess } from '../../core/export/plan-bounds.ts';
import { prepareGraph } from '../../core/graph.ts';
import type { RunId } from '../../core/ids.ts';
import { replayEvent, type Replayed } from '../../core/projections/timeline.ts';
import { isOver } from '../../core/state.ts';
import { errorCode } from '../journal/durable.ts';
import { readJournalByLine } from '../journal/read-journal.ts';
import { Slice } from '../store/slice.ts';
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
const largestBytes = 128 * 1024 ** 2;
const mostEvents = 200_000;
/** Of a page's events: they are unpacked whole, and parsed at once. */
const largestUnpacked = 64 * 1024 ** 2;

export interface OpenOptions {
  /** Ends the reading between two events. */
  readonly signal?: AbortSignal;
  /** How much of it is folded, from 0 to 1. */
  readonly onProgress?: (part: number) => void;
}

/**
 * Reads a journal, an exported page, or a run's folder. What is hostile in it is bounded, or refused; what
 * takes long to fold takes its turn with everything else that this process does, and can be ended.
 */
export async function openRecord(path: string, options: OpenOptions = {}): Promise<ReadRecord> {
  const name = basename(path);
  const pace = new Pace(options);
  try {
    const bytes = await bytesAt(path);
    if (!Buffer.isBuffer(bytes)) return bytes;
    return isPage(bytes)
      ? await fromPage(bytes.toString('utf8'), name, pace)
      : await fromJournal(bytes, name, pace);
  } catch (error) {
    if (options.signal?.aborted !== true) throw error;
    return no('cancelled', `${name} was not opened: its reading was ended before its end`);
  }
}

/** Lets others have their turn while a long record is read. */
class Pace {
  readonly #slice = new Slice();
  readonly #options: OpenOptions;

  constructor(options: OpenOptions) {
    this.#options = options;
  }

  /** To be awaited before each event; rejects once nobody wants it any more. */
  async step(done = 0, of = Infinity): Promise<void> {
    await this.#slice.breathe();
    this.throwIfEnded();
    if (of !== Infinity && done % 1_000 === 0) this.#options.onProgress?.(done / of);
  }

  throwIfEnded(): void {
    this.#options.signal?.throwIfAborted();
  }

  /** What is done in steps of its own: the first event of a large run, with all of its plan. */
  async through<T>(steps: Generator<void, T, void>): Promise<T> {
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done === true) return step.value;
      await this.step();
    }
  }
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
      return no(
        'too-large',
        `${path} is larger than any run that can be shown (${largestBytes / 1024 ** 2} MB); ask for the report of the run instead`,
      );
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

async function fromJournal(bytes: Buffer, name: string, pace: Pace): Promise<ReadRecord> {
  if (hasMoreLines(bytes, mostEvents)) return tooMany(name);
  const steps = readJournalByLine<RunEvent>(bytes);
  let step = steps.next();
  while (step.done !== true) {
    await pace.step();
    step = steps.next();
  }
  const read = step.value;
  const [fault] = read.problems;
  const damage = fault === undefined ? null : `Line ${fault.line}: ${fault.message}`;
  const torn =
    read.dropped === null ? null : 'The last decision was cut off: the rest was not written.';
  return sound(read.events, { name, mark: null, problem: damage ?? torn }, pace);
}

async function fromPage(page: string, name: string, pace: Pace): Promise<ReadRecord> {
  const read = await readPage(page, largestUnpacked, mostEvents);
  if (!read.ok) return no(read.code, `${name} ${read.message}`);
  const { mark, events } = read;
  const lacks = mark.events - events.length;
  const cut =
    lacks === 0
      ? null
      : `It says that it holds ${mark.events} events, and holds ${events.length}: it was changed. Ask for the export again.`;
  return sound(events, { name, mark, problem: cut }, pace);
}

function hasMoreLines(bytes: Buffer, most: number): boolean {
  let lines = 0;
  for (let at = bytes.indexOf(0x0a); at !== -1 && lines <= most; at = bytes.indexOf(0x0a, at + 1)) {
    lines += 1;
  }
  return lines > most;
}

const tooMany = (name: string) =>
  no(
    'too-many',
    `${name} holds over ${mostEvents} events, more than can be shown here; ask for the report of the run instead`,
  );

/** What of the events is as it should be, up to the first that is not. */
async function sound(
  events: readonly RunEvent[],
  { name, mark, problem }: Pick<OpenedRecord, 'name' | 'mark' | 'problem'>,
  pace: Pace,
): Promise<ReadRecord> {
  let fault = problem;
  let replayed: Replayed | null = null;
  const sane: RunEvent[] = [];
  for (const event of events) {
    await pace.step(sane.length, events.length);
    const fits = await fitting(replayed, event, sane.length + 1, pace);
    if (!fits.ok) {
      if (fits.excess) return no('too-large', `${name}: ${fits.what}`);
      fault = fits.what;
      break;
    }
    ({ replayed } = fits);
    sane.push(fits.event);
  }
  const [first] = sane;
  if (replayed === null || first?.type !== 'run-started') {
    return no('no-run', `${name} is no run of Ashlar${fault === null ? '' : `: ${fault}`}`);
  }
  if (mark !== null && mark.run !== first.run) {
    return no('other-run', `${name} says that it is run ${mark.run}, and holds run ${first.run}`);
  }
  const { state } = replayed;
  const at = mark?.inProgress === true ? Math.max(mark.madeAt, state.at) : state.at;
  const driven = mark === null ? !isOver(state) : mark.driven;
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

type Fitting =
  | { readonly ok: true; readonly event: RunEvent; readonly replayed: Replayed }
  /** `excess`: more than is looked at, so that what came before is not shown either. */
  | { readonly ok: false; readonly excess: boolean; readonly what: string };

/** The event as its type says, and the run with it; or why it is not what comes next. */
async function fitting(
  before: Replayed | null,
  given: RunEvent,
  line: number,
  pace: Pace,
): Promise<Fitting> {
  const not = (what: string): Fitting => ({ ok: false, excess: false, what: unfit(line, what) });
  const excess = 'plan' in given ? planExcess(given.plan) : null;
  if (excess !== null) {
    return {
      ...{ ok: false, excess: true },
      what: `line ${line}: ${excess}, more than can be shown; ask whoever sent it for a smaller run`,
    };
  }
  const opened = await pace.through(openedSteps(given));
  const [event] = opened.events;
  if (!opened.ok || event === undefined) return not(opened.ok ? 'it is none' : opened.what);
  try {
    if (event.seq !== line) throw new Error(`its number is ${event.seq}`);
    if (before !== null && event.at < before.state.at)
      throw new Error('it is dated before the last one');
    if (event.type === 'run-started') await pace.through(prepareGraph(event.plan));
    return { ok: true, event, replayed: replayEvent(before, event) };
  } catch (error) {
    pace.throwIfEnded();
    const why = error instanceof Error ? error.message : String(error);
    return not(`it does not fit the events before it: ${why}`);
  }
}

const unfit = (line: number, what: string): string =>
  `Line ${line}: ${what}. If a newer version of Ashlar wrote it, update this one; otherwise ask for the file again.`;
