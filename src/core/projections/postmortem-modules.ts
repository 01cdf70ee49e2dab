import type { RunEvent } from '../events.ts';
import type { VerdictGiven } from '../events/judging.ts';
import { modulePlan } from '../graph.ts';
import type { ModuleState } from '../module-state.ts';
import { evidencePlace } from './evidence-words.ts';
import { happening } from './happening.ts';
import { insightsUsed, readersWords, type UsedInsight } from './insights-used.ts';
import { markdownTable } from './markdown-table.ts';
import { moduleStatus } from './module-status.ts';
import { isWork } from './doing.ts';
import { markdownBlock, markdownLine, severalLines } from './safe-text.ts';
import { nodeOfEvent, type Replayed, type Span } from './timeline.ts';
import type { Account } from './account-shape.ts';
import { spentMoney } from './money-known.ts';
import { clockTime, tokens } from './figures.ts';
import { duration } from './words.ts';

/** How much of a module's history is told; the journal has all of it. */
const maxEntries = 60;
const maxEvidence = 3;
const maxInsights = 20;

/** A table of all modules, and the history of each that was not simply built and sealed. */
export function moduleHistories(
  { state, timeline }: Replayed,
  events: readonly RunEvent[],
  { spending }: Account,
) {
  const byNode = new Map<number, RunEvent[]>();
  for (const event of events) {
    const node = nodeOfEvent(state, event);
    if (node === null || node >= state.graph.modules) continue;
    const known = byNode.get(node);
    if (known === undefined) byNode.set(node, [event]);
    else known.push(event);
  }
  const rows = state.plan.modules.map(({ id, estimate }, node) => {
    const { attempt, contract, spent } = state.modules.get(node);
    const lane = timeline.lanes.get(node);
    const known = spending.byModule[node]?.money ?? 'known';
    return [
      id,
      markdownLine(moduleStatus(state, node).text),
      attempt,
      `v${contract.version}`,
      duration(timeOf(lane, 'building')),
      duration(timeOf(lane, 'judging')),
      duration(idleOf(lane)),
      duration((estimate.minutes + estimate.review) * 60_000),
      `${tokens(spent.tokens)}, ${spentMoney(spent.microUsd, known)}`,
    ];
  });
  const lines = [
    '## Modules',
    '',
    ...markdownTable(
      ['Module', 'State', 'Attempts', 'Contract', 'Built', 'Judged', 'Waited', 'Estimate', 'Cost'],
      rows,
    ),
  ];
  for (const [node, own] of byNode) {
    const module = state.modules.get(node);
    lines.push('', ...history(module, modulePlan(state.plan, node).purpose, own, state.startedAt));
    lines.push(...attemptTimes(timeline.lanes.get(node)));
  }
  return lines;
}

function history(
  { id, seal }: ModuleState,
  purpose: string,
  events: readonly RunEvent[],
  startedAt: number,
): string[] {
  const lines = [`### ${id}`, '', markdownLine(purpose, 400), ''];
  if (seal !== null) lines.push(`Seal \`${seal.digest}\`, contract v${seal.version}.`, '');
  lines.push(...given(insightsUsed(events.filter((event) => event.type === 'insights-given'))));
  const told = events.filter((event) => happening(event)?.weight !== 'detail');
  for (const event of told.slice(0, maxEntries)) {
    const happened = happening(event);
    if (happened === null) continue;
    const proof = event.type === 'verdict-given' && event.verdict !== 'PASS' ? excerpt(event) : [];
    // The evidence follows; the line need not begin to tell it.
    const full = proof.length > 0 && 'verdict' in event ? verdictWords(event) : happened.says;
    const says = full.startsWith(`${id}: `) ? full.slice(id.length + 2) : full;
    lines.push(`- ${clockTime(event.at - startedAt)} ${markdownLine(says, 500)}`, ...proof);
  }
  const left = told.length - maxEntries;
  if (left > 0) lines.push(`- … and ${left} more events in the journal`);
  return lines;
}

/** What its agents were told of earlier runs: by the names of the notes, which lie where they lay. */
function given(used: readonly UsedInsight[]): string[] {
  if (used.length === 0) return [];
  const rows = used.map(
    ({ file, title, by }) => `- ${markdownLine(title)} (\`${file}\`): ${readersWords(by)}`,
  );
  return ['Insights used:', '', ...bounded(rows), ''];
}

const bounded = (rows: readonly string[]): readonly string[] =>
  rows.length <= maxInsights
    ? rows
    : [...rows.slice(0, maxInsights), `- … and ${rows.length - maxInsights} more in the journal`];

const verdictWords = ({ verdict, summary }: VerdictGiven): string =>
  summary === '' ? verdict : `${verdict}: ${summary}`;

/** Indented, so that it belongs to the entry above it. */
function excerpt({ evidence }: VerdictGiven): string[] {
  const lines: string[] = [];
  for (const piece of evidence.slice(0, maxEvidence)) {
    const place = evidencePlace(piece);
    lines.push('', `  ${place === '' ? 'Evidence' : markdownLine(place, 400)}:`, '');
    lines.push(...markdownBlock(severalLines(piece.says)).map((line) => `  ${line}`.trimEnd()));
  }
  if (evidence.length > maxEvidence)
    lines.push('', `  … and ${evidence.length - maxEvidence} more`);
  return lines.length === 0 ? lines : [...lines, ''];
}

function attemptTimes(lane: readonly Span[]): string[] {
  const attempts = new Map<number, { built: number; judged: number }>();
  for (const { doing, attempt, ms } of lane) {
    if (doing !== 'building' && doing !== 'judging') continue;
    const times = attempts.get(attempt) ?? { built: 0, judged: 0 };
    if (doing === 'building') times.built += ms;
    else times.judged += ms;
    attempts.set(attempt, times);
  }
  if (attempts.size < 2) return [];
  const each = [...attempts].map(
    ([attempt, { built, judged }]) =>
      `attempt ${attempt} built in ${duration(built)}, judged in ${duration(judged)}`,
  );
  return ['', `Times: ${each.slice(0, 20).join('; ')}.`];
}

function timeOf(lane: readonly Span[], doing: Span['doing']): number {
  return lane.reduce((sum, span) => sum + (span.doing === doing ? span.ms : 0), 0);
}

function idleOf(lane: readonly Span[]): number {
  return lane.reduce((sum, { doing, ms }) => sum + (isWork(doing) || doing === 'done' ? 0 : ms), 0);
}
