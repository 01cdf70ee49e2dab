import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path/posix';
import { matchesAny } from '../../../core/paths.ts';

/** A tree larger than this is not searched to its end. */
const maxEntries = 100_000;

/**
 * The test files that `node --test` runs for its arguments, root-relative and sorted. Node itself
 * disagrees about that from version to version (a folder is searched by 20 and refused by 22, a
 * pattern is understood from 21 on), so each file is named to it. What is not there is left as it
 * is, for Node to complain about.
 */
export async function nodeTestFiles(
  root: string,
  targets: readonly string[],
  typeScript: boolean,
): Promise<string[]> {
  const isTest = (path: string): boolean => looksLikeTest(path, typeScript);
  if (targets.length === 0) return (await walk(root, '')).filter(isTest);
  const found = await Promise.all(
    targets.map(async (target) => {
      const path = target.replace(/^(\.\/+)+/, '').replace(/\/+$/, '') || '.';
      const kind = await kindOf(`${root}/${path}`);
      if (kind === 'folder') return (await walk(root, path === '.' ? '' : path)).filter(isTest);
      if (kind === 'file') return [path];
      const matching = path.includes('*')
        ? (await walk(root, '')).filter((file) => matchesAny([path], file))
        : [];
      return matching.length > 0 ? matching : [target];
    }),
  );
  return [...new Set(found.flat())].sort();
}

const extension = /\.[cm]?[jt]s$/;

/** Node's own rule: below a folder `test` everything, elsewhere what is called like a test. */
function looksLikeTest(path: string, typeScript: boolean): boolean {
  const ending = extension.exec(path)?.[0];
  if (ending === undefined || (ending.endsWith('ts') && !typeScript)) return false;
  if (/\.d\.[cm]?ts$/.test(path)) return false;
  const name = path.slice(path.lastIndexOf('/') + 1, -ending.length);
  return /(^|\/)test\//.test(path) || /^test$|^test-.+|.+[._-]test$/.test(name);
}

async function kindOf(path: string): Promise<'folder' | 'file' | null> {
  try {
    const found = await stat(path);
    return found.isDirectory() ? 'folder' : found.isFile() ? 'file' : null;
  } catch {
    return null;
  }
}

async function walk(root: string, folder: string): Promise<string[]> {
  const files: string[] = [];
  const open = [folder];
  for (let folder = open.pop(), seen = 0; folder !== undefined; folder = open.pop()) {
    const entries = await readdir(join(root, folder), { withFileTypes: true });
    seen += entries.length;
    if (seen > maxEntries) break;
    for (const entry of entries) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isFile()) files.push(path);
      else if (
        entry.isDirectory() &&
        entry.name !== 'node_modules' &&
        !entry.name.startsWith('.')
      ) {
        open.push(path);
      }
    }
  }
  return files.sort();
}

/** True where this Node runs TypeScript as it is; null stands for a version that is not known. */
export function stripsTypes(version: string | null): boolean {
  const [major = 0, minor = 0] = (version ?? '').replace(/^v/, '').split('.').map(Number);
  return major >= 24 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18);
}
