import { open } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { matchesAny } from '../../../core/paths.ts';
import type { AgentFiles, Seen } from './agent-files.ts';
import { boundedLine } from './bounded.ts';
import { answer, defineTool, refuse } from './define-tool.ts';
import { searchPattern, searchText, type Hit, type Searched } from './pattern-search.ts';
import { readFlags, readText } from './text-file.ts';
import type { ReadingTool } from './tool.ts';
import { Turns } from './turns.ts';
import { walkFiles } from './walk-files.ts';

const maxHits = 200;
const maxFiles = 5_000;
const maxBytes = 32_000_000;
/** Larger files are data, not text to be read. */
const maxBytesOfOne = 1_000_000;
const maxLineShown = 300;
/** What one search holds in memory is bounded, so all that agents search for at once has to be. */
const searching = new Turns();

export const searchTool = (files: AgentFiles): ReadingTool =>
  defineTool({
    name: 'search',
    description:
      'Finds lines in text files. `text` is taken as it is, unless `regex` is true: then it is a JavaScript regular expression for one line. Answers with path:line: text. Installed packages are searched only where `path` leads there.',
    effect: 'reads',
    input: z.strictObject({
      text: z.string().min(1).max(500).describe('What to find'),
      regex: z.boolean().nullish().describe('True: a regular expression'),
      ignoreCase: z.boolean().nullish().describe('True: case does not matter'),
      path: z.string().max(4_096).nullish().describe('A folder or a file; all where left out'),
      glob: z
        .string()
        .max(500)
        .nullish()
        .describe('Only files whose path below that folder it matches: **/*.js'),
    }),
    run: async ({ text, regex, ignoreCase, path, glob }, signal) => {
      using _ = await searching.turn(signal);
      const seen = await files.find(path ?? '');
      if (!seen.ok) return refuse(seen.text);
      const { texts, cut } = await gather(seen, glob ?? null, signal);
      const folding = ignoreCase === true;
      let hits: readonly Hit[];
      if (regex === true) {
        const found = await searchPattern(text, folding, texts, maxHits, signal);
        if (!found.ok) return refuse(`The pattern cannot be searched for: ${found.text}.`);
        ({ hits } = found);
      } else {
        hits = await searchText(text, folding, texts, maxHits);
      }
      const lines = hits.map(
        (hit) => `${hit.path}:${hit.line}: ${boundedLine(hit.text.trim(), maxLineShown)}`,
      );
      if (hits.length === maxHits)
        lines.push(`[cut after ${maxHits} lines; search for less, or in a folder]`);
      if (cut) lines.push('[not all files were looked at; search in a folder further down]');
      return answer(lines.length === 0 ? '[nothing found]' : lines.join('\n'));
    },
  });

interface Gathered {
  readonly texts: readonly Searched[];
  /** True where there was more than may be looked at. */
  readonly cut: boolean;
}

/** The texts below a folder, or the one that was named. */
async function gather(seen: Seen, glob: string | null, signal: AbortSignal): Promise<Gathered> {
  const texts: Searched[] = [];
  let left = maxBytes;
  const take = async (real: string, path: string): Promise<void> => {
    const text = await textOf(real);
    if (text === null) return;
    left -= text.length;
    texts.push({ path, text });
  };
  await take(seen.real, seen.path);
  if (texts.length > 0) return { texts, cut: false };
  for await (const { path, type, bytes } of walkFiles(seen.real, 20)) {
    signal.throwIfAborted();
    if (type !== 'file' || bytes > maxBytesOfOne) continue;
    if (glob !== null && !matchesAny([glob], path)) continue;
    if (texts.length === maxFiles || left <= 0) return { texts, cut: true };
    await take(join(seen.real, path), seen.path === '' ? path : `${seen.path}/${path}`);
  }
  return { texts, cut: false };
}

/** null for what is no text, or is not there any more. */
async function textOf(real: string): Promise<string | null> {
  const handle = await open(real, readFlags).catch(() => null);
  if (handle === null) return null;
  try {
    const stats = await handle.stat();
    return stats.isFile() && stats.size <= maxBytesOfOne
      ? await readText(handle, stats.size)
      : null;
  } finally {
    await handle.close();
  }
}
