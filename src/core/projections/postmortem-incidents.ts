import type { RunEvent } from '../events.ts';
import { happening } from './happening.ts';
import { markdownLine } from './safe-text.ts';
import { clockTime } from './figures.ts';

const maxEntries = 100;

/** Under which heading an event is told, where it did not go as planned. */
const headings: Readonly<Partial<Record<RunEvent['type'], string>>> = {
  'gate-blocked': 'Blocked gates',
  'delivery-failed': 'Blocked gates',
  'check-unstable': 'Unstable checks',
  'module-escalated': 'Escalations',
  'module-abandoned': 'Escalations',
  'late-result-rejected': 'Late results',
  'budget-exhausted': 'Budgets used up',
};

/** What did not go as planned between modules, checks and agents. */
export function incidents(events: readonly RunEvent[]): string[] {
  const startedAt = events[0]?.at ?? 0;
  const groups = new Map(
    [...new Set(Object.values(headings))].map((title) => [title, [] as string[]]),
  );
  for (const event of events) {
    const title = headings[event.type];
    if (title === undefined) continue;
    const says = markdownLine(happening(event)?.says ?? event.type, 500);
    groups.get(title)?.push(`- ${clockTime(event.at - startedAt)} ${says}`);
  }
  const lines = [...groups].flatMap(([title, entries]) =>
    entries.length === 0 ? [] : ['', `### ${title}`, '', ...bounded(entries)],
  );
  const none = [
    '',
    'Nothing: no gate was blocked, no check unstable, no budget used up, no result late.',
  ];
  return ['## What went wrong', ...(lines.length === 0 ? none : lines)];
}

/** What people decided, and with which words. */
export function decisions(events: readonly RunEvent[]): string[] {
  const startedAt = events[0]?.at ?? 0;
  const lines = events.filter(isDecision).map((event) => {
    const subject = 'submission' in event ? `, subject \`${event.submission}\`` : '';
    const says = markdownLine(happening(event)?.says ?? event.type, 500);
    return `- ${clockTime(event.at - startedAt)} ${says}${subject}`;
  });
  const none = ['None: nobody was asked, and nobody changed anything.'];
  return ['## Decisions of people', '', ...(lines.length === 0 ? none : bounded(lines))];
}

const decided: ReadonlySet<RunEvent['type']> = new Set([
  'approval-given',
  'approval-refused',
  'run-paused',
  'run-resumed',
  'run-cancelled',
  'run-reopened',
  'plan-changed',
]);

const isDecision = (event: RunEvent): boolean =>
  decided.has(event.type) || (event.type === 'contract-amended' && event.source === 'person');

function bounded(lines: readonly string[]): string[] {
  if (lines.length <= maxEntries) return [...lines];
  return [...lines.slice(0, maxEntries), `- … and ${lines.length - maxEntries} more`];
}
