import type { RunEvent } from '../events.ts';
import { inEnglish } from '../language.ts';
import type { RunState } from '../state.ts';
import type { Account } from './account-shape.ts';
import { accountOf } from './account.ts';
import { insights, type Insight } from './insights.ts';
import {
  changes,
  checklistTable,
  decomposition,
  defects,
  exchanges,
  insightList,
  nextTime,
  timeAccount,
} from './postmortem-account.ts';
import { handoffTable } from './postmortem-handoffs.ts';
import { conflicts } from './postmortem-conflicts.ts';
import { lessons } from './postmortem-lessons.ts';
import { figures } from './postmortem-figures.ts';
import { moduleHistories } from './postmortem-modules.ts';
import { decisions, incidents } from './postmortem-incidents.ts';
import { runStatus, type RunStatus } from './run-status.ts';
import { markdownLine } from './safe-text.ts';
import type { Replayed } from './timeline.ts';
import { utcTime } from './words.ts';
import { wayWords } from '../way.ts';

/**
 * The report that closes every run, as Markdown, from its journal alone. What agents, checks and
 * people wrote is quoted as text: it cannot draw headings, links or HTML into the report.
 */
export function postmortem(state: RunState, events: readonly RunEvent[]): string {
  return closing(state, events).postmortem;
}

/** All that is written when a run ends: its report and its notes. */
interface Closing {
  readonly postmortem: string;
  readonly insights: readonly Insight[];
}

/** Both from one account, in English whoever drives the run: others read them too. */
export const closing = (state: RunState, events: readonly RunEvent[]): Closing =>
  inEnglish(() => closingOf(state, events));

function closingOf(state: RunState, events: readonly RunEvent[]): Closing {
  const until = events.filter(({ seq }) => seq <= state.seq);
  const accounted = accountOf(until);
  if (accounted === null) throw new Error('a postmortem needs the events of its run');
  const { account, replayed } = accounted;
  const notes = insights(account, replayed);
  return { postmortem: written(account, replayed, until, notes), insights: notes };
}

function written(
  account: Account,
  replayed: Replayed,
  events: readonly RunEvent[],
  notes: readonly Insight[],
): string {
  const { state } = replayed;
  const status = runStatus(replayed, state.at);
  const sections = [
    opening(state, status),
    checklistTable(account, replayed),
    decomposition(account, state),
    figures(replayed, status, account),
    timeAccount(account, state),
    moduleHistories(replayed, events, account),
    defects(account),
    changes(account),
    exchanges(account),
    handoffTable(state),
    conflicts(state),
    incidents(events),
    decisions(events),
    lessons(replayed, status, account),
    nextTime(account, state),
    insightList(notes),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function opening(state: RunState, status: RunStatus): string[] {
  const { base, sandbox, plan } = state;
  const outcome = status.outcome ?? 'unfinished';
  const checks =
    sandbox.kind === 'none'
      ? `without a sandbox (asked for: ${sandbox.mode})`
      : `in a sandbox (${sandbox.kind})`;
  return [
    `# ${plan.artifact.name}: ${outcome}`,
    '',
    `Run \`${state.run}\`, ${utcTime(state.startedAt)} to ${utcTime(state.at)}.`,
    '',
    `- **Outcome:** ${outcome}${status.reason === '' ? '' : `: ${markdownLine(status.reason, 400)}`}`,
    `- **Result:** ${delivered(status)}`,
    `- **Sealed:** ${status.sealed} of ${status.modules.length} modules`,
    `- **Purpose:** ${markdownLine(plan.artifact.purpose, 400)}`,
    `- **Success means:** ${markdownLine(plan.artifact.success, 400)}`,
    `- **Base:** ${baseWords(base)}`,
    `- **Way:** ${wayWords[state.way]}`,
    `- **Checks ran** ${checks}`,
  ];
}

function delivered({ delivered: to, outcome }: RunStatus): string {
  if (to === null) {
    return outcome === 'complete' ? 'not recorded' : 'not delivered; seals stay in the store';
  }
  const commit = to.commit === null ? '' : `, commit \`${to.commit.slice(0, 12)}\``;
  return `${to.kind} ${markdownLine(to.name)}${commit}`;
}

function baseWords({ head, branch, dirty, dirtyCount, files }: RunState['base']): string {
  const from = head === null ? 'files without a commit' : `commit \`${head.slice(0, 12)}\``;
  const on = branch === null ? '' : ` of ${markdownLine(branch)}`;
  const changes = dirty ? `, with ${dirtyCount} changed paths that were not committed` : '';
  return `${from}${on}${changes}, ${files} files`;
}
