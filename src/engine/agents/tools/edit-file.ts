import * as z from 'zod';
import { shown, type AgentFiles } from './agent-files.ts';
import { answer, defineTool, refuse } from './define-tool.ts';
import { maxFileBytes, readText } from './text-file.ts';
import type { Tool } from './tool.ts';
import { replaceFile, writable, type OwnedPaths } from './write-owned.ts';

const shownPlaces = 10;

export const editFileTool = (owned: OwnedPaths, files: AgentFiles): Tool<'writes'> =>
  defineTool({
    name: 'edit_file',
    description:
      'Replaces one piece of a text file by another. `old` has to stand in the file exactly once, with its spaces and line ends, and without the line numbers that read_file shows. Only paths that you own.',
    effect: 'writes',
    input: z.strictObject({
      path: z.string().max(4_096).describe('From the root of your folder: src/main.js'),
      old: z
        .string()
        .min(1)
        .max(100_000)
        .describe('What is there now, with enough around it to be unique'),
      new: z.string().max(400_000).describe('What is to stand there; empty to take it out'),
    }),
    run: async ({ path, old, new: next }) => {
      const may = await writable(owned, path);
      if (!may.ok) return refuse(may.text);
      const opened = await files.open(path);
      if (!opened.ok) return refuse(opened.text);
      const { handle, bytes } = opened;
      let text: string | null;
      try {
        text = await readText(handle, bytes);
      } finally {
        await handle.close();
      }
      if (text === null || bytes > maxFileBytes)
        return refuse(`${shown(path)} is no text that can be edited.`);
      const places = placesOf(text, old);
      const [place] = places;
      if (place === undefined) return refuse(notThere(text, old, path));
      if (places.length > 1) {
        const lines = places.slice(0, shownPlaces).map((at) => lineOf(text, at));
        return refuse(
          `\`old\` stands in ${shown(path)} ${places.length} times, in lines ${lines.join(', ')}${places.length > shownPlaces ? ' …' : ''}. Take in more of what stands around the one that you mean.`,
        );
      }
      if (old === next) return refuse('`old` and `new` are the same; nothing would change.');
      const edited = text.slice(0, place) + next + text.slice(place + old.length);
      const failed = await replaceFile(owned, may.path, edited);
      if (failed !== null) return refuse(failed);
      return answer(`Changed ${may.path} in line ${lineOf(text, place)}.`);
    },
  });

/** Where a piece begins, each time that it is there; overlapping ones too. */
function placesOf(text: string, piece: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(piece); at !== -1; at = text.indexOf(piece, at + 1)) {
    places.push(at);
    if (places.length > 1_000) break;
  }
  return places;
}

function lineOf(text: string, at: number): number {
  let line = 1;
  for (let feed = text.indexOf('\n'); feed !== -1 && feed < at; feed = text.indexOf('\n', feed + 1))
    line += 1;
  return line;
}

function notThere(text: string, old: string, path: string): string {
  const no = `\`old\` does not stand in ${shown(path)} exactly like that.`;
  if (text.includes('\r\n') && !old.includes('\r')) return `${no} Its lines end in CR LF.`;
  const loose = (some: string): string => some.replace(/\s+/g, ' ').trim();
  if (loose(text).includes(loose(old)))
    return `${no} Only spaces or line ends differ: read the file again.`;
  return `${no} Read the file again; it may have changed.`;
}
