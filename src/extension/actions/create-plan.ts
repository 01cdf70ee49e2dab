import { l10n, Uri, window, workspace, type WorkspaceFolder } from 'vscode';
import { isName } from '../../core/ids.ts';
import { engine } from '../engine-door.ts';
import { plainLabel } from '../native/shown-text.ts';
import type { ActionParts } from './action-parts.ts';

/** Writes a small plan to begin with and opens it. Nothing that is there is written over. */
export async function createPlan({ refused }: ActionParts): Promise<void> {
  const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  if (folders.length === 0) {
    refused(l10n.t('Open the folder first in which the artifact is to be built.'));
    return;
  }
  const folder = folders.length === 1 ? folders[0] : await pickFolder(folders);
  if (folder === undefined) return;
  const name = await window.showInputBox({
    title: l10n.t('Create a plan'),
    prompt: l10n.t('What is built? Its name; the file is called after it.'),
    placeHolder: 'tiny-lang',
    ignoreFocusOut: true,
    validateInput: async (text) => {
      if (!isName(text))
        return l10n.t('Small letters, digits and hyphens, a letter first; at most 40.');
      return (await exists(fileOf(folder, text)))
        ? l10n.t('There is a plan of that name already.')
        : null;
    },
  });
  if (name === undefined) return;
  const { starterPlan } = await engine();
  const text = Buffer.from(await starterPlan(name));
  const file = fileOf(folder, name);
  // It may have come to be since the name was typed.
  if (await exists(file)) {
    refused(l10n.t('{0} is there already; it was left as it is.', workspace.asRelativePath(file)));
    return;
  }
  await workspace.fs.writeFile(file, text);
  await window.showTextDocument(await workspace.openTextDocument(file));
}

const fileOf = ({ uri }: WorkspaceFolder, name: string): Uri =>
  Uri.joinPath(uri, `${name}.plan.yaml`);

/** One of the folders on a disk; undefined where none is picked. */
export async function pickFolder(folders: readonly WorkspaceFolder[]) {
  const items = folders.map((folder) => ({
    ...{ label: plainLabel(folder.name), description: plainLabel(folder.uri.fsPath), folder },
  }));
  return (
    await window.showQuickPick(items, { ignoreFocusOut: true, title: l10n.t('In which folder?') })
  )?.folder;
}

async function exists(file: Uri): Promise<boolean> {
  return workspace.fs.stat(file).then(
    () => true,
    () => false,
  );
}
