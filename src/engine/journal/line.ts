import { isDigest, type Digest } from '../../core/ids.ts';
import { upcastEvent } from '../../core/upcast.ts';
import { canonicalJson, sha256 } from '../canonical-json.ts';
import { journalVersion, type JournalEvent } from './codec.ts';

/** A line of the journal as read; nothing but its shape is checked. */
export interface JournalLine {
  readonly v: typeof journalVersion;
  readonly seq: number;
  readonly at: number;
  readonly prev: Digest;
  readonly decision: number;
  readonly end?: true;
  readonly command?: string;
  readonly type: string;
}

/** Never throws: what is no line of ours is a fault. */
export function parseLine(text: string): JournalLine | 'line-unreadable' | 'version-unknown' {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'line-unreadable';
  }
  if (typeof value !== 'object' || value === null) return 'line-unreadable';
  const line = value as Partial<Record<keyof JournalLine, unknown>>;
  if (Number.isSafeInteger(line.v) && line.v !== journalVersion) return 'version-unknown';
  const sound =
    line.v === journalVersion &&
    isCount(line.seq) &&
    isCount(line.at) &&
    isCount(line.decision) &&
    typeof line.prev === 'string' &&
    isDigest(line.prev) &&
    (line.end === undefined || line.end === true) &&
    (line.command === undefined || typeof line.command === 'string') &&
    typeof line.type === 'string';
  return sound ? (value as JournalLine) : 'line-unreadable';
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** The event as it was before the journal added its own fields, in today's form. */
export function eventOf<E extends JournalEvent>(line: JournalLine): E {
  const { v: _v, prev: _prev, decision: _decision, end: _end, command: _command, ...event } = line;
  return upcastEvent(event as E);
}

/** Whether a first line is chained to the plan that it carries, and to the one that is `given`. */
export function continuesPlan(line: JournalLine, given: Digest | null): boolean {
  if (given !== null && given !== line.prev) return false;
  if (line.type !== 'run-started' || !('plan' in line)) return given !== null;
  try {
    return sha256(canonicalJson(line.plan)) === line.prev;
  } catch {
    return false; // too deep to be a plan
  }
}
