import type { RunState } from '../state.ts';
import { conflictRows, type ConflictRow } from './conflicts.ts';
import { clockTime } from './figures.ts';
import { markdownLine } from './safe-text.ts';
import { listed } from './words.ts';

const maxRows = 100;

/** Who was at odds with whom, and what decided it. */
export function conflicts(state: RunState): string[] {
  const rows = conflictRows(state);
  const heading = ['## Conflicts one by one', ''];
  if (rows.length === 0) {
    return [
      ...heading,
      'None: nobody touched what others own, no verdict was disputed, and what was composed fitted.',
    ];
  }
  const lines = rows.slice(0, maxRows).map((row) => line(row, state.startedAt));
  const more = rows.length - lines.length;
  return [...heading, ...lines, ...(more > 0 ? [`- … and ${more} more`] : [])];
}

function line(row: ConflictRow, startedAt: number): string {
  const { id, title, parties, about, since, text, resolved } = row;
  const between = listed(
    parties.map((name) => markdownLine(name, 60)),
    6,
  );
  const what = `${clockTime(since - startedAt)} **${title}** (conflict ${id}, ${between}): ${markdownLine(about, 300)}`;
  if (resolved === null) return `- ${what} **Never resolved.**`;
  const by = resolved.rule === 'person' ? ` (${markdownLine(resolved.by, 60)})` : '';
  return `- ${what} **Decided** ${text}${by}: ${markdownLine(resolved.reason, 300)}`;
}
