import type { Plan } from '../plan/plan.ts';
import { policies } from '../schedule/policies.ts';
import type { SimulatedWork, Simulation } from '../schedule/simulate.ts';
import { estimateNotes, estimatesFrom } from './estimate-words.ts';
import { minutesText } from './figures.ts';
import { oneLine } from './safe-text.ts';

/** Readable in a terminal of this width. */
const columns = 80;
/** More rows than these of one pool nobody looks through. */
const maxRows = 16;
const maxOnPath = 40;

/** What `simulate` tells people: a table, the critical path, and who works on what when. */
export function simulationText(plan: Plan, simulation: Simulation): string {
  const { places, criticalPath } = simulation;
  const count = plan.modules.length;
  const name = oneLine(plan.artifact.name, 40);
  const head =
    `${name === '' ? '' : `${name}: `}${some(count, 'module')}, ` +
    `${some(places.builders, 'builder')}, ${some(places.reviewers, 'reviewer')}`;
  return [
    head,
    estimatesFrom(plan),
    ...estimateNotes(plan).flatMap((note) => wrapped('', note.split(' '), 0)),
    '',
    ...table(simulation),
    '',
    ...wrapped(
      `critical path, ${minutesText(criticalPath.minutes)} min:`,
      criticalPath.modules.slice(0, maxOnPath).map((id, at) => (at === 0 ? id : `> ${id}`)),
      criticalPath.modules.length - maxOnPath,
    ),
    ...chart(simulation),
    '',
  ].join('\n');
}

function table({ minutes, search, lowerBound }: Simulation): string[] {
  const compared = (value: number): string => {
    if (minutes.ashlar === 0) return '';
    const percent = Math.round(100 * (value / minutes.ashlar - 1));
    return percent === 0 ? 'as ashlar' : `${percent > 0 ? '+' : '-'}${Math.abs(percent)} %`;
  };
  const rows = [
    ['policy', 'minutes', ''],
    ...policies.map((policy) => [
      policy,
      minutesText(minutes[policy]),
      policy === 'ashlar' ? 'what a run does' : compared(minutes[policy]),
    ]),
    ['best found', minutesText(search.minutes), `in ${some(search.tried, 'schedule')}`],
    ['lower bound', minutesText(lowerBound), 'no schedule is shorter'],
  ];
  return rows.map(([name = '', value = '', note = '']) =>
    `  ${name.padEnd(12)}${value.padStart(9)}  ${note}`.trimEnd(),
  );
}

function chart({ places, minutes, schedule }: Simulation): string[] {
  if (schedule.length === 0 || minutes.ashlar === 0) return [];
  const label = 12;
  const width = columns - label - 2;
  const lane = (pool: SimulatedWork['pool'], name: string, count: number): string[] => {
    const used = Math.max(0, ...schedule.map((work) => (work.pool === pool ? work.place : 0)));
    const shown = Math.min(used, maxRows);
    const rows = Array.from({ length: shown }, (_, place) => {
      const its = schedule.filter((work) => work.pool === pool && work.place === place + 1);
      const title = count === 1 ? name : `${name} ${place + 1}`;
      return `${title.padEnd(label)}|${bar(its, minutes.ashlar, width)}|`;
    });
    const more = used - shown;
    return more === 0 ? rows : [...rows, `${''.padEnd(label)} … and ${more} more`];
  };
  const end = `${minutesText(minutes.ashlar)} min`;
  return [
    '',
    ...lane('builders', 'builder', places.builders),
    ...lane('reviewers', 'reviewer', places.reviewers),
    `${''.padEnd(label)} 0${end.padStart(width - 1)}`,
  ];
}

/** `[lexer---][parser-]..`: each piece of work begins at `[`, or is one `#` where it is short. */
function bar(works: readonly SimulatedWork[], whole: number, width: number): string {
  const cells = new Array<string>(width).fill('.');
  for (const { module, start, end } of works) {
    const from = Math.min(width - 1, Math.round((start / whole) * width));
    const to = Math.max(from + 1, Math.round((end / whole) * width));
    const inside = to - from - 2;
    const text = inside < 0 ? '#' : `[${module.slice(0, inside).padEnd(inside, '-')}]`;
    for (let at = 0; at < text.length && from + at < width; at++) {
      cells[from + at] = text[at] ?? '#';
    }
  }
  return cells.join('');
}

function wrapped(head: string, words: readonly string[], left: number): string[] {
  const lines = [head];
  for (const word of left > 0 ? [...words, `and ${left} more`] : words) {
    const last = lines.at(-1) ?? '';
    if (last.length + 1 + word.length <= columns) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`  ${word}`);
  }
  return lines;
}

const some = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
