import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where the commands are taken from. */
export interface PluginSource {
  /** The folder of the package; `media/claude-plugin` lies in it. */
  readonly packageFolder: string;
}

export interface PluginFile {
  /** With `/`. */
  readonly path: string;
  readonly content: string;
  readonly executable: boolean;
}

const program = 'bin/ashlar';

/** Every file of the commands, as it is laid into a workspace: the program knows where it was laid from. */
export async function pluginFiles({ packageFolder }: PluginSource): Promise<PluginFile[]> {
  const folder = join(packageFolder, 'media', 'claude-plugin');
  const files: PluginFile[] = [];
  for (const path of await pathsBelow(folder, '')) {
    const content = await readFile(join(folder, path), 'utf8');
    const executable = path === program;
    const told = executable ? knowing(content, packageFolder) : content;
    files.push({ path, content: told, executable });
  }
  return files;
}

const blank = "const installedFrom = '';";

function knowing(content: string, packageFolder: string): string {
  if (!content.includes(blank)) throw new Error(`${program} has no place for where it comes from`);
  const cli = JSON.stringify(join(packageFolder, 'dist', 'cli', 'ashlar.mjs'));
  return content.replace(blank, () => `const installedFrom = ${cli};`);
}

async function pathsBelow(folder: string, below: string): Promise<string[]> {
  const entries = await readdir(join(folder, below), { withFileTypes: true });
  const paths: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) paths.push(...(await pathsBelow(folder, path)));
    else if (entry.isFile()) paths.push(path);
  }
  return paths;
}
