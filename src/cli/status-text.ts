import { handoffWords, isPending, type HandoffRow } from '../core/projections/handoffs.ts';
import { budgetLineWords, inFullWords, isTight } from '../core/projections/budgets.ts';
import { spentMoney } from '../core/projections/money-known.ts';
import { etaWords } from '../core/projections/eta-words.ts';
import type { ConflictRow } from '../core/projections/conflicts.ts';
import type { ModuleStatus } from '../core/projections/module-status.ts';
import { speedup, type RunStatus } from '../core/projections/run-status.ts';
import { poolLine } from '../core/projections/pools.ts';
import { streamLine, type StreamProgress } from '../core/projections/stream-progress.ts';
import { oneLine } from '../core/projections/safe-text.ts';
import { tokens } from '../core/projections/figures.ts';
import { counted, duration, listed } from '../core/projections/words.ts';
import {
  bytesWords,
  costWords,
  modelWords,
  type InputAccount,
  type UsageAccount,
} from '../core/projections/usage-account.ts';
import { requestOf } from './needs-you-text.ts';
import { glyphs } from './progress/paint.ts';
import { wayWords } from '../core/way.ts';

/** What `status` shows, whichever way. */
export interface Shown {
  readonly run: RunStatus;
  readonly streams: readonly StreamProgress[];
  /** All of the run, oldest first. */
  readonly handoffs: readonly HandoffRow[];
  readonly usage: UsageAccount;
  readonly input: InputAccount;
  /** Who drives it; null where nobody does. */
  readonly driver: { readonly pid: number; readonly host: string } | null;
  /** UTC milliseconds. */
  readonly at: number;
  readonly program: string;
}

/** Where a run stands, in the four groups people ask for; empty ones say so. */
export function statusText(shown: Shown): string {
  const { run, streams, handoffs, at, program } = shown;
  const { needsYou, modules, gates } = run;
  const open = modules.filter(({ kind }) => kind !== 'sealed');
  const sealed = modules.filter(({ kind }) => kind === 'sealed');
  const openGates = gates.filter(({ kind }) => kind !== 'passed');
  const doneGates = gates.filter(({ kind }) => kind === 'passed');
  const lines = [
    ...head(shown),
    '',
    `Needs you: ${needsYou.length === 0 ? 'nothing' : needsYou.length}`,
    ...needsYou.flatMap((need) => {
      const { says, detail, age, commands } = requestOf(need, run.run, program, at);
      return [
        `  ! ${says}${age === null ? '' : `, for ${age}`}`,
        ...detail.map((line) => `      ${line}`),
        ...commands.map((command) => `      ${command}`),
      ];
    }),
    '',
    `In progress: ${counted(open.length, 'module')}, ${counted(openGates.length, 'gate')}`,
    ...table([
      ...open.map((each) => [`${glyphs[each.kind]} ${each.id}`, moduleText(each)]),
      ...openGates.map((each) => [`${glyphs[each.kind]} ${each.name}`, each.text]),
    ]),
    '',
    'Streams:',
    ...table(streams.map((each) => [oneLine(each.title, 40), streamLine(each)])),
    '',
    ...pendingHandoffs(handoffs),
    '',
    ...conflictLines(run.conflicts),
    '',
    `Completed: ${counted(sealed.length, 'module')}, ${counted(doneGates.length, 'gate')}`,
    ...(sealed.length === 0
      ? []
      : [
          `  ✓ ${listed(
            sealed.map(({ id }) => id),
            40,
          )}`,
        ]),
    ...(doneGates.length === 0
      ? []
      : [
          `  ✓ ${listed(
            doneGates.map(({ name }) => name),
            40,
          )}`,
        ]),
  ];
  return `${lines.join('\n')}\n`;
}

const mostPending = 20;

/** What is on its way, when it will be there, and what its receiver goes on with meanwhile. */
function pendingHandoffs(handoffs: readonly HandoffRow[]): string[] {
  const open = handoffs.filter(isPending);
  const shown = open.slice(0, mostPending);
  const more = open.length - shown.length;
  return [
    `Handoff pending: ${open.length === 0 ? 'none' : open.length}`,
    ...shown.flatMap((row) => [
      `  → ${row.from} to ${row.to}: ${oneLine(row.items.join(', '), 120)} · ${handoffWords(row)}`,
      `      meanwhile ${row.to} has ${oneLine(row.meanwhile.join('; '), 300)}`,
    ]),
    ...(more > 0 ? [`  … and ${more} more`] : []),
  ];
}

/** What models were asked, and how little of it all the run itself reads. */
function usageLines({ total, byModel }: UsageAccount, { most }: InputAccount): string[] {
  const asked = costWords(total);
  return [
    ...(asked === '' ? [] : [`  models: ${asked}`]),
    ...(byModel.length < 2
      ? []
      : byModel.map((cost) => `    ${oneLine(modelWords(cost), 80)}: ${costWords(cost)}`)),
    ...(most === 0 ? [] : [`  read by the orchestrator: at most ${bytesWords(most)} of a module`]),
  ];
}

function head({ run, usage, input, driver, program }: Shown): string[] {
  const { phase, outcome, percent, sealed, modules, elapsedMs, workMs, spent, delivered } = run;
  const factor = speedup(run);
  const saved =
    factor === null ? '' : `, ${factor.toFixed(1)} times as fast as one after the other`;
  const lines = [
    `${run.artifact}, run ${run.run}: ${outcome ?? phase}${run.paused ? ', paused' : ''}, ${percent} %`,
    ...(run.way === 'parallel' ? [] : [`  ${wayWords[run.way]}`]),
    `  ${sealed} of ${counted(modules.length, 'module')} sealed in ${duration(elapsedMs)} (${duration(workMs)} of work${saved})`,
    `  spent ${tokens(spent.tokens)} tokens, ${spentMoney(spent.microUsd, run.money)}`,
    ...usageLines(usage, input),
    ...inFullLine(run),
    ...run.budgets.filter(isTight).map((line) => `  budget of ${budgetLineWords(line)}`),
    ...lateLine(run),
  ];
  if (outcome !== null) {
    if (outcome !== 'complete') lines.push(`  ${oneLine(run.reason, 300)}`);
    if (delivered !== null) lines.push(`  result: ${delivered.kind} ${oneLine(delivered.name)}`);
    return lines;
  }
  lines.push(`  at work: ${run.pools.map(poolLine).join('; ')}`);
  lines.push(`  ETA ${etaWords(run.eta)}`);
  lines.push(
    driver === null
      ? `  nobody drives it now; go on: ${program} resume ${run.run}`
      : `  driven by process ${driver.pid} on ${oneLine(driver.host, 80)}`,
  );
  return lines;
}

function inFullLine({ inFull }: RunStatus): string[] {
  const says = inFullWords(inFull);
  return says === '' ? [] : [`  ${says}`];
}

function lateLine({ late: { count, latest } }: RunStatus): string[] {
  const last = latest.at(-1);
  if (last === undefined) return [];
  const whose = last.module === null ? '' : `${last.module}: `;
  return [
    `  ${counted(count, 'late result')} rejected, the last: ${whose}${oneLine(last.what, 120)}`,
  ];
}

function moduleText({ text, attempt, percent, kind, detail }: ModuleStatus): string {
  const parts = [text];
  if (attempt > 0) parts.push(`attempt ${attempt}`);
  if (kind === 'building' && percent !== null) parts.push(`${percent} %`);
  if (detail !== '' && kind !== 'needs-you') parts.push(detail);
  return parts.join(' · ');
}

function table(rows: readonly (readonly string[])[]): string[] {
  const width = Math.max(0, ...rows.map(([name = '']) => name.length));
  return rows.map(([name = '', text = '']) => `  ${name.padEnd(width)}  ${text}`);
}

/** Open ones one by one; what was resolved stands in the report. */
function conflictLines(conflicts: readonly ConflictRow[]): string[] {
  const open = conflicts.filter(({ resolved }) => resolved === null);
  const over = conflicts.length - open.length;
  const counts = conflicts.length === 0 ? 'none' : `${open.length} open, ${over} resolved`;
  return [
    `Conflicts: ${counts}`,
    ...table(open.map(({ id, about, text }) => [`${id}`, `${text} · ${about}`])),
  ];
}
