import { commands as vscodeCommands, l10n, window, workspace } from 'vscode';

/** True where the workspace is trusted; else says why nothing runs here, and how to change that. */
export async function isTrusted(): Promise<boolean> {
  if (workspace.isTrusted) return true;
  const manage = l10n.t('Manage Trust');
  const answer = await window.showWarningMessage(
    l10n.t(
      'Ashlar runs nothing in a workspace that is not trusted: plans execute commands. Past runs can be read.',
    ),
    manage,
  );
  if (answer === manage) await vscodeCommands.executeCommand('workbench.trust.manage');
  return false;
}
