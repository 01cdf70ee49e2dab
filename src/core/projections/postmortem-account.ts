import { poolKinds } from '../plan/plan.ts';
import type { RunState } from '../state.ts';
import type { Account } from './account-shape.ts';
import { howWords, idleWords, stepWords } from './account-words.ts';
import { checklist } from './checklist.ts';
import { evidenceLine } from './evidence-words.ts';
import { sourceWords } from './amendment-words.ts';
import { conflictKindWords, decisionWords, ruleWords } from './conflicts.ts';
import { spentMoney } from './money-known.ts';
import { clockTime, tokens } from './figures.ts';
import type { Insight } from './insights.ts';
import { markdownTable } from './markdown-table.ts';
import { nodeName } from './node-words.ts';
import type { PathStep } from './measured-path.ts';
import { promptDeltas } from './prompt-deltas.ts';
import { markdownLine, oneLine } from './safe-text.ts';
import type { Replayed } from './timeline.ts';
import { counted, duration, listed } from './words.ts';

const mostRows = 100;

const section = (title: string, lines: readonly string[], empty: string): string[] => [
  `## ${title}`,
  '',
  ...(lines.length === 0 ? [empty] : lines),
];

/** What was decomposed into what. */
export function decomposition({ plan }: Account, state: RunState): string[] {
  const { hard, soft, feedback, resource } = plan.dependencies;
  const documents = plan.documents === 0 ? '' : `, ${plan.documents} of them documents`;
  const tiers = plan.tiers.map(({ id, modules }) => `${id} (${modules})`);
  const streams = state.plan.streams.map(({ title }) => markdownLine(title, 40));
  return section(
    'What it was made of',
    [
      `- ${counted(plan.modules, 'module')}${documents}, in ${counted(plan.streams, 'stream')}: ${listed(streams, 12)}`,
      `- ${plan.tiers.length === 0 ? 'No tiers' : `Tiers: ${listed(tiers, 12)}`}; ${counted(plan.gates, 'gate')} beside them`,
      `- Dependencies: ${hard} hard, ${soft} soft, ${feedback} feedback; ${counted(resource, 'use')} of resources`,
    ],
    '',
  );
}

/** What decided when it ended, and what streams waited for. */
export function timeAccount({ time, streams, pools }: Account, state: RunState): string[] {
  const { firstWorkingMs, criticalPath } = time;
  const titles = new Map(state.plan.streams.map(({ id, title }) => [id, title]));
  const onPath = criticalPath.reduce((sum, { ms }) => sum + ms, 0);
  return [
    '## Where the time went',
    '',
    `${firstWorkingMs === null ? 'There was no working build.' : `First working build after ${duration(firstWorkingMs)}.`} Building took ${duration(time.buildMs)} of builders' time, judging ${duration(time.judgeMs)} of reviewers'. Ready work stood beside a free place without a named hold for ${duration(pools.unheldMs)}.`,
    '',
    '### The chain that decided the end',
    '',
    ...(criticalPath.length === 0
      ? ['Nothing took any time.']
      : [
          ...markdownTable(['At', 'What', '', 'Took'], criticalPath.slice(-mostRows).map(stepRow)),
          '',
          `${duration(onPath)} of ${duration(time.elapsedMs)}.`,
        ]),
    '',
    '### Streams',
    '',
    ...markdownTable(
      ['Stream', 'Worked on', 'Unfinished, and nobody at work'],
      streams.map(({ id, busyMs, idleMs }) => [
        markdownLine(titles.get(id) ?? id, 60),
        duration(busyMs),
        idleWords(idleMs),
      ]),
    ),
  ];
}

const stepRow = ({ node, doing, attempt, fromMs, ms }: PathStep): string[] => [
  clockTime(fromMs),
  markdownLine(nodeName(node)),
  `${stepWords(doing)}${attempt > 1 ? ` (attempt ${attempt})` : ''}`,
  duration(ms),
];

/** Where defects were caught: alone, or only together. */
export function defects({ caughtByEvaluators, caughtByIntegration }: Account): string[] {
  const alone = caughtByEvaluators.map(
    ({ module, attempt, verdict, summary, evidence, mendedBy }) => [
      module,
      attempt,
      verdict,
      markdownLine(evidenceLine(evidence) || summary, 240),
      mendedBy === null ? 'not' : `attempt ${mendedBy}`,
    ],
  );
  const together = caughtByIntegration.map(
    ({ gate, check, between, blamed, how, atMs, reason, evidence }) =>
      `- ${clockTime(atMs)} ${nodeName(gate)}, ${markdownLine(check, 60)}: between ${listed(between, 10)}; ${blamed} was reopened (${howWords(how)}): ${markdownLine(reason, 300)} ${markdownLine(evidenceLine(evidence), 400)}`.trimEnd(),
  );
  return [
    '## Defects that gates caught',
    '',
    '### By evaluators',
    '',
    ...(alone.length === 0
      ? ['None: every submission passed at its own gate at the first attempt, or none was judged.']
      : markdownTable(
          ['Module', 'Attempt', 'Verdict', 'What', 'Mended by'],
          alone.slice(0, mostRows),
        )),
    '',
    '### By integration',
    '',
    ...(together.length === 0
      ? ['None: what passed alone did not fail together, or was not composed.']
      : together.slice(0, mostRows)),
  ];
}

/** Each new version and each reopening, with its reason. */
export function changes({ amendments, reopenings }: Account): string[] {
  const lines = [
    ...amendments.map(({ module, version, source, reason, by, atMs }) => ({
      atMs,
      says: `${module} contract v${version} (${sourceWords(source)}; ${markdownLine(by, 60)}): ${markdownLine(reason, 500)}`,
    })),
    ...reopenings.map(({ module, cause, reason, by, atMs }) => ({
      atMs,
      says: `${module} reopened (${cause}, ${markdownLine(by, 60)}): ${markdownLine(reason, 500)}`,
    })),
  ];
  return section(
    'Amendments and reopenings',
    lines
      .sort((a, b) => a.atMs - b.atMs)
      .slice(0, mostRows)
      .map(({ atMs, says }) => `- ${clockTime(atMs)} ${says}`),
    'None: every contract stayed as it was written, and no seal was opened again.',
  );
}

export function exchanges({ handoffs, conflicts }: Account): string[] {
  const { requested, partial, received, withdrawn, open, medianMs, longestMs, waitedMs } = handoffs;
  const lines = [
    ...(requested === 0
      ? []
      : [
          `- ${counted(requested, 'handoff')}: ${received} received, ${withdrawn} withdrawn, ${open} open, ${partial} deliveries in part`,
          `- From request to receipt: ${medianMs === null ? 'none was received' : `${duration(medianMs)} in the middle, ${duration(longestMs ?? 0)} at most`}; builders waited ${duration(waitedMs)} for them`,
        ]),
    ...conflicts.slice(0, mostRows).map(({ kind, about, rule, decision, reason }) => {
      const how =
        rule === null || decision === null
          ? 'not decided'
          : `decided ${ruleWords(rule)}: ${decisionWords(decision)}.`;
      return `- ${conflictKindWords(kind)}: ${markdownLine(about, 200)}: ${how} ${markdownLine(reason, 300)}`.trimEnd();
    }),
  ];
  return section(
    'Handoffs and conflicts',
    lines,
    'None: nothing was handed over, and nothing was disputed.',
  );
}

export function poolSpending({ spending }: Account): string[] {
  return markdownTable(
    ['Pool', 'Tokens', 'Money', 'Turns'],
    poolKinds.map((pool) => {
      const { tokens: count, microUsd, turns } = spending.byPool[pool];
      return [pool, tokens(count), spentMoney(microUsd, spending.money.byPool[pool]), turns];
    }),
  );
}

export function nextTime(account: Account, state: RunState): string[] {
  return section(
    'What to write otherwise next time',
    promptDeltas(account, state).map(
      ({ where, change, because }) =>
        `- **${markdownLine(where, 200)}**: ${markdownLine(change, 300)}. Because: ${markdownLine(because, 400)}`,
    ),
    'Nothing: no verdict, amendment or ended attempt points at a text.',
  );
}

const answers = { true: 'yes', false: 'no', null: 'not applicable', unknown: 'not known' } as const;
const moments = {
  ...{ before: 'Before', during: 'During', handoff: 'Handoffs', completion: 'Completion' },
} as const;

export function checklistTable(account: Account, replayed: Replayed): string[] {
  return [
    '## Checklist',
    '',
    ...markdownTable(
      ['When', 'Question', 'Answer', 'Figure'],
      checklist(account, replayed).map(({ when, asks, answer, figure }) => [
        ...[moments[when], asks, answers[`${answer}`]],
        oneLine(figure, 500).replaceAll('|', '/'),
      ]),
    ),
  ];
}

export function insightList(notes: readonly Insight[]): string[] {
  return [
    '## Insights',
    '',
    'Kept as notes in `.ce-workspace/knowledge`:',
    '',
    ...notes.map(({ file, type, title }) => `- \`${file}\` (${type}): ${markdownLine(title, 200)}`),
  ];
}
