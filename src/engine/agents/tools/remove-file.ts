import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { shown } from './agent-files.ts';
import { answer, defineTool, refuse } from './define-tool.ts';
import type { Tool } from './tool.ts';
import { writable, type OwnedPaths } from './write-owned.ts';
import { errorCode } from '../../journal/durable.ts';

export const removeFileTool = (owned: OwnedPaths): Tool<'writes'> =>
  defineTool({
    name: 'remove_file',
    description: 'Removes one file that you own. Folders go when their last file has gone.',
    effect: 'writes',
    input: z.strictObject({
      path: z.string().max(4_096).describe('From the root of your folder: src/main.js'),
    }),
    run: async ({ path }) => {
      const may = await writable(owned, path);
      if (!may.ok) return refuse(may.text);
      if (!may.exists) return refuse(`There is no ${shown(path)}.`);
      try {
        await rm(join(owned.folder, may.path));
      } catch (error) {
        return refuse(`${shown(path)} could not be removed (${errorCode(error) ?? 'unknown'}).`);
      }
      return answer(`Removed ${may.path}.`);
    },
  });
