import type { RunEvent } from '../events.ts';
import type { RunId } from '../ids.ts';
import { inEnglish } from '../language.ts';
import { wayWords } from '../way.ts';
import type { Account } from './account-shape.ts';
import { accountOf } from './account.ts';
import { chronicle, type Chronicle } from './chronicle.ts';
import { tokens } from './figures.ts';
import { forgeLine, quietText } from './forge-text.ts';
import { markdownTable } from './markdown-table.ts';
import { spentMoney } from './money-known.ts';
import { changesMade, defectsFound } from './pull-request-changes.ts';
import { gateTable, moduleTable } from './pull-request-tables.ts';
import { oneLine } from './safe-text.ts';
import { counted, duration } from './words.ts';

/** What is known of a pull request besides its run. */
export interface PullRequestFacts {
  /** What is to be merged. */
  readonly commit: string;
  /** Commits that people put on top of what the run delivered. */
  readonly onTop: number;
  /** What was found whole when it was prepared. */
  readonly verified: { readonly events: number; readonly seals: number };
}

export interface PullRequestText {
  readonly title: string;
  /** Markdown. */
  readonly body: string;
}

/** How much of each part is told. */
export interface Bounds {
  readonly rows: number;
  readonly chars: number;
}

/** Forges take 65,536 characters. */
const maxBodyChars = 60_000;
const maxTitleChars = 100;
const shownPaths = 10;

const bounds: readonly Bounds[] = [
  { rows: 200, chars: 200 },
  { rows: 80, chars: 120 },
  { rows: 30, chars: 80 },
];

/**
 * What a run has to say for itself where its result is to be merged: title and body, from its journal
 * alone. null where there are no events.
 */
export function pullRequestText(
  events: readonly RunEvent[],
  facts: PullRequestFacts,
): PullRequestText | null {
  // It is read by others than this window's people.
  return inEnglish(() => {
    const accounted = accountOf(events);
    const replayed = chronicle(events);
    if (accounted === null || replayed === null) return null;
    const bodies = bounds.map((bound) => bodyOf(replayed, accounted.account, facts, bound));
    const body = bodies.find(({ length }) => length <= maxBodyChars) ?? bodies.at(-1) ?? '';
    return { title: titleOf(replayed), body };
  });
}

function titleOf({ state: { plan } }: Chronicle): string {
  const { name, purpose } = plan.artifact;
  const sentence = purpose.split(/(?<=[.;!?])\s/, 1)[0] ?? purpose;
  return oneLine(quietText(`${name}: ${oneLine(sentence, 400).replace(/\.$/, '')}`), maxTitleChars);
}

function bodyOf(
  replayed: Chronicle,
  account: Account,
  facts: PullRequestFacts,
  bound: Bounds,
): string {
  const sections = [
    goal(replayed, facts, bound),
    moduleTable(replayed, bound),
    gateTable(replayed, bound),
    changesMade(account, bound),
    defectsFound(account, bound),
    accountTable(account),
    howToVerify(replayed.state.run, replayed, facts),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function goal({ state }: Chronicle, { onTop }: PullRequestFacts, { chars }: Bounds): string[] {
  const { plan, base } = state;
  const { purpose, success } = plan.artifact;
  const lines = [
    '## Goal',
    '',
    forgeLine(purpose, 3 * chars),
    '',
    `**It is reached when** ${forgeLine(success, 2 * chars)}`,
    '',
    `Built module by module from a plan, in run \`${state.run}\`: each module by an agent of its own, judged by tests that stood before it was written.`,
  ];
  if (base.dirty) {
    const shown = base.dirtyPaths.slice(0, shownPaths).map((path) => forgeLine(path, 120));
    const left = base.dirtyCount - shown.length;
    const names = `${shown.join(', ')}${left > 0 ? ` and ${left} more` : ''}`;
    lines.push(
      '',
      `**The first commit holds what was not committed when the run started:** ${counted(base.dirtyCount, 'path')} (${names}).`,
    );
  }
  if (onTop > 0) {
    lines.push('', `**${counted(onTop, 'commit')} on top of what the run delivered**, by people.`);
  }
  return lines;
}

function accountTable({ way, time, spending, attempts, verdicts, plan }: Account): string[] {
  const { activeMs, elapsedMs, sequentialMs, speedup } = time;
  const awaited = elapsedMs - activeMs;
  const faster = speedup === null ? '' : `, ${speedup.toFixed(1)} times as long`;
  return [
    '## Account',
    '',
    ...markdownTable(
      ['', ''],
      [
        ['Way', wayWords[way]],
        ['Modules', plan.modules],
        [
          'Time',
          `${duration(activeMs)}${awaited < 1_000 ? '' : `, and ${duration(awaited)} waiting for nothing but a person`}`,
        ],
        ['The same work one after the other', `${duration(sequentialMs)}${faster}`],
        ['Submissions', attempts.submissions],
        [
          'Verdicts',
          `${verdicts.PASS} PASS, ${verdicts.NEEDS_REVISION} NEEDS_REVISION, ${verdicts.FAIL} FAIL`,
        ],
        ['Tokens', tokens(spending.total.tokens)],
        ['Cost', spentMoney(spending.total.microUsd, spending.money.total)],
      ].map((row) => row.map(String)),
    ),
  ];
}

function howToVerify(run: RunId, { state }: Chronicle, facts: PullRequestFacts): string[] {
  const { events, seals } = facts.verified;
  const since = state.base.head === null ? facts.commit : `${state.base.head}..${facts.commit}`;
  const checks =
    state.sandbox.kind === 'none' ? 'without a sandbox' : `in a sandbox (${state.sandbox.kind})`;
  return [
    '## How to verify',
    '',
    'Where the run was made, in the folder with its `.ce-workspace`:',
    '',
    '```sh',
    `ashlar verify ${run}   # journal unbroken, every seal as it was sealed`,
    `ashlar report ${run}   # what happened, from the first event to the last`,
    `git log ${since}`,
    '```',
    '',
    `Whole when this was written: ${counted(events, 'event')}, ${counted(seals, 'seal')}. That finds accidents and edits, not somebody who rewrote all of it. Each commit names its run, module and sealed tree. Checks ran ${checks}.`,
  ];
}
