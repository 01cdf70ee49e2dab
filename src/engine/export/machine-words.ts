import { homedir, hostname, tmpdir, userInfo } from 'node:os';

/** These name a role and not a person, and stand in many a text. */
const anybody = /^(?:root|user|node|admin|runner|ubuntu|debian|vscode|build|test|.{0,3})$/i;

/** Takes out of a text what names this machine, its folders and whoever works at it. */
export function withoutMachine(workspace: string): (text: string) => string {
  const folders = [workspace, homedir(), tmpdir()].filter((folder) => folder.length > 3);
  const names = [hostname(), userName()].filter((name) => !anybody.test(name));
  return (text) => {
    const placed = folders.reduce((rest, folder) => rest.replaceAll(folder, '<path>'), text);
    return names.reduce((rest, name) => rest.replace(wordOf(name), '<name>'), placed);
  };
}

const wordOf = (name: string): RegExp =>
  new RegExp(`(?<![\\w-])${name.replace(/[.*+?^\${}()|[\]\\]/g, '\\$&')}(?![\\w-])`, 'gi');

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}
