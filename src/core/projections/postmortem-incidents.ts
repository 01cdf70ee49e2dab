import type { IntegrationFailed, RunEvent } from '../events.ts';
import { evidenceLine } from './evidence-words.ts';
import { happening } from './happening.ts';
import { nodeName } from './node-words.ts';
import { markdownLine } from './safe-text.ts';
import { clockTime } from './figures.ts';
import { listed } from './words.ts';

const maxEntries = 100;

/** Under which heading an event is told, where it did not go as planned. */
const headings: Readonly<Partial<Record<RunEvent['type'], string>>> = {
  'integration-failed': 'Integration failures',
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
    const says =
      event.type === 'integration-failed'
        ? integrationWords(event)
        : markdownLine(happening(event)?.says ?? event.type, 500);
    groups.get(title)?.push(`- ${clockTime(event.at - startedAt)} ${says}`);
  }
  const lines = [...groups].flatMap(([title, entries]) =>
    entries.length === 0 ? [] : ['', `### ${title}`, '', ...bounded(entries)],
  );
  return lines.length === 0 ? [] : ['## What went wrong', ...lines];
}

function integrationWords(event: IntegrationFailed): string {
  const { gate, check, between, blamed, how, reason, evidence } = event;
  const what = `${nodeName(gate)}, ${markdownLine(check, 60)}`;
  const pair = `between ${listed(between, 10)}; ${blamed} was reopened (${howWords[how]})`;
  const proof = markdownLine(evidenceLine(evidence), 400);
  return `${what}: ${pair}: ${markdownLine(reason, 300)} ${proof}`.trimEnd();
}

const howWords = {
  declared: 'the check names them',
  stubs: 'found with stubs',
  integrator: "by the integrator's judgement",
} as const;

/** What people decided, and with which words. */
export function decisions(events: readonly RunEvent[]): string[] {
  const startedAt = events[0]?.at ?? 0;
  const lines = events.filter(isDecision).map((event) => {
    const subject = 'submission' in event ? `, subject \`${event.submission}\`` : '';
    const says = markdownLine(happening(event)?.says ?? event.type, 500);
    return `- ${clockTime(event.at - startedAt)} ${says}${subject}`;
  });
  return lines.length === 0 ? [] : ['## Decisions of people', '', ...bounded(lines)];
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
