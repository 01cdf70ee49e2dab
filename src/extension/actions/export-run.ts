import { commands as vscodeCommands, env, l10n, Uri, window } from 'vscode';
import { engine } from '../engine-door.ts';
import { say } from '../native/say.ts';
import type { LiveRun } from '../runs/runs.ts';
import type { ActionParts } from './action-parts.ts';
import { dialogFolder, rememberFolder } from './dialog-folder.ts';
import { sentence } from './sentence.ts';

/** Asks what goes out and where to, and writes the run into one page there. */
export async function exportRun(
  { context, models, log, refused }: ActionParts,
  { key, folder }: LiveRun,
): Promise<void> {
  const plain = {
    label: l10n.t('Without texts'),
    detail: l10n.t('Names, figures, times and states. No text of a person, an agent or a check.'),
    evidence: false,
  };
  const kept = {
    label: l10n.t('With evidence'),
    detail: l10n.t(
      'Also what checks and reviewers found, rid of known secrets and of paths. Read it before you give it away.',
    ),
    evidence: true,
  };
  const title = l10n.t('Export run {0}: what goes along?', key.run);
  const picked = await window.showQuickPick([plain, kept], { ignoreFocusOut: true, title });
  if (picked === undefined) return;
  const from = await dialogFolder(context, 'exports', []);
  const beside = from === null ? folder.uri : Uri.file(from);
  const file = await window.showSaveDialog({
    title: l10n.t('Export run {0}', key.run),
    defaultUri: Uri.joinPath(beside, `ashlar-${key.run}.html`),
    filters: { HTML: ['html'] },
  });
  if (file === undefined) return;
  if (file.scheme !== 'file') {
    refused(l10n.t('A run can be exported only to a disk, not to {0}.', file.scheme));
    return;
  }
  await rememberFolder(context, 'exports', file);
  // What was just written is what is opened next.
  await rememberFolder(context, 'records', file);
  const { exportRun: write } = await engine();
  const { service } = await models.options();
  const { apiKey } = service;
  const exported = await write(folder.uri.fsPath, {
    ...{ run: key.run, file: file.fsPath, folder: folder.uri.fsPath },
    // The dialog has asked whether a file may be replaced.
    ...{ force: true, evidence: picked.evidence, keys: () => (apiKey === null ? [] : [apiKey]) },
    ...{ version: versionOf(context.extension.packageJSON), now: Date.now() },
  });
  if (!exported.ok) {
    refused(sentence(exported.message));
    return;
  }
  for (const note of exported.notes) say(log, 'warning', sentence(note), 600);
  const [open, reveal] = [l10n.t('Open'), l10n.t('Reveal')];
  const done = exported.inProgress
    ? l10n.t('Run {0} was exported as it is now: it is in progress.', key.run)
    : l10n.t('Run {0} was exported.', key.run);
  const chosen = await window.showInformationMessage(done, open, reveal);
  if (chosen === open) await env.openExternal(file);
  if (chosen === reveal) await vscodeCommands.executeCommand('revealFileInOS', file);
}

function versionOf(manifest: unknown): string {
  const isObject = typeof manifest === 'object' && manifest !== null;
  const version = isObject && 'version' in manifest ? manifest.version : null;
  return typeof version === 'string' ? version : '';
}
