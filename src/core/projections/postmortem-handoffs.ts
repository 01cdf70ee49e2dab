import type { RunState } from '../state.ts';
import { handoffRows, handoffWords } from './handoffs.ts';
import { markdownTable } from './markdown-table.ts';
import { markdownLine } from './safe-text.ts';
import { duration } from './words.ts';

const maxRows = 60;

/** What modules gave each other, how each of it went, and who waited for it. */
export function handoffTable(state: RunState): string[] {
  const rows = handoffRows(state, state.at);
  const title = ['## Handoffs one by one', ''];
  if (rows.length === 0) {
    const why =
      'The plan foresaw none, no builder asked for one, and nothing was sealed on whose stub another module was built.';
    return [...title, why];
  }
  const more = rows.length > maxRows ? ['', `… and ${rows.length - maxRows} more`] : [];
  const cells = rows
    .slice(0, maxRows)
    .map((row) => [
      row.from,
      row.to,
      markdownLine(row.items.join(', '), 120),
      row.planned ? 'by the plan' : 'no',
      String(row.partials),
      markdownLine(handoffWords(row)),
      row.waitedMs === 0 ? '' : duration(row.waitedMs),
    ]);
  const header = ['from', 'to', 'what', 'foreseen', 'parts', 'how it ended', 'waited'];
  return [...title, ...markdownTable(header, cells), ...more];
}
