import { hash } from 'node:crypto';
import type { Digest } from '../../core/ids.ts';

/** What the journal needs to know of an event; its other fields are the core's. */
export interface JournalEvent {
  /** 1 for the first, then without gaps. */
  readonly seq: number;
  /** UTC milliseconds, never decreasing. */
  readonly at: number;
  readonly type: string;
}

/** The last event of a journal: its number, and the SHA-256 of its line without the newline. */
export interface JournalHead {
  readonly seq: number;
  readonly digest: Digest;
}

/** A head with all that is needed to go on behind it without reading what is before. */
export interface JournalPosition extends JournalHead {
  readonly at: number;
  /** Number of the decision that ends here; the first is 1. */
  readonly decision: number;
  /** Bytes before the head's line. */
  readonly start: number;
  /** Bytes up to and with its newline. */
  readonly end: number;
}

/** Where a run begins. The first line's `prev` is the digest of the normalised plan. */
export function beginning(planDigest: Digest): JournalPosition {
  return { seq: 0, digest: planDigest, at: 0, decision: 0, start: 0, end: 0 };
}

/** Events that happened together; on disk either all of them are there or none counts. */
export interface Decision<E extends JournalEvent> {
  readonly events: readonly E[];
  /** The inbox command that it answers; `none` for what nobody sent. */
  readonly command?: string;
}

export const journalVersion = 1;
/** Readers refuse longer lines unread. */
export const longestLineBytes = 4 * 1024 * 1024;

/** What the journal writes beside an event's own fields. */
const envelope = ['v', 'prev', 'decision', 'end', 'command'] as const;

/**
 * One line an event: `{ v, seq, at, prev, decision, end?, command?, type, … }`. Throws where the
 * events do not continue `after`: the loop that made them is wrong, and nothing must be written.
 */
export function encodeDecision(
  { events, command }: Decision<JournalEvent>,
  after: JournalPosition,
): { readonly bytes: Buffer; readonly head: JournalPosition } {
  if (events.length === 0) throw new Error('a decision without events is not journaled');
  const decision = after.decision + 1;
  const lines: Buffer[] = [];
  let { seq, at, digest, start, end } = after;
  for (const [index, event] of events.entries()) {
    seq += 1;
    if (event.seq !== seq) throw new Error(`event ${event.seq} where ${seq} is next`);
    if (!Number.isSafeInteger(event.at) || event.at < at) {
      throw new Error(`event ${seq} is dated ${event.at}, after ${at}`);
    }
    at = event.at;
    const marks = {
      ...(index === events.length - 1 ? { end: true } : {}),
      ...(command === undefined ? {} : { command }),
    };
    const line = lineOf(event, { v: journalVersion, seq, at, prev: digest, decision, ...marks });
    if (line.length > longestLineBytes)
      throw new Error(`event ${seq} is longer than a line may be`);
    digest = lineDigest(line.subarray(0, -1));
    lines.push(line);
    start = end;
    end += line.length;
  }
  return { bytes: Buffer.concat(lines), head: { seq, at, digest, decision, start, end } };
}

function lineOf(event: JournalEvent, head: object): Buffer {
  const { seq: _seq, at: _at, ...own } = event;
  for (const name of envelope) {
    if (name in own)
      throw new Error(`an event of type ${event.type} has the reserved field ${name}`);
  }
  return Buffer.from(`${JSON.stringify(head).slice(0, -1)},${JSON.stringify(own).slice(1)}\n`);
}

export function lineDigest(line: Uint8Array): Digest {
  return hash('sha256', line) as Digest;
}
