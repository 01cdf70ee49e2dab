import * as z from 'zod';
import { answer, defineTool, refuse } from './define-tool.ts';
import type { Tool } from './tool.ts';
import { replaceFile, writable, type OwnedPaths } from './write-owned.ts';

const maxChars = 400_000;

export const writeFileTool = (owned: OwnedPaths): Tool<'writes'> =>
  defineTool({
    name: 'write_file',
    description:
      'Writes a whole text file, with the folders that it needs; what was there is replaced. Only paths that you own. To change a part of a file, edit_file is safer.',
    effect: 'writes',
    input: z.strictObject({
      path: z.string().max(4_096).describe('From the root of your folder: src/main.js'),
      content: z.string().describe('All of it'),
    }),
    run: async ({ path, content }) => {
      if (/\p{Cs}/u.test(content))
        return refuse('The content holds half a character; write it anew.');
      if (content.length > maxChars) {
        return refuse(
          `A file may have ${maxChars} characters, this has ${content.length}. Write several.`,
        );
      }
      const may = await writable(owned, path);
      if (!may.ok) return refuse(may.text);
      const failed = await replaceFile(owned, may.path, content);
      if (failed !== null) return refuse(failed);
      return answer(
        `${may.exists ? 'Replaced' : 'Wrote'} ${may.path}: ${content.length} characters.`,
      );
    },
  });
