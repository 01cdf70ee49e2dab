import type { RecordInsights } from './commands/agent-result.ts';
import type { Deciding } from './deciding.ts';

/** More than these nobody weighs. */
export const mostInsights = 5;

/** What an agent was given is told when it begins; of work that has ended nothing more is taken. */
export function recordInsights(deciding: Deciding, command: RecordInsights): void {
  const { order, agent, module, role, attempt } = command;
  const notes = command.notes.slice(0, mostInsights);
  if (notes.length === 0 || !deciding.state.reservations.has(order)) return;
  deciding.emit({ type: 'insights-given', order, agent, module, role, attempt, notes });
}
