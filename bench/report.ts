import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { Figure } from './figure.ts';

const folder = join('bench', 'figures');
const fileOf = (part: string): string => `bench/figures/${part}.json`;

/** The values of the last commit by name; empty where nothing was committed. */
export function committedFigures(part: string): ReadonlyMap<string, number> {
  const shown = spawnSync('git', ['show', `HEAD:${fileOf(part)}`], { encoding: 'utf8' });
  if (shown.status !== 0) return new Map();
  const { figures } = JSON.parse(shown.stdout) as { readonly figures: readonly Figure[] };
  return new Map(figures.map(({ name, value }) => [name, value]));
}

export async function writeFigures(part: string, figures: readonly Figure[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  const machine = {
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    cores: cpus().length,
  };
  await writeFile(fileOf(part), `${JSON.stringify({ part, machine, figures }, null, 2)}\n`);
}

const headings = ['figure', 'value', 'target', '', 'before', 'change', ''];

export function tableOf(figures: readonly Figure[], before: ReadonlyMap<string, number>): string {
  const rows = [headings, ...figures.map((each) => rowOf(each, before.get(each.name)))];
  const widths = headings.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const lines = rows.map((row) =>
    row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '),
  );
  return `${lines.map((line) => `  ${line.trimEnd()}`).join('\n')}\n`;
}

function rowOf({ name, value, unit, target, note }: Figure, before: number | undefined): string[] {
  const held = target === null ? ['', ''] : [`≤ ${target}`, value <= target ? 'met' : 'NOT MET'];
  const compared = before === undefined ? ['', ''] : [`${before}`, changeOf(value, before)];
  return [name, `${value} ${unit}`, ...held, ...compared, note];
}

function changeOf(value: number, before: number): string {
  if (before === 0) return value === 0 ? '0 %' : '';
  const percent = Math.round(100 * (value / before - 1));
  return `${percent > 0 ? '+' : ''}${percent} %`;
}
