import { homedir, hostname, tmpdir, userInfo } from 'node:os';

/** These name a role and not a person, and stand in many a text. */
const anybody = /^(?:root|user|node|admin|runner|ubuntu|debian|vscode|build|test|.{0,3})$/i;

/** Takes out of a text what names this machine, its folders and whoever works at it. */
export function withoutMachine(workspace: string): (text: string) => string {
  const folders = [workspace, homedir(), tmpdir()]
    .filter((folder) => folder.length > 3)
    .map(folderOf);
  const names = [hostname(), userName()].filter((name) => !anybody.test(name));
  return (text) => {
    const placed = folders.reduce((rest, folder) => rest.replace(folder, '<path>'), text);
    return names.reduce((rest, name) => rest.replace(wordOf(name), '<name>'), placed);
  };
}

/**
 * The folder itself, and not one whose name goes on; one right below the root only where a path begins, as
 * `/app` may also stand in `src/app`.
 */
const folderOf = (folder: string): RegExp => {
  const isDeep = folder.split(/[\\/]/).length > 2;
  const before = String.raw`(?:(?<![\p{L}\p{M}\p{N}_.~-])|(?<=(?<![\p{L}\p{N}])-[A-Za-z]))`;
  const after = String.raw`(?![\p{L}\p{M}\p{N}_~-]|\.[\p{L}\p{N}_])`;
  return new RegExp(`${isDeep ? '' : before}${literal(folder)}${after}`, 'gu');
};

const wordOf = (name: string): RegExp =>
  new RegExp(String.raw`(?<![\w-])${literal(name)}(?![\w-])`, 'gi');

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}
