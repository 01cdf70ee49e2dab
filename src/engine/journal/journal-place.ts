import { lstat } from 'node:fs/promises';
import { join } from 'node:path';

export function journalPath(folder: string): string {
  return join(folder, 'journal.jsonl');
}

/** Tells one form of a run's journal from another without reading it; null where there is none. */
export async function journalStamp(folder: string): Promise<string | null> {
  const found = await lstat(journalPath(folder)).catch(() => null);
  return found && `${found.ino} ${found.size} ${found.mtimeMs}`;
}
