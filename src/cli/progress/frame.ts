import { etaWords } from '../../core/projections/eta-words.ts';
import type { GateStatus } from '../../core/projections/gate-status.ts';
import type { ModuleStatus } from '../../core/projections/module-status.ts';
import { atWork, type RunStatus } from '../../core/projections/run-status.ts';
import { spentOfMoney } from '../../core/projections/money-known.ts';
import { clockTime, money } from '../../core/projections/figures.ts';
import { counted } from '../../core/projections/words.ts';
import { requestOf } from '../needs-you-text.ts';
import { bar, bold, glyphs, paint } from './paint.ts';
import { fitText, padText, wrapCommand, wrapParts } from './text-width.ts';

export interface FrameOptions {
  readonly columns: number;
  readonly rows: number;
  readonly colour: boolean;
  readonly program: string;
  readonly budgetMicroUsd: number;
  /** UTC milliseconds. */
  readonly at: number;
  /** The latest thing that happened; '' before the first. */
  readonly latest: string;
}

/** A run at one moment, in lines that fit the terminal; nothing of it scrolls. */
export function frame(status: RunStatus, options: FrameOptions): string[] {
  // The last column stays free: writing there makes some terminals go to the next line.
  const columns = Math.max(20, options.columns - 1);
  const head = header(status, options, columns);
  const foot = [
    ...(options.latest === '' ? [] : [fitText(`last: ${options.latest}`, columns)]),
    ...needs(status, options, columns),
  ];
  const room = Math.max(3, options.rows - 1 - head.length - foot.length);
  return [...head, ...rows(status, options.colour, columns, room), ...foot];
}

function header(
  status: RunStatus,
  { colour, budgetMicroUsd }: FrameOptions,
  columns: number,
): string[] {
  const { artifact, phase, sealed, modules, paused, prerequisites, elapsedMs, eta, spent } = status;
  const busy = atWork(status).length;
  const parts = [
    `${artifact} · ${paused ? `${phase}, paused` : phase}`,
    ...(prerequisites === null ? [] : [prerequisites]),
    `${bar(sealed / Math.max(1, modules.length), columns < 60 ? 8 : 16)} ${sealed}/${modules.length} sealed`,
    `${busy} at work`,
    clockTime(elapsedMs),
    `ETA ${etaWords(eta)}`,
    spentOfMoney(spent.microUsd, money(budgetMicroUsd), status.money),
  ];
  return wrapParts(parts, ' · ', columns).map((line) => bold(line, colour));
}

type Row = Pick<ModuleStatus | GateStatus, 'kind'> & {
  readonly name: string;
  readonly text: string;
};

function rows(status: RunStatus, colour: boolean, columns: number, room: number): string[] {
  const all = [...status.modules.map(ofModule), ...status.gates.map(ofGate)];
  const shown = all.length <= room ? all : mostTelling(all, room - 1);
  const width = Math.min(24, Math.max(...all.map(({ name }) => name.length), 4));
  const lines = shown.map(({ kind, name, text }) => {
    const line = `${glyphs[kind]} ${padText(fitText(name, width), width)}  ${text}`;
    return paint(kind, fitText(`  ${line}`, columns), colour);
  });
  const left = all.length - shown.length;
  if (left === 0) return lines;
  const hidden = tally(all.filter((row) => !shown.includes(row)));
  return [...lines, fitText(`  … and ${left} more: ${hidden}`, columns)];
}

function ofModule({ id, kind, text, attempt, percent, detail }: ModuleStatus): Row {
  const parts = [text];
  const moving = kind === 'building' || kind === 'in-review' || kind === 'handed-in';
  if (attempt > 0 && (moving || attempt > 1)) parts.push(`attempt ${attempt}`);
  if (kind === 'building' && percent !== null) parts.push(`${percent} %`);
  if (detail !== '' && kind !== 'needs-you') parts.push(detail);
  return { kind, name: id, text: parts.join(' · ') };
}

const ofGate = ({ name, kind, text }: GateStatus): Row => ({ kind, name, text });

/** What moves or needs somebody, in the order of the plan; then what waits; what is done last. */
function mostTelling(all: readonly Row[], room: number): Row[] {
  const rank = ({ kind }: Row): number => {
    if (kind === 'needs-you' || kind === 'building' || kind === 'abandoned') return 0;
    if (kind === 'sealed' || kind === 'passed') return 3;
    return kind === 'waiting' ? 2 : 1;
  };
  const chosen = new Set([...all].sort((a, b) => rank(a) - rank(b)).slice(0, Math.max(1, room)));
  return all.filter((row) => chosen.has(row));
}

function tally(all: readonly Row[]): string {
  const done = all.filter(({ kind }) => kind === 'sealed' || kind === 'passed').length;
  const waiting = all.filter(({ kind }) => kind === 'waiting').length;
  return `${counted(done, 'is', 'are')} done, ${counted(waiting, 'waits', 'wait')}`;
}

function needs(status: RunStatus, options: FrameOptions, columns: number): string[] {
  if (status.needsYou.length === 0) return [];
  const { program, at, colour } = options;
  const lines = [paint('needs-you', fitText('Needs you', columns), colour)];
  const most = 3;
  for (const need of status.needsYou.slice(0, most)) {
    const { says, age, commands } = requestOf(need, status.run, program, at);
    lines.push(fitText(`  ! ${says}${age === null ? '' : `, for ${age}`}`, columns));
    for (const command of commands.slice(0, 1)) {
      lines.push(...wrapCommand(command, '      ', columns).map((line) => fitText(line, columns)));
    }
  }
  const left = status.needsYou.length - most;
  if (left > 0) lines.push(fitText(`  … and ${left} more: ${program} status`, columns));
  return lines;
}
