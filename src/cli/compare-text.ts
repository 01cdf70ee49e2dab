import type { ComparedPart, Comparison } from '../core/projections/compare-shape.ts';
import { caveatWords, comparedFigures, sealsWords } from '../core/projections/compare-words.ts';
import { spentMoney } from '../core/projections/money-known.ts';
import { nodeName } from '../core/projections/node-words.ts';
import { clockTime, tokens } from '../core/projections/figures.ts';
import { counted, duration } from '../core/projections/words.ts';
import { wayWords } from '../core/way.ts';

/** Two runs side by side, for a terminal. */
export function compareText(comparison: Comparison): string {
  const { runs, modules, caveats } = comparison;
  const [a, b] = runs;
  const sides = [['A', a] as const, ['B', b] as const];
  const figures = comparedFigures(comparison).map(({ name, says, difference }) => [
    ...[name, ...says],
    difference,
  ]);
  const found = sides.flatMap(([side, { found: all }]) =>
    all.map(
      ({ gate, check, blamed, atMs, reason }) =>
        `  ${side} ${clockTime(atMs)} ${nodeName(gate)}, ${check}: held against ${blamed}: ${reason}`,
    ),
  );
  const lines = [
    ...sides.map(
      ([side, { run, artifact, way, outcome }]) =>
        `${side}  ${run}  ${artifact}, ${wayWords[way]}: ${outcome ?? 'goes on'}`,
    ),
    '',
    ...(caveats.length === 0
      ? []
      : ['Before you compare:', ...caveats.map((each) => `  ! ${caveatWords(each)}`), '']),
    ...table([['', 'A', 'B', 'B against A'], ...figures], [1, 2]),
    '',
    'Modules:',
    ...table(
      [
        ['', '', 'working', 'waiting', 'in review', '', ''],
        ...modules.flatMap((module) =>
          sides.map(([side], at) => [
            ...[side === 'A' ? module.module : '', side],
            ...partCells(module.parts[at] ?? null),
            side === 'A' ? sealsWords(module) : '',
          ]),
        ),
      ],
      [2, 3, 4],
    ),
    ...(found.length === 0 ? [] : ['', 'Defects found by integration:', ...found]),
  ];
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

function partCells(part: ComparedPart | null): readonly string[] {
  if (part === null) return ['–', '–', '–', ''];
  const { workingMs, waitingMs, reviewMs, attempts, refused, amendments, defects } = part;
  const more = [
    counted(attempts, 'attempt'),
    ...(refused === 0 ? [] : [`${refused} refused`]),
    ...(amendments === 0 ? [] : [`${amendments} amended`]),
    ...(defects === 0 ? [] : [counted(defects, 'defect')]),
    `${tokens(part.tokens)} tokens, ${spentMoney(part.microUsd, part.money)}`,
  ];
  return [duration(workingMs), duration(waitingMs), duration(reviewMs), more.join(', ')];
}

/** Columns as wide as they need to be; `right`: those of figures. */
function table(rows: readonly (readonly string[])[], right: readonly number[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, at) => (widths[at] = Math.max(widths[at] ?? 0, cell.length)));
  }
  return rows.map((row) => {
    const cells = row.map((cell, at) =>
      right.includes(at) ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0),
    );
    return `  ${cells.join('  ')}`;
  });
}
