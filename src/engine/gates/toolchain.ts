import { execFile } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, delimiter, dirname, isAbsolute, join, sep } from 'node:path';
import { promisify } from 'node:util';

/** What checks find on the search path, as far as results depend on it. */
export interface ToolChain {
  /** Of the `node` that checks start, which need not be ours; null where there is none. */
  readonly node: string | null;
  readonly platform: string;
}

const known = new Map<string, Promise<ToolChain>>();

/** Asked once for each search path. */
export function toolChain(path: string): Promise<ToolChain> {
  const seen = known.get(path);
  if (seen !== undefined) return seen;
  const asked = askNode(path).then((node) => ({
    node,
    platform: `${process.platform}-${process.arch}`,
  }));
  known.set(path, asked);
  return asked;
}

async function askNode(path: string): Promise<string | null> {
  const file = findProgram('node', path);
  if (file === null) return null;
  try {
    const { stdout } = await promisify(execFile)(file, ['--version'], {
      env: { PATH: path },
      timeout: 10_000,
    });
    return stdout.trim();
  } catch {
    return null;
  }
}

function pathFolders(path: string): string[] {
  return path.split(delimiter).filter((folder) => isAbsolute(folder) && existsSync(folder));
}

/** The file that a search path gives for a name; null where there is none. */
function findProgram(name: string, path: string): string | null {
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  return (
    pathFolders(path)
      .map((folder) => join(folder, file))
      .find((candidate) => existsSync(candidate)) ?? null
  );
}

/**
 * Folders outside the system's own that the tools on the search path lie in. Of a home no more is
 * given than the folder on the path itself, and the whole installation of the `node` in it, as
 * version managers lay it out: beside tools, homes hold keys.
 */
export function toolFolders(path: string, home = homedir()): string[] {
  const folders = pathFolders(path).map((folder) => {
    const parent = dirname(folder);
    const shared = !inside(parent, home) && !isHome(parent) && parent !== sep;
    return shared && /^s?bin$/.test(basename(folder)) ? parent : folder;
  });
  const node = nodePrefix(path, home);
  return [...new Set(node === null ? folders : [...folders, node])].filter(
    (folder) => folder !== home && folder !== sep,
  );
}

function nodePrefix(path: string, home: string): string | null {
  const file = findProgram('node', path);
  if (file === null) return null;
  const real = realpathSync(file);
  const prefix = dirname(dirname(real));
  const installation =
    existsSync(join(prefix, 'include', 'node')) || existsSync(join(prefix, 'lib', 'node_modules'));
  return installation && prefix !== home && !isHome(prefix) ? prefix : dirname(real);
}

function inside(folder: string, root: string): boolean {
  return folder === root || folder.startsWith(root + sep);
}

/** `/root`, `/home/sam`, `/Users/sam`: also other people's. */
function isHome(folder: string): boolean {
  return folder === '/root' || /^\/(home|Users)(\/[^/]+)?$/.test(folder);
}
