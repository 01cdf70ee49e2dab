import { readdir, lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { scriptLimits } from './limits.ts';
import type { ScriptProblem } from './problem.ts';

/** What a turn leaves in its work folder: listed when the script is loaded, read when it is played. */
export interface TurnFiles {
  /** Absolute folder of the script. */
  readonly root: string;
  /** Relative to the root, with `/`; by code point. */
  readonly paths: readonly string[];
}

/** Lists a `files/` folder that need not be there. Links are refused, not followed. */
export async function listTurnFiles(
  root: string,
  name: string,
): Promise<{ readonly files: TurnFiles; readonly problems: readonly ScriptProblem[] }> {
  const paths: string[] = [];
  const problems: ScriptProblem[] = [];
  let bytes = 0;

  async function list(folder: string, depth: number): Promise<void> {
    const entries = await readdir(join(root, folder), { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (problems.length > 0) return;
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      const refuse = (message: string) =>
        problems.push({ file: `${name}/${path}`, line: null, message });
      if (entry.isDirectory()) {
        if (depth === scriptLimits.folderDepth)
          refuse(`lies deeper than ${scriptLimits.folderDepth} folders`);
        else await list(path, depth + 1);
      } else if (entry.isFile()) {
        paths.push(path);
        bytes += (await lstat(join(root, path))).size;
        if (paths.length > scriptLimits.filesPerTurn)
          refuse(`is one of more than ${scriptLimits.filesPerTurn} files`);
        else if (bytes > scriptLimits.fileBytesPerTurn)
          refuse(`takes the files of the turn over ${scriptLimits.fileBytesPerTurn} bytes`);
      } else if (entry.isSymbolicLink()) refuse('is a link; links are not followed');
      else refuse('is neither a file nor a folder');
    }
  }

  const there = await lstat(root).catch(() => null);
  if (there?.isDirectory() === true) await list('', 1);
  else if (there !== null) problems.push({ file: name, line: null, message: 'is not a folder' });
  return { files: { root, paths }, problems };
}
