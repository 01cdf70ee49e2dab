import { l10n, window, workspace } from 'vscode';
import type { RunId } from '../../core/ids.ts';
import { engine } from '../engine-door.ts';

/** Asks which agent of a planning it is to be, and opens a copy of what it was told, said and did. */
export async function openPlanningTranscript(
  workspacePath: string,
  planning: RunId | null,
): Promise<void> {
  const { findPlanning, listTranscripts, readTranscript } = await engine();
  const folder = planning === null ? null : await findPlanning(workspacePath, planning);
  if (folder === null) return;
  const roles = ['architect', 'scout'].map((role) => listTranscripts(folder, role, null));
  const items = (await Promise.all(roles)).flat().map(({ role, attempt, order, file }) => ({
    ...{ label: role, description: `${attempt}`, detail: l10n.t('agent {0}', order), file },
  }));
  const picked = await window.showQuickPick(items, {
    ignoreFocusOut: true,
    title: l10n.t('Which transcript of the planning?'),
  });
  if (picked === undefined) return;
  const content = await readTranscript(folder, picked.file);
  if (content === null) return;
  const document = await workspace.openTextDocument({ content, language: 'markdown' });
  await window.showTextDocument(document);
}
