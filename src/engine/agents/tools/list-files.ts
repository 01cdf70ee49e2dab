import * as z from 'zod';
import { matchesAny } from '../../../core/paths.ts';
import { oneLine } from '../../../core/projections/safe-text.ts';
import type { AgentFiles } from './agent-files.ts';
import { answer, defineTool, refuse } from './define-tool.ts';
import type { ReadingTool } from './tool.ts';
import { walkFiles, type Listed } from './walk-files.ts';

const maxShown = 500;
const maxLooked = 20_000;

export const listFilesTool = (files: AgentFiles): ReadingTool =>
  defineTool({
    name: 'list_files',
    description:
      'Lists files and folders, with the size of files in bytes. Installed packages are listed only when asked for by path. Long lists are cut, and say so.',
    effect: 'reads',
    input: z.strictObject({
      path: z
        .string()
        .max(4_096)
        .nullish()
        .describe('The folder; your whole folder where left out'),
      depth: z
        .int()
        .min(1)
        .max(20)
        .nullish()
        .describe('How many levels; all of them where left out'),
      glob: z
        .string()
        .max(500)
        .nullish()
        .describe('Only files whose path below that folder it matches: src/**/*.js'),
    }),
    run: async ({ path, depth, glob }) => {
      const seen = await files.find(path ?? '');
      if (!seen.ok) return refuse(seen.text);
      const lines: string[] = [];
      let looked = 0;
      for await (const entry of walkFiles(seen.real, depth ?? 20)) {
        looked += 1;
        if (looked > maxLooked) {
          lines.push('[there is more than can be looked at; list a folder further down]');
          break;
        }
        if (
          typeof glob === 'string' &&
          (entry.type === 'folder' || !matchesAny([glob], entry.path))
        )
          continue;
        if (lines.length === maxShown) {
          lines.push(`[cut after ${maxShown}; list a folder further down, or give a glob]`);
          break;
        }
        lines.push(lineOf(seen.path, entry));
      }
      return answer(lines.length === 0 ? '[nothing]' : lines.join('\n'));
    },
  });

function lineOf(above: string, { path, type, bytes, target }: Listed): string {
  const name = oneLine(above === '' ? path : `${above}/${path}`, 1_000);
  switch (type) {
    case 'folder':
      return `${name}/`;
    case 'file':
      return `${name}  ${bytes}`;
    case 'link':
      return `${name} -> ${oneLine(target, 200)} (a link)`;
    case 'other':
      return `${name} (neither a file nor a folder)`;
  }
}
