import * as z from 'zod';
import { shown, type AgentFiles } from './agent-files.ts';
import { boundedLine } from './bounded.ts';
import { answer, defineTool, refuse } from './define-tool.ts';
import { maxFileBytes, readText } from './text-file.ts';
import type { ReadingTool } from './tool.ts';

const maxLines = 1_500;
const maxChars = 60_000;
const maxLineChars = 2_000;

export const readFileTool = (files: AgentFiles): ReadingTool =>
  defineTool({
    name: 'read_file',
    description:
      'Reads a text file of your folder. Each line comes after its number and a tab; neither is part of the file. `from` and `to` choose lines, both included. Long files are cut, and say so.',
    effect: 'reads',
    input: z.strictObject({
      path: z.string().max(4_096).describe('From the root of your folder: src/main.js'),
      from: z.int().min(1).nullish().describe('First line; 1 where left out'),
      to: z.int().min(1).nullish().describe('Last line; the end of the file where left out'),
    }),
    run: async ({ path, from, to }) => {
      const opened = await files.open(path);
      if (!opened.ok) return refuse(opened.text);
      const { handle, bytes } = opened;
      try {
        const text = await readText(handle, bytes);
        if (text === null) return refuse(`${shown(path)} is not text; it has ${bytes} bytes.`);
        const first = from ?? 1;
        const last = to ?? Infinity;
        if (last < first) return refuse(`There is nothing from line ${first} to ${last}.`);
        return answer(numbered(text, first, last, bytes > maxFileBytes));
      } finally {
        await handle.close();
      }
    },
  });

/** Some lines of a text with their numbers; what is left out is told. */
function numbered(text: string, from: number, to: number, cut: boolean): string {
  if (text === '') return '[the file is empty]';
  const lines = text.split('\n');
  // A line feed at the end ends the last line; it does not begin one.
  if (lines.at(-1) === '') lines.pop();
  if (from > lines.length) return `[the file has ${lines.length} lines]`;
  const shownLines: string[] = [];
  let chars = 0;
  const end = Math.min(to, lines.length, from + maxLines - 1);
  let at = from;
  for (; at <= end; at++) {
    const line = `${at}\t${boundedLine((lines[at - 1] ?? '').replace(/\r$/, ''), maxLineChars)}`;
    chars += line.length + 1;
    if (chars > maxChars && shownLines.length > 0) break;
    shownLines.push(line);
  }
  const left = Math.min(to, lines.length) - (at - 1);
  if (left > 0) shownLines.push(`[cut here: ${left} more lines; read on from line ${at}]`);
  else if (cut) shownLines.push('[the file goes on; it is too large to be read further]');
  return shownLines.join('\n');
}
