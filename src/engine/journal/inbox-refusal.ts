import { lstat, readdir, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode, replaceFile } from './durable.ts';
import { inboxPath, newCommandId, refusedPath } from './inbox-folder.ts';

/** Why something in the inbox is no command. */
export type InboxRefusal = 'foreign-name' | 'not-a-file' | 'too-large' | 'not-a-command';

const says: Readonly<Record<InboxRefusal, string>> = {
  'foreign-name': 'Commands are named <milliseconds>-<12 hex digits>.json.',
  'not-a-file': 'A command is a plain file, not a link or a folder.',
  'too-large': 'A command is at most 1 MiB.',
  'not-a-command': 'A command is a JSON object with a text as its type.',
};

/** Each with its reason. */
const mostRefused = 1_000;

/** Puts something aside with the reason, so that whoever left it there can find out. */
export async function refuseEntry(
  runFolder: string,
  name: string,
  code: InboxRefusal,
  now: number,
): Promise<void> {
  const from = join(inboxPath(runFolder), name);
  const refused = refusedPath(runFolder);
  try {
    if ((await readdir(refused)).length >= 2 * mostRefused) {
      // A flood; of a folder we do not know what is in it, so it stays and is not looked at.
      if (!(await lstat(from)).isDirectory()) await unlink(from);
      return;
    }
    const id = newCommandId(now);
    await rename(from, join(refused, id));
    const reason = JSON.stringify({ name, code, message: says[code] });
    await replaceFile(join(refused, `${id}.reason.json`), reason);
  } catch (error) {
    if (errorCode(error) === null) throw error; // else it cannot be moved, or is gone: so be it
  }
}
