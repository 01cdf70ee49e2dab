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

/** Where the command line lies on this machine; what is around it may be committed, and this must not be. */
export const localFile = 'bin/installed-from';

/** Every file of the commands, as it is laid into a workspace: the program looks up where it was laid from. */
export async function pluginFiles({ packageFolder }: PluginSource): Promise<PluginFile[]> {
  const folder = join(packageFolder, 'media', 'claude-plugin');
  const files: PluginFile[] = [];
  for (const path of await pathsBelow(folder, '')) {
    const content = await readFile(join(folder, path), 'utf8');
    files.push({ path, content, executable: path === program });
  }
  const cli = join(packageFolder, 'dist', 'cli', 'ashlar.mjs');
  return [
    ...files,
    { path: '.gitignore', content: `/${localFile}\n`, executable: false },
    { path: localFile, content: `${cli}\n`, executable: false },
  ];
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
