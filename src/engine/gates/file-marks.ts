import { lstat } from 'node:fs/promises';
import { join } from 'node:path';

/** What changes when a file is written or replaced, even where its content is put back afterwards. */
export type FileMarks = ReadonlyMap<string, string>;

export async function markFiles(folder: string, files: readonly string[]): Promise<FileMarks> {
  const marks = await Promise.all(
    files.map(async (file) => [file, await mark(join(folder, file))] as const),
  );
  return new Map(marks);
}

/** Nobody can set a file's change time; `ino` tells one file from another under the same name. */
async function mark(path: string): Promise<string> {
  const found = await lstat(path, { bigint: true }).catch(() => null);
  return found === null ? '' : `${found.ino} ${found.size} ${found.mode} ${found.ctimeNs}`;
}

export function changedFiles(before: FileMarks, after: FileMarks): string[] {
  return [...before].filter(([file, mark]) => after.get(file) !== mark).map(([file]) => file);
}
