import type { Digest } from '../../core/ids.ts';
import {
  beginning,
  lineDigest,
  longestLineBytes,
  type JournalEvent,
  type JournalHead,
  type JournalPosition,
} from './codec.ts';
import { eventOf, parseLine, continuesPlan, type JournalLine } from './line.ts';
import { journalProblem, type JournalProblem, type JournalProblemCode } from './problem.ts';

/** What a journal says, and how far it can be relied on. */
export interface JournalRead<E extends JournalEvent> {
  /** Of whole decisions, up to the first problem. */
  readonly events: readonly E[];
  /** Where they end; null where nothing is there to tell the plan by. */
  readonly head: JournalPosition | null;
  /** Inbox commands that were answered, each with the last event of the answer. */
  readonly commands: ReadonlyMap<string, number>;
  /** What a crash left of a decision at the end; it never counted. Null also beside problems. */
  readonly dropped: TornTail | null;
  /** At most 100. */
  readonly problems: readonly JournalProblem[];
}

export interface TornTail {
  readonly decision: number;
  readonly lines: number;
  readonly bytes: number;
}

export interface ReadOptions {
  /** Checked against the first line. Without it the plan in `run-started` speaks for itself. */
  readonly planDigest?: Digest;
  /** A head that is known from elsewhere: the journal must hold exactly this event. */
  readonly anchor?: JournalHead | null;
}

const mostProblems = 100;
const newline = 0x0a;

/** Reads a whole journal. Never throws, whatever the bytes are. */
export function readJournal<E extends JournalEvent>(
  bytes: Buffer,
  { planDigest, anchor = null }: ReadOptions = {},
): JournalRead<E> {
  const start = planDigest === undefined ? null : beginning(planDigest);
  return new Reader<E>(start, anchor).read(bytes, 0);
}

/** The same, in steps of a line each, between which others can have their turn. */
export function readJournalByLine<E extends JournalEvent>(
  bytes: Buffer,
): Generator<void, JournalRead<E>, void> {
  return new Reader<E>(null, null).steps(bytes, 0);
}

/** Reads on behind a position that is known to be sound; `bytes` begin at `position.end`. */
export function readOn<E extends JournalEvent>(
  bytes: Buffer,
  position: JournalPosition,
  anchor: JournalHead | null = null,
): JournalRead<E> {
  return new Reader<E>(position, anchor).read(bytes, position.end);
}

class Reader<E extends JournalEvent> {
  readonly #events: E[] = [];
  readonly #commands = new Map<string, number>();
  readonly #problems: JournalProblem[] = [];
  /** The decision being read, and the lines it has so far. */
  readonly #open: E[] = [];
  readonly #anchor: JournalHead | null;
  #head: JournalPosition | null;

  // What the next line must continue; null where a fault left it unknown.
  #seq: number;
  #prev: Digest | null;
  #at: number;
  #decision: number | null;
  #inside = false;

  constructor(head: JournalPosition | null, anchor: JournalHead | null) {
    this.#anchor = anchor;
    this.#head = head;
    this.#seq = head?.seq ?? 0;
    this.#prev = head?.digest ?? null;
    this.#at = head?.at ?? 0;
    this.#decision = head?.decision ?? 0;
  }

  read(bytes: Buffer, offset: number): JournalRead<E> {
    const steps = this.steps(bytes, offset);
    let step = steps.next();
    while (step.done !== true) step = steps.next();
    return step.value;
  }

  /** `offset`: where in the file the bytes begin. */
  *steps(bytes: Buffer, offset: number): Generator<void, JournalRead<E>, void> {
    let start = 0;
    while (this.#problems.length < mostProblems) {
      const end = bytes.indexOf(newline, start);
      if (end === -1) break;
      this.#take(bytes.subarray(start, end), offset + start);
      start = end + 1;
      yield;
    }
    if (this.#problems.length < mostProblems && (this.#anchor?.seq ?? 0) > this.#seq) {
      this.#fault('tail-missing', this.#seq + 1);
    }
    return {
      events: this.#events,
      head: this.#head,
      commands: this.#commands,
      dropped: this.#tail(offset + bytes.length, start < bytes.length),
      problems: this.#problems,
    };
  }

  #take(bytes: Buffer, start: number): void {
    const digest = lineDigest(bytes);
    const line =
      bytes.length < longestLineBytes ? parseLine(bytes.toString('utf8')) : 'line-too-long';
    if (typeof line === 'string') {
      this.#fault(line, this.#seq + 1);
      this.#seq += 1;
      this.#prev = null;
      this.#decision = null;
      return;
    }
    const fault = this.#faultOf(line, digest);
    if (fault !== null) this.#fault(fault, this.#seq + 1);
    this.#advance(line, digest, fault);
    if (this.#problems.length > 0) return;
    this.#open.push(eventOf<E>(line));
    if (this.#inside) return;
    const { seq, at, decision, command } = line;
    for (const event of this.#open) this.#events.push(event);
    this.#open.length = 0;
    if (command !== undefined) this.#commands.set(command, seq);
    this.#head = { seq, digest, at, decision, start, end: start + bytes.length + 1 };
  }

  #fault(code: JournalProblemCode, line: number): void {
    this.#problems.push(journalProblem(code, line));
  }

  #faultOf(line: JournalLine, digest: Digest): JournalProblemCode | null {
    const { seq, at, prev, decision } = line;
    if (seq > this.#seq + 1) return 'lines-missing';
    if (seq < this.#seq + 1) return 'line-repeated';
    if (seq === 1 && !continuesPlan(line, this.#prev)) return 'plan-mismatch';
    if (seq > 1 && this.#prev !== null && prev !== this.#prev) return 'chain-broken';
    if (at < this.#at) return 'time-runs-back';
    if (this.#decision !== null && decision !== this.#decision + (this.#inside ? 0 : 1)) {
      return 'decision-broken';
    }
    if (seq === this.#anchor?.seq && digest !== this.#anchor.digest) return 'head-mismatch';
    return null;
  }

  /** Goes on behind a fault too, so that one edit is one problem and a second one is seen. */
  #advance(line: JournalLine, digest: Digest, fault: JournalProblemCode | null): void {
    const own = fault === null || fault === 'chain-broken' || fault === 'lines-missing';
    this.#seq = line.seq;
    this.#prev = own ? digest : null;
    this.#at = line.at;
    this.#decision = line.decision;
    this.#inside = line.end !== true;
  }

  #tail(fileEnd: number, partialLine: boolean): TornTail | null {
    const bytes = fileEnd - (this.#head?.end ?? 0);
    if (bytes === 0 || this.#problems.length > 0) return null;
    const lines = this.#open.length + (partialLine ? 1 : 0);
    return { decision: (this.#head?.decision ?? 0) + 1, lines, bytes };
  }
}
