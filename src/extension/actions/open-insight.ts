import { l10n, Uri, ViewColumn, window } from 'vscode';
import type { LiveRun } from '../runs/runs.ts';
import type { ActionParts } from './action-parts.ts';

/** Opens a note of earlier runs as the file that it is: who keeps notes mends and deletes them there. */
export async function openInsight(parts: ActionParts, run: LiveRun, file: string): Promise<void> {
  const { notePlace, runFolder } = run.engine;
  const place = await notePlace(runFolder(run.folder.uri.fsPath, run.key.run), file);
  if (place === null) {
    parts.refused(l10n.t('The note {0} is not in .ce-workspace/knowledge any more.', file));
    return;
  }
  await window.showTextDocument(Uri.file(place), { viewColumn: ViewColumn.Active });
}
