import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDigest } from '../../core/ids.ts';
import { isRecord } from '../../core/is-record.ts';
import { isSystemError } from '../store/store-error.ts';

/** It tells what a person has changed since. */
export const noteName = '.ashlar.json';
const maxFiles = 200;
/** Inside the folder, and nothing hidden but what a plugin has. */
const isPath = (path: string): boolean =>
  path.length <= 200 && /^[\w.-]+(\/[\w.-]+)*$/.test(path) && !path.split('/').includes('..');

/**
 * What was laid, by path, as the digest that it had then. It lies in the workspace, so it is not believed:
 * what is no path inside the folder is left out.
 */
export async function laidFiles(folder: string): Promise<ReadonlyMap<string, string>> {
  let text: string;
  try {
    text = await readFile(join(folder, noteName), 'utf8');
  } catch (error) {
    if (isSystemError(error, 'ENOENT', 'ENOTDIR')) return new Map();
    throw error;
  }
  const files = filesIn(text);
  return new Map(
    Object.entries(files)
      .slice(0, maxFiles)
      .filter((entry): entry is [string, string] => {
        const [path, digest] = entry;
        return path !== noteName && isPath(path) && typeof digest === 'string' && isDigest(digest);
      }),
  );
}

function filesIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const note: unknown = JSON.parse(text);
    return isRecord(note) && isRecord(note.files) ? note.files : {};
  } catch {
    return {};
  }
}

export const noteOf = (laid: ReadonlyMap<string, string>): string =>
  `${JSON.stringify({ files: Object.fromEntries(laid) }, null, 2)}\n`;
