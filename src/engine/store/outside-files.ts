import { readFound, type Found } from './folder-walk.ts';
import { objectId, type ObjectFormat } from './object-id.ts';
import type { FilledFolder } from './owned-files.ts';
import { Slice } from './slice.ts';

/** Which of these files, none of them owned, are not as they were given: changed or added. */
export async function listTampered(
  format: ObjectFormat,
  folder: FilledFolder,
  files: readonly Found[],
): Promise<string[]> {
  const slice = new Slice();
  const tampered: string[] = [];
  for (const file of files) {
    if (!isAsGiven(format, folder, file)) tampered.push(file.path);
    await slice.breathe();
  }
  return tampered;
}

function isAsGiven(format: ObjectFormat, folder: FilledFolder, file: Found): boolean {
  const was = folder.given.get(file.path);
  if (was === undefined || file.type === 'other') return false;
  const read = readFound(folder.path, file);
  if (read === null) return false;
  const keepsExecutable = process.platform !== 'win32';
  if (read.mode !== was.mode && (keepsExecutable || read.mode === '120000')) return false;
  return objectId(format, 'blob', read.content) === was.oid;
}

/** Which given paths are gone; `provided` folders were never written. */
export function listDeleted({ given, found }: FilledFolder, provided: readonly string[]): string[] {
  const there = new Set(found.map(({ path }) => path));
  const isProvided = (path: string) =>
    provided.some((folder) => path === folder || path.startsWith(`${folder}/`));
  return [...given.values()]
    .filter(({ path, mode }) => mode !== '160000' && !there.has(path) && !isProvided(path))
    .map(({ path }) => path);
}
