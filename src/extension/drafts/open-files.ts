import { TabInputText, window, workspace, type Tab, type Uri } from 'vscode';
import type { ModuleId } from '../../core/ids.ts';
import type { RunKey } from '../../protocol/board.ts';
import { isSameRun } from '../../protocol/run-key.ts';
import type { LiveRun } from '../runs/runs.ts';
import { draftOfPath } from './draft-uri.ts';

/** Which draft a file that is open in the editor belongs to. */
export function draftOf(uri: Uri): { readonly key: RunKey; readonly module: ModuleId } | null {
  const folder = uri.scheme === 'file' ? workspace.getWorkspaceFolder(uri) : undefined;
  if (folder === undefined) return null;
  const found = draftOfPath(folder.uri.fsPath, uri.fsPath);
  if (found === null) return null;
  return { key: { folder: folder.uri.toString(), run: found.run }, module: found.module };
}

function isOf(run: LiveRun, module: ModuleId, uri: Uri): boolean {
  const found = draftOf(uri);
  return found?.module === module && isSameRun(found.key, run.key);
}

/** The files of a draft that hold something unsaved. */
export const unsavedOf = (run: LiveRun, module: ModuleId) =>
  workspace.textDocuments.filter(({ isDirty, uri }) => isDirty && isOf(run, module, uri));

export const tabsOf = (fits: (uri: Uri) => boolean): Tab[] =>
  window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof TabInputText && fits(input.uri));

export async function closeTabs(run: LiveRun, module: ModuleId): Promise<void> {
  await window.tabGroups.close(tabsOf((uri) => isOf(run, module, uri)));
}
