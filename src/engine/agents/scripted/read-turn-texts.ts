import { join } from 'node:path';
import type { ProposedFile } from '../outcome.ts';
import { readPlainFile, type LayFailure } from './lay-files.ts';
import type { TurnFiles } from './turn-files.ts';

/** The files of a turn as texts, as an architect hands them in. */
export async function readTurnTexts({
  root,
  paths,
}: TurnFiles): Promise<
  { readonly files: readonly ProposedFile[] } | { readonly failure: LayFailure }
> {
  const files: ProposedFile[] = [];
  for (const path of paths) {
    const content = await readPlainFile(join(root, path));
    if (content === null) {
      const message = `${path} is no longer in the script`;
      return { failure: { code: 'script-changed', message } };
    }
    files.push({ path, text: content.bytes.toString('utf8') });
  }
  return { files };
}
