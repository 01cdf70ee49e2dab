import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { isDigest } from '../../core/ids.ts';
import { sha256 } from '../canonical-json.ts';
import { lineDigest, type JournalEvent, type JournalHead, type JournalPosition } from './codec.ts';
import { noFollow, replaceFile } from './durable.ts';
import { readOn, type JournalRead } from './read-journal.ts';
import { parseObject } from './small-file.ts';

/**
 * The fold of a journal up to a position, so that watchers need not fold it all. A cache: it may
 * be deleted at any time, and whatever is not exactly right about it counts as not there.
 */
export interface Snapshot {
  readonly position: JournalPosition;
  /** JSON; the caller knows its shape by the version that it gave. */
  readonly state: unknown;
}

const snapshotPath = (folder: string): string => join(folder, 'snapshot.json');
const largestSnapshotBytes = 512 * 1024 * 1024;

/** `version`: of the state's shape; readers of another one ignore the snapshot. */
export async function writeSnapshot(
  folder: string,
  version: number,
  { position, state }: Snapshot,
): Promise<void> {
  const body = Buffer.from(JSON.stringify(state));
  const header = JSON.stringify({ v: 1, version, position, bytes: sha256(body) });
  await replaceFile(snapshotPath(folder), Buffer.concat([Buffer.from(`${header}\n`), body]));
}

/** The snapshot in a folder; whether its position is on the journal shows {@link readJournalFrom}. */
export async function readSnapshot(folder: string, version: number): Promise<Snapshot | null> {
  try {
    await using handle = await open(snapshotPath(folder), constants.O_RDONLY | noFollow);
    const stats = await handle.stat();
    if (!stats.isFile() || stats.size > largestSnapshotBytes) return null;
    return parseSnapshot(await handle.readFile(), version);
  } catch {
    return null; // a cache that cannot be read is a cache that is not there
  }
}

/**
 * Reads only what the journal holds behind a snapshot. Null where the snapshot is not of this
 * journal: the line at its position must be there and have its digest. What comes before that line
 * is not looked at; drivers and `verify` read whole journals instead.
 */
export function readJournalFrom<E extends JournalEvent>(
  bytes: Buffer,
  { position }: Pick<Snapshot, 'position'>,
  anchor: JournalHead | null = null,
): JournalRead<E> | null {
  const { start, end, digest } = position;
  const fits = start < end && end <= bytes.length && bytes[end - 1] === 0x0a;
  if (!fits || (start > 0 && bytes[start - 1] !== 0x0a)) return null;
  if (lineDigest(bytes.subarray(start, end - 1)) !== digest) return null;
  return readOn<E>(bytes.subarray(end), position, anchor);
}

function parseSnapshot(bytes: Buffer, version: number): Snapshot | null {
  const newline = bytes.indexOf(0x0a);
  if (newline === -1) return null;
  const header = parseObject(bytes.toString('utf8', 0, newline));
  const body = bytes.subarray(newline + 1);
  if (header?.v !== 1 || header.version !== version) return null;
  const position = header.position as Partial<JournalPosition> | null | undefined;
  if (header.bytes !== sha256(body) || !isPosition(position)) return null;
  return { position, state: JSON.parse(body.toString('utf8')) as unknown };
}

function isPosition(value: Partial<JournalPosition> | null | undefined): value is JournalPosition {
  if (typeof value !== 'object' || value === null) return false;
  const counts = [value.seq, value.at, value.decision, value.start, value.end];
  return (
    counts.every((count) => Number.isSafeInteger(count) && (count ?? -1) >= 0) &&
    typeof value.digest === 'string' &&
    isDigest(value.digest)
  );
}
