import type { ConflictDecision } from '../conflict.ts';
import type { RunState } from '../state.ts';
import type { Account, Caught } from './account-shape.ts';
import { sourceWords } from './amendment-words.ts';
import { conflictKindWords, decisionWords, ruleWords } from './conflicts.ts';
import { isWork } from './doing.ts';
import { evidencePlace } from './evidence-words.ts';
import { tokens } from './figures.ts';
import { spentMoney } from './money-known.ts';
import { markdownTable } from './markdown-table.ts';
import { nodeName } from './node-words.ts';
import { promptDeltas } from './prompt-deltas.ts';
import { markdownLine, oneLine } from './safe-text.ts';
import type { Replayed } from './timeline.ts';
import { duration, listed, utcTime } from './words.ts';

/** What was learned, kept as a note for later runs. */
export interface Insight {
  /** File name: `<date>-<run>-<slug>.md`. */
  readonly file: string;
  readonly type: InsightType;
  readonly title: string;
  /** Markdown with front matter. */
  readonly text: string;
}

export type InsightType =
  /** a run as a whole, from which the others are linked */
  | 'run'
  /** a defect that a gate found, and what mended it */
  | 'pitfall'
  | 'contract-lesson'
  | 'integration-lesson'
  | 'conflict-lesson'
  /** what modules were planned to take, and took */
  | 'estimate';

interface Draft {
  readonly slug: string;
  readonly type: InsightType;
  readonly title: string;
  readonly tags: readonly string[];
  readonly body: readonly string[];
}

/** More would be a second journal. The first of each kind tell most. */
const mostOfAKind = 12;

/** A run's notes, the one of the whole run first; the same journal gives the same notes. */
export function insights(account: Account, { state, timeline }: Replayed): Insight[] {
  const drafts = [
    ...pitfalls(account, state),
    ...contractLessons(account),
    ...integrationLessons(account),
    ...conflictLessons(account),
    ...estimates(state, timeline),
  ];
  const overview = runNote(account, state, drafts);
  const all = [overview, ...drafts];
  return all.map((draft) => noted(draft, state, linksOf(draft, overview, drafts)));
}

const bounded = <Item>(items: readonly Item[]): readonly Item[] => items.slice(0, mostOfAKind);

/** One for each module and attempt that did not pass at its own gate. */
function pitfalls({ caughtByEvaluators }: Account, state: RunState): Draft[] {
  return bounded(caughtByEvaluators).map((caught, at) => {
    const { module, attempt, verdict, summary, evidence } = caught;
    const first = evidence[0];
    const says = first === undefined ? summary : first.says;
    const places = evidence.map((piece) => {
      const place = evidencePlace(piece);
      return `- ${markdownLine(place || piece.kind, 200)}: ${markdownLine(piece.says, 500)}`;
    });
    return {
      slug: `pitfall-${at + 1}-${module}`,
      type: 'pitfall',
      title: `${module}: ${oneLine(says, 120) || verdict}`,
      tags: [module, streamOf(state, module), 'defect'],
      body: [
        `Attempt ${attempt} at **${module}** was judged ${verdict}.`,
        '',
        ...(summary === '' ? [] : [markdownLine(summary, 500), '']),
        ...(places.length === 0 ? [] : ['## Evidence', '', ...places, '']),
        '## What mended it',
        '',
        mendedBy(caught, state),
      ],
    };
  });
}

function mendedBy({ module, mendedBy: attempt }: Caught, state: RunState): string {
  if (attempt === null) return 'Nothing, in this run.';
  const node = state.graph.moduleIndex.get(module) ?? 0;
  const { seal } = state.modules.get(node);
  const said = seal?.attempt === attempt ? markdownLine(seal.summary, 800) : '';
  return `Attempt ${attempt} passed. ${said}`.trimEnd();
}

function contractLessons({ amendments }: Account): Draft[] {
  const own = amendments.filter(({ source }) => source !== 'earlier-run');
  return bounded(own).map(({ module, version, source, reason, by }) => ({
    slug: `contract-${module}-v${version}`,
    type: 'contract-lesson',
    title: `${module}: its contract became version ${version}`,
    tags: [module, 'contract', source],
    body: [
      `The contract of **${module}** was amended (${sourceWords(source)}; by ${markdownLine(by, 60)}).`,
      '',
      `Reason: ${markdownLine(reason, 1_000)}`,
      '',
      'Write it so from the start.',
    ],
  }));
}

function integrationLessons({ caughtByIntegration }: Account): Draft[] {
  return bounded(caughtByIntegration).map((each, at) => {
    const { gate, check, between, blamed, reason, evidence } = each;
    return {
      slug: `integration-${at + 1}-${blamed}`,
      type: 'integration-lesson',
      title: `${listed(between, 3)} did not fit together at ${nodeName(gate)}`,
      tags: [...between.slice(0, 5), 'integration'],
      body: [
        `${nodeName(gate)}, check ${markdownLine(check, 60)}: ${listed(between, 10)} passed alone and failed together; **${blamed}** was reopened.`,
        '',
        markdownLine(reason, 1_000),
        '',
        ...evidence.map(
          (piece) =>
            `- ${markdownLine(evidencePlace(piece), 200)}: ${markdownLine(piece.says, 500)}`,
        ),
        '',
        'Both contracts should test this seam.',
      ],
    };
  });
}

function conflictLessons({ conflicts }: Account): Draft[] {
  return bounded(conflicts).map(({ kind, about, rule, decision, reason }, at) => ({
    slug: `conflict-${at + 1}`,
    type: 'conflict-lesson',
    title: `${conflictKindWords(kind)}: ${oneLine(about, 120)}`,
    tags: ['conflict', kind],
    body: [
      `${conflictKindWords(kind)}: ${markdownLine(about, 300)}.`,
      '',
      rule === null
        ? 'It was not decided.'
        : `Decided ${ruleWords(rule)}${decided(decision)}. ${markdownLine(reason, 1_000)}`.trimEnd(),
    ],
  }));
}

const decided = (decision: ConflictDecision | null): string =>
  decision === null ? '' : `: ${decisionWords(decision)}`;

function estimates(state: RunState, timeline: Replayed['timeline']): Draft[] {
  const rows = state.plan.modules.flatMap(({ id, estimate }, node) => {
    const { seal, attempt } = state.modules.get(node);
    if (seal === null || seal.attempt === 0) return [];
    const lane = timeline.lanes.get(node);
    const tookMs = lane.reduce((sum, { doing, ms }) => sum + (isWork(doing) ? ms : 0), 0);
    const planned = estimate.minutes + estimate.review;
    return [[id, planned, Number((tookMs / 60_000).toFixed(2)), attempt] as const];
  });
  if (rows.length === 0) return [];
  const head = ['Module', 'Planned min', 'Measured min', 'Attempts'];
  return [
    {
      slug: 'estimates',
      type: 'estimate',
      title: 'What modules were planned to take, and took',
      tags: ['estimate'],
      body: markdownTable(head, rows.slice(0, 200)),
    },
  ];
}

function runNote(account: Account, state: RunState, drafts: readonly Draft[]): Draft {
  const { time, attempts, outcome } = account;
  const deltas = promptDeltas(account, state).slice(0, 20);
  const { spent } = state;
  return {
    slug: 'run',
    type: 'run',
    title: `${oneLine(account.artifact, 80)}: ${outcome ?? 'unfinished'}`,
    tags: ['run', oneLine(state.plan.artifact.kind, 40)],
    body: [
      `${state.sealed} of ${account.plan.modules} modules sealed in ${duration(time.elapsedMs)}; ${
        time.speedup === null
          ? 'too little was done to compare'
          : `${time.speedup.toFixed(1)} times as fast as one after the other`
      }. ${attempts.submissions} submissions, ${attempts.integrationFailures} integration failures, ${tokens(spent.tokens)} tokens, ${spentMoney(spent.microUsd, account.spending.money.total)}.`,
      '',
      '## Next time',
      '',
      ...(deltas.length === 0
        ? ['Nothing was found that a contract or the plan should say otherwise.']
        : deltas.map(
            ({ where, change, because }) =>
              `- ${markdownLine(where, 200)}: ${markdownLine(change, 300)} (${markdownLine(because, 300)})`,
          )),
      '',
      drafts.length === 0 ? 'No other note was kept of it.' : 'Its notes are linked below.',
    ],
  };
}

/** The run's note links all; the others link it, and those that share a tag of a module. */
function linksOf(draft: Draft, overview: Draft, drafts: readonly Draft[]): Draft[] {
  if (draft === overview) return [...drafts];
  const near = drafts.filter((each) => each !== draft && each.tags[0] === draft.tags[0]);
  return [overview, ...near.slice(0, 5)];
}

/** The title of its stream. */
function streamOf({ plan }: RunState, module: string): string {
  const id = plan.modules.find((each) => each.id === module)?.stream;
  return plan.streams.find((each) => each.id === id)?.title ?? '';
}

function noted(draft: Draft, state: RunState, links: readonly Draft[]): Insight {
  const date = utcTime(state.startedAt).slice(0, 10);
  const nameOf = ({ slug }: Draft): string => `${date}-${state.run}-${slug}`;
  const linked = links.map((each) => `[[${nameOf(each)}]]`);
  const list = (texts: readonly string[]): string =>
    `[${texts
      .filter((text) => text !== '')
      .map((text) => JSON.stringify(oneLine(text, 200)))
      .join(', ')}]`;
  const lines = [
    '---',
    `date: ${date}`,
    `type: ${draft.type}`,
    `run: ${JSON.stringify(state.run)}`,
    `artifact: ${JSON.stringify(oneLine(state.plan.artifact.name, 200))}`,
    `tags: ${list([...new Set(draft.tags)])}`,
    `links: ${list(linked)}`,
    '---',
    '',
    `# ${markdownLine(draft.title, 200)}`,
    '',
    ...draft.body,
    '',
    `See ${linked.join(', ')}${linked.length === 0 ? 'the journal of the run' : ''}.`,
  ];
  const file = `${nameOf(draft)}.md`;
  return {
    file,
    type: draft.type,
    title: oneLine(draft.title, 200),
    text: `${lines.join('\n')}\n`,
  };
}
